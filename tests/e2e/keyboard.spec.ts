import type { Locator, Page } from '@playwright/test'
import { CustomerList, CustomerRecord } from './pages/customerList.ts'
import { HERS, HIS, SALES } from './support/company.ts'
import { expect, test } from './support/test.ts'

/** The most frequent tasks of a day, none of them with the mouse: nothing here clicks, hovers or focuses by itself. */
const FAR = 80

/** Walks there as somebody does who has only the keyboard. */
async function tabTo(page: Page, wanted: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(wanted).toBeVisible()
  for (let n = 0; n < FAR; n++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press(key)
  }
  throw new Error(`${FAR} tabs did not lead to ${String(wanted)}`)
}
const press = async (page: Page, wanted: Locator): Promise<void> => {
  await tabTo(page, wanted)
  await page.keyboard.press('Enter')
}

/** To the rows of the list: its cells take the keys. */
async function intoRows(page: Page): Promise<CustomerList> {
  const list = new CustomerList(page)
  await list.open()
  await tabTo(page, page.locator('.grid-keys'))
  return list
}

async function jump(page: Page, typed: string, expected: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: '搜索或执行' })).toBeFocused()
  await page.keyboard.type(typed)
  await expect(page.getByRole('option', { name: expected }).first()).toBeVisible()
  // The first of what is offered may be another: down to it.
  for (let n = 0; n < 20; n++) {
    const at = page.locator('[role="option"][aria-selected="true"]')
    if (((await at.textContent()) ?? '').includes(expected)) break
    await page.keyboard.press('ArrowDown')
  }
  await page.keyboard.press('Enter')
  await expect(page.getByRole('combobox', { name: '搜索或执行' })).toBeHidden()
}

test('1 find a customer by initials, 2 the next record', async ({ signedIn: { page } }) => {
  await jump(page, 'csqj', HERS)
  await expect(new CustomerRecord(page).title()).toHaveText(HERS)
  const list = await intoRows(page)
  const [first = '', second = ''] = await list.names()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(new CustomerRecord(page).title()).toHaveText(first)
  await expect(page.getByRole('button', { name: '下一个' })).toBeEnabled()
  await page.keyboard.press('Control+ArrowRight')
  await expect(new CustomerRecord(page).title()).toHaveText(second)
})

test('the arrows walk into the rows while nothing has the focus, and nowhere else', async ({ signedIn: { page } }) => {
  const list = new CustomerList(page)
  await list.open()
  const [first = '', second = ''] = await list.names()
  // Above the list they are the sheet's own.
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: '快捷键表' })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog', { name: '快捷键表' })).toBeHidden()
  await expect(page.locator('td.at-cell')).toHaveCount(0)
  await page.keyboard.press('ArrowDown')
  await expect(page.locator('td.at-cell')).toContainText(first)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await expect(list.panel()).toContainText(second)
})

test('3 the panel beside the list, 4 name and number copied', async ({ signedIn: { page } }) => {
  const list = await intoRows(page)
  const [first = '', second = ''] = await list.names()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await expect(list.panel()).toContainText(first)
  await page.keyboard.press('ArrowDown')
  await expect(list.panel()).toContainText(second)
  await page.keyboard.press('Control+Shift+c')
  await expect(list.toast(/已复制|复制/)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(list.panel()).toBeHidden()
})

test('5 a follow-up is written', async ({ signedIn: { page } }) => {
  await jump(page, 'csqj', HERS)
  const record = new CustomerRecord(page)
  await expect(record.title()).toHaveText(HERS)
  await press(page, page.getByRole('button', { name: '写跟进' }).first())
  await expect(page.getByPlaceholder('写跟进')).toBeFocused()
  await page.keyboard.type('只用键盘写的')
  await page.keyboard.press('Control+Enter')
  await expect(record.event('只用键盘写的')).toBeVisible()
})

test('6 a cell edited, 7 undone and 8 done again', async ({ signedIn: { page } }) => {
  const list = await intoRows(page)
  const [first = ''] = await list.names()
  await page.keyboard.press('ArrowDown')
  const before = (await list.cell(first, 'phone').textContent()) ?? ''
  for (let n = 0; n < 12; n++) {
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('F2')
    if (await list.cell(first, 'phone').locator('input').isVisible()) break
    await page.keyboard.press('Escape')
  }
  await expect(list.cell(first, 'phone').locator('input')).toBeFocused()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('13600001234')
  await page.keyboard.press('Enter')
  await expect(list.cell(first, 'phone')).toHaveText('136 0000 1234')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+z')
  await expect(list.cell(first, 'phone')).toHaveText(before)
  await page.keyboard.press('Control+y')
  await expect(list.cell(first, 'phone')).toHaveText('136 0000 1234')
})

test('9 another view, and back', async ({ signedIn: { page } }) => {
  const list = new CustomerList(page)
  await list.open()
  await press(page, page.getByRole('tab', { name: /我的/ }))
  await expect(page.getByRole('tab', { name: /我的/ })).toHaveAttribute('aria-selected', 'true')
  await expect(list.rows()).toHaveCount(1)
  await press(page, page.getByRole('tab', { name: /全部客户/ }))
  await expect(page.getByRole('tab', { name: /全部客户/ })).toHaveAttribute('aria-selected', 'true')
})

test('11 a new customer, and from his list a new quote', async ({ signedIn: { page } }) => {
  await new CustomerList(page).open()
  await jump(page, 'xjbj', '新建报价')
  await expect(page).toHaveURL(/\/quotes/)
  await expect(page.getByRole('dialog', { name: '新建报价' })).toBeVisible()
  await page.keyboard.press('Escape')
  await jump(page, 'xjkh', '新建客户')
  await expect(page.getByRole('dialog').getByRole('textbox', { name: '客户名称' })).toBeFocused()
  await page.keyboard.type('键盘新建的公司')
  await page.keyboard.press('Control+Enter')
  await expect(
    page.getByRole('complementary').or(page.locator('.record-title')).filter({ hasText: '键盘新建的公司' }),
  ).toBeVisible()
})

test('12 the look is changed and 13 a page of the settings opened by name', async ({ signedIn: { page } }) => {
  const theme = () => page.evaluate(() => document.documentElement.dataset['theme'])
  const before = await theme()
  await jump(page, 'qsss', '切换浅色')
  await expect.poll(theme).not.toBe(before)
  await jump(page, 'jsqx', '去角色权限')
  await expect(page).toHaveURL(/\/settings\/roles/)
})

test('14 the notices, read and opened', async ({ signedIn: { api }, desk }) => {
  const { page, api: hers } = await desk(SALES)
  const { employeeId } = await hers.call<{ employeeId: string }>('session.me')
  const { rows } = await api.call<{ rows: { id: string; version: number }[] }>('customers.list', { search: HIS })
  await page.goto('/workbench')
  await expect(page.getByRole('heading', { name: '工作台' })).toBeVisible()
  // A window that has just been opened announces nothing: it has to know what was there before.
  await expect(page.getByRole('button', { name: '1 条未读通知' })).toBeVisible()
  const [row] = rows
  await api.call('customers.edit', { id: row?.id, version: row?.version, values: { ownerId: employeeId } })
  await expect(page.getByRole('button', { name: '2 条未读通知' })).toBeVisible()
  // Said in the page at once, and kept in the list.
  await expect(page.locator('.toast').filter({ hasText: HIS })).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('n')
  const line = page.getByRole('button', { name: new RegExp(`把「${HIS}」转移给您`) })
  await expect(line).toBeVisible()
  await press(page, line)
  await expect(new CustomerRecord(page).title()).toHaveText(HIS)
})

test('15 a customer is starred and opened from the favourites', async ({ signedIn: { page } }) => {
  await jump(page, 'cqss', HIS)
  await expect(new CustomerRecord(page).title()).toHaveText(HIS)
  await press(page, page.locator('.record-head, main').getByRole('button', { name: '收藏', exact: true }).first())
  const kept = page.getByRole('region', { name: '收藏' }).getByRole('link', { name: HIS })
  await expect(kept).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('w')
  await expect(page).toHaveURL(/\/workbench/)
  await press(page, kept)
  await expect(new CustomerRecord(page).title()).toHaveText(HIS)
})

test('16 a number of the workbench opens its rows', async ({ signedIn: { page } }) => {
  await page.keyboard.press('g')
  await page.keyboard.press('w')
  const counter = page.getByRole('link', { name: /没有下次计划/ })
  await expect(counter.locator('b')).toHaveText(/^\d/)
  const n = Number(((await counter.locator('b').textContent()) ?? '').replaceAll(',', ''))
  await press(page, counter)
  const list = new CustomerList(page)
  await expect(list.rows().first()).toBeVisible()
  await expect.poll(() => list.total()).toBe(n)
})

test('17 rows are chosen, 18 deleted and 19 taken back', async ({ signedIn: { page } }) => {
  const list = await intoRows(page)
  const [first = ''] = await list.names()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Shift+Space')
  await expect(list.bulk()).toContainText('已选 1 个')
  await press(page, list.bulk().getByRole('button', { name: '删除' }))
  await press(page, page.getByRole('button', { name: '删除 1 个' }))
  await expect(list.row(first)).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(list.row(first)).toHaveCount(1)
})

/** A row chosen, and something done with what is chosen. */
async function withOneChosen(page: Page, action: string): Promise<{ list: CustomerList; name: string }> {
  const list = await intoRows(page)
  const [name = ''] = await list.names()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Shift+Space')
  await expect(list.bulk()).toContainText('已选 1 个')
  await press(page, list.bulk().getByRole('button', { name: action }))
  await expect(page.getByRole('dialog')).toBeVisible()
  return { list, name }
}

test('a customer is given to a colleague', async ({ signedIn: { page } }) => {
  const { list, name } = await withOneChosen(page, '转移')
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused()
  await page.keyboard.type(SALES.name)
  await page.keyboard.press('Enter')
  await press(page, page.getByRole('button', { name: '转移 1 个' }))
  await expect(list.cell(name, 'ownerId')).toContainText(SALES.name)
})

test('one field of several customers is changed', async ({ signedIn: { page } }) => {
  const { list, name } = await withOneChosen(page, '编辑字段')
  const dialog = page.getByRole('dialog')
  await tabTo(page, dialog.getByRole('combobox').nth(1))
  await page.keyboard.press('ArrowDown')
  // A or B, whichever the customer has not got: otherwise there is nothing to change.
  if (((await list.cell(name, 'level').textContent()) ?? '').includes('A')) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await press(page, dialog.getByRole('button', { name: /^更新 1 个/ }))
  await expect(list.toast(/已更新|没有变化/)).toBeVisible()
  await expect(list.row(name)).toHaveCount(1)
})

test('a tag is put on', async ({ signedIn: { page } }) => {
  const { list } = await withOneChosen(page, '标签')
  const dialog = page.getByRole('dialog')
  await tabTo(page, dialog.getByRole('combobox').first())
  await page.keyboard.type('键盘标签')
  await page.keyboard.press('Enter')
  // An open list of choices keeps Tab for itself.
  await page.keyboard.press('Escape')
  await press(page, dialog.getByRole('button', { name: /^更新 1 个/ }))
  await expect(list.toast(/已更新/)).toBeVisible()
})

test('the list is narrowed by a level', async ({ signedIn: { page } }) => {
  const list = new CustomerList(page)
  await list.open()
  const all = await list.total()
  await press(page, page.getByRole('button', { name: '级别', exact: true }).first())
  const choice = page.locator('.options-list button').first()
  await tabTo(page, choice)
  await page.keyboard.press('Space')
  await expect.poll(() => list.total()).toBeLessThan(all)
})

test('a contact is added', async ({ signedIn: { page } }) => {
  await jump(page, 'csqj', HERS)
  const record = new CustomerRecord(page)
  await expect(record.title()).toHaveText(HERS)
  await press(page, page.getByRole('button', { name: '加联系人' }).first())
  await expect(page.getByRole('dialog')).toBeVisible()
  await tabTo(page, page.getByRole('dialog').getByLabel('姓名').or(page.getByRole('dialog').getByRole('textbox').first()).first())
  await page.keyboard.type('键盘联系人')
  await page.keyboard.press('Control+Enter')
  if (await page.getByRole('dialog').isVisible()) await page.keyboard.press('Enter')
  await expect(page.getByText('键盘联系人').first()).toBeVisible()
})

test('20 the keys are told', async ({ signedIn: { page } }) => {
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: '快捷键表' })
  await expect(sheet).toContainText('撤销上一步')
  await expect(sheet).toContainText('粘贴一块格子')
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
})
