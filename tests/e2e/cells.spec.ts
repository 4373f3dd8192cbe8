import type { Page } from '@playwright/test'
import { CustomerList } from './pages/customerList.ts'
import { HERS, HIS } from './support/company.ts'
import { expect, test } from './support/test.ts'

type Row = { id: string; name: string; level: string | null; phone: string | null; industry: string | null; city: string | null }

/** What another program has put on the clipboard arrives with the paste itself. */
async function paste(page: Page, text: string, html = ''): Promise<void> {
  await page.evaluate(
    ([plain, table]) => {
      const data = new DataTransfer()
      data.setData('text/plain', plain)
      if (table) data.setData('text/html', table)
      document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    },
    [text, html] as const,
  )
}

/** What the browser hands to another program at the next copy; it listens before anybody presses a key. */
async function copied(page: Page): Promise<() => Promise<{ plain: string; html: string }>> {
  const listening = await page.evaluateHandle(() => ({
    taken: new Promise<{ plain: string; html: string }>((done) => {
      window.addEventListener(
        'copy',
        ({ clipboardData }) =>
          done({ plain: clipboardData?.getData('text/plain') ?? '', html: clipboardData?.getData('text/html') ?? '' }),
        { once: true },
      )
    }),
  }))
  return () => listening.evaluate(({ taken }) => taken)
}

const cursorTo = async (page: Page, list: CustomerList, name: string, column: string) => {
  await list.cell(name, column).click()
  // The panel opens when no second click comes.
  await expect(list.panel()).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(list.panel()).toHaveCount(0)
  await page.locator('.grid-keys').focus()
}

test('a block from a spreadsheet lands where the cursor stands, and one step takes it back', async ({
  signedIn: { page, api },
}) => {
  const list = new CustomerList(page)
  await list.open()
  const names = await list.names()
  const at = names.indexOf(HIS)
  const below = names[at + 1] ?? ''
  const { rows: before } = await api.call<{ rows: Row[] }>('customers.list', { limit: 100 })
  await cursorTo(page, list, HIS, 'level')
  await paste(page, 'C\t成交\r\na级\t"流失"\r\n')
  await expect(list.toast('已更新 2 行')).toBeVisible()
  await expect(list.cell(HIS, 'level')).toHaveText('C')
  await expect(list.cell(HIS, 'status')).toContainText('成交')
  await expect(list.cell(below, 'level')).toHaveText('A')
  await expect(list.cell(below, 'status')).toContainText('流失')
  await page.keyboard.press('Control+z')
  await expect(list.cell(HIS, 'level')).toHaveText('A')
  await expect
    .poll(async () => (await api.call<{ rows: Row[] }>('customers.list', { limit: 100 })).rows.map(({ level }) => level))
    .toEqual(before.map(({ level }) => level))
})

test('what cannot be taken is named cell by cell before anything is written', async ({ signedIn: { page, api } }) => {
  const list = new CustomerList(page)
  await page.goto('/customers?sort=%7B%22field%22%3A%22name%22%2C%22direction%22%3A%22asc%22%7D')
  await expect(list.rows().first()).toBeVisible()
  await page.locator('.grid-keys').focus()
  await page.keyboard.press('Control+End')
  await page.keyboard.press('Home')
  const last = await list.rows().last().locator('.name-link').textContent()
  await paste(page, `${last}\tZ\t\t\n=1+1 𠮷 مرحبا\tA\t\t\n\tB\t\t`)
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('下面多出 2 行')
  await expect(dialog.getByRole('row')).toContainText([/原因/, /级别.*Z.*没有这个选项/, /不能为空/])
  expect((await api.call<{ count: number }>('customers.count', {})).count).toBe(92)
  await dialog.getByRole('radio', { name: '新建 1 条记录' }).check()
  await dialog.getByRole('button', { name: '写入' }).click()
  await expect(list.toast('新建 1 行')).toBeVisible()
  const { rows } = await api.call<{ rows: Row[] }>('customers.list', { search: '𠮷', limit: 5 })
  expect(rows).toMatchObject([{ name: '=1+1 𠮷 مرحبا', level: 'A' }])
  await page.keyboard.press('Control+z')
  await expect.poll(async () => (await api.call<{ count: number }>('customers.count', {})).count).toBe(92)
})

test('cells are chosen, copied, filled, emptied and typed over by the keys alone', async ({ signedIn: { page } }) => {
  const list = new CustomerList(page)
  await list.open()
  const names = await list.names()
  const at = names.indexOf(HIS)
  const below = names[at + 1] ?? ''
  await cursorTo(page, list, HIS, 'level')
  await page.keyboard.press('Shift+ArrowDown')
  await expect(list.cell(below, 'level')).toHaveClass(/in-range/)
  const taken = await copied(page)
  await page.keyboard.press('Control+c')
  const { plain, html } = await taken()
  expect(plain).toMatch(/^A\r\n[ABC]?$/)
  expect(html).toContain('<table>')

  await page.keyboard.press('Control+d')
  await expect(list.toast('已更新 1 行').or(list.toast('已更新 0 行'))).toBeVisible()
  await expect(list.cell(below, 'level')).toHaveText('A')
  await page.keyboard.press('Delete')
  await expect(list.toast('已更新 2 行')).toBeVisible()
  await expect(list.cell(HIS, 'level')).toHaveText('—')
  await page.keyboard.press('Control+z')
  await expect(list.cell(HIS, 'level')).toHaveText('A')

  // A letter opens the cell and falls into it; Enter goes down, Shift+Enter up again.
  await page.locator('.grid-keys').focus()
  await page.keyboard.press('Escape')
  for (let i = 0; i < 20; i++) {
    await page.keyboard.press('ArrowRight')
    if (await list.cell(HIS, 'phone').evaluate((cell) => cell.classList.contains('at-cell'))) break
  }
  await page.keyboard.type('13611112222')
  await page.keyboard.press('Enter')
  await expect(list.cell(HIS, 'phone')).toHaveText('136 1111 2222')
  await page.keyboard.press('Shift+Enter')
  await expect(list.cell(HIS, 'phone').locator('input')).toBeFocused()
  await page.keyboard.press('Escape')
})

test('an input method writes a whole word into the cell of the cursor; over other cells letters stay shortcuts', async ({
  signedIn: { page },
}) => {
  const list = new CustomerList(page)
  await list.open()
  await cursorTo(page, list, HIS, 'phone')
  const method = await page.context().newCDPSession(page)
  const at = await list.cell(HIS, 'phone').boundingBox()
  await method.send('Input.imeSetComposition', { text: 'zong', selectionStart: 4, selectionEnd: 4 })
  const word = page.locator('.cell-catcher')
  await expect(word).toHaveValue('zong')
  expect(await word.boundingBox(), 'over the cell').toEqual(at)
  // Enter belongs to the input method.
  await method.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 })
  await method.send('Input.insertText', { text: '总机' })
  const editor = list.cell(HIS, 'phone').locator('input')
  await expect(editor).toBeFocused()
  await expect(editor).toHaveValue('总机')
  await page.keyboard.type('13611112222')
  await expect(editor).toHaveValue('总机13611112222')
  await page.keyboard.press('Escape')
  await expect(list.cell(HIS, 'phone')).toHaveText('139 8765 4321')
  const taken = await copied(page)
  await page.keyboard.press('Control+c')
  expect((await taken()).plain, 'the field that nobody sees is not what is copied').toBe('13987654321')

  // Where one chooses, the word is what the choices are searched for.
  await cursorTo(page, list, HIS, 'status')
  await method.send('Input.imeSetComposition', { text: 'cheng', selectionStart: 5, selectionEnd: 5 })
  await expect(word).toHaveValue('cheng')
  await method.send('Input.insertText', { text: '成交' })
  await expect(list.cell(HIS, 'status').getByRole('combobox')).toHaveValue('成交')
  await expect(page.locator('.ant-select-item-option')).toHaveText(['已成交'])
  await page.keyboard.press('Enter')
  await expect(list.cell(HIS, 'status')).toContainText('已成交')

  await cursorTo(page, list, HIS, 'lastFollowUpAt')
  await expect(page.locator('.grid-keys')).toBeFocused()
})

test('a block that has no text between tabs is read from its table', async ({ signedIn: { page } }) => {
  const list = new CustomerList(page)
  await list.open()
  await cursorTo(page, list, HERS, 'level')
  await paste(page, '', '<table><tr><td>A</td><td>成交</td></tr></table>')
  await expect(list.cell(HERS, 'status')).toContainText('成交')
  await expect(list.cell(HERS, 'level')).toHaveText('A')
})

test('the corner of what is chosen is dragged down: the cells it reaches are shown, filled in one step, and Ctrl+End goes to the last row', async ({
  signedIn: { page, api },
}) => {
  const list = new CustomerList(page)
  const { rows: found } = await api.call<{ rows: { id: string; version: number }[] }>('customers.list', { search: HIS })
  await api.call('customers.edit', { id: found[0]?.id, version: found[0]?.version, values: { city: '泉州' } })
  await list.open()
  const names = await list.names()
  const at = names.indexOf(HIS)
  const [first, second, third] = [HIS, names[at + 1] ?? '', names[at + 2] ?? '']
  await cursorTo(page, list, first, 'city')
  const before = await list.cell(third, 'city').textContent()
  const handle = list.cell(first, 'city').locator('.fill-handle')
  await expect(handle).toBeVisible()
  const to = list.cell(third, 'city')
  await handle.hover()
  await page.mouse.down()
  await to.hover()
  await expect(page.locator('td.in-fill')).toHaveCount(3)
  const folder = process.env['SHOTS']
  if (folder) await page.screenshot({ path: `${folder}/fill.png` })
  // Escape lets everything be.
  await page.keyboard.press('Escape')
  await expect(page.locator('td.in-fill')).toHaveCount(0)
  await page.mouse.up()
  await expect(list.cell(second, 'city')).not.toHaveText('泉州')
  await handle.hover()
  await page.mouse.down()
  await to.hover()
  await expect(page.locator('td.in-fill')).toHaveCount(3)
  await page.mouse.up()
  await expect(list.toast('已更新 2 行')).toBeVisible()
  await expect(list.cell(second, 'city')).toHaveText('泉州')
  await expect(list.cell(third, 'city')).toHaveText('泉州')
  await page.locator('.grid-keys').focus()
  await page.keyboard.press('Control+z')
  await expect(list.cell(third, 'city')).toHaveText(before ?? '')
  await page.locator('.grid-keys').focus()
  await page.keyboard.press('Control+End')
  await expect(list.rows().last()).toHaveClass(/row-cursor/)
  await page.keyboard.press('Control+Home')
  await expect(list.rows().first()).toHaveClass(/row-cursor/)
})
