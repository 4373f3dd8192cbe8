import { CustomerList, CustomerRecord } from './pages/customerList.ts'
import { HERS, HIS } from './support/company.ts'
import { expect, test } from './support/test.ts'

test('several fields are changed at once by one command, a contact is entered with who is there already said, and own fields of a follow-up are asked', async ({
  signedIn: { page, api },
}) => {
  test.slow()
  const own = await api.call<{ key: string }>('fields.create', { entity: 'followUp', label: '样品数', type: 'number' })
  await api.call('fields.create', { entity: 'contact', label: '爱好', type: 'text' })
  const list = new CustomerList(page)
  await list.open()
  const record = await list.openRecord(HERS)

  // 编辑 by its key: one command, one undo.
  await page.keyboard.press('e')
  const drawer = page.getByRole('dialog', { name: `编辑 ${HERS}` })
  await expect(drawer.getByLabel('客户名称')).toBeFocused()
  await drawer.getByLabel('行业').fill('数控机床')
  await drawer.getByLabel('备注').fill('走展会来的')
  await drawer.getByLabel('电话', { exact: true }).fill('139 8765 4321')
  await expect(drawer.getByRole('alert')).toContainText(HIS)
  await expect(drawer.getByRole('link', { name: '合并' })).toHaveAttribute('href', /\/merge\?ids=/)
  await drawer.getByLabel('电话', { exact: true }).fill('138 1234 5678')
  await expect(drawer.getByRole('alert')).toHaveCount(0)
  await page.keyboard.press('Control+Enter')
  await expect(list.toast('已保存 2 个字段')).toBeVisible()
  await expect(drawer).toBeHidden()
  await expect(record.field('行业')).toHaveText('数控机床')
  await page.keyboard.press('Control+z')
  await expect(record.field('行业')).toHaveCount(0)
  await expect(record.field('备注')).toHaveCount(0)

  // What is typed and not saved is only thrown away by who says so.
  await page.getByRole('button', { name: '编辑', exact: true }).click()
  await drawer.getByLabel('行业').fill('别的')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '不保存', exact: true }).click()
  await expect(drawer).toBeHidden()

  // A number that a customer elsewhere has, while it is typed in place.
  await record.field('电话').click({ position: { x: 6, y: 8 } })
  const editor = page.getByRole('textbox', { name: '电话', exact: true })
  await editor.fill('13987654321')
  await expect(page.locator('.alike-hint')).toContainText(HIS)
  await expect(page.locator('.alike-hint').getByRole('link', { name: '查看' })).toBeVisible()
  await editor.press('Escape')
  await expect(page.locator('.alike-hint')).toBeHidden()

  await record.tab('联系人').click()
  await page.locator('.contacts:not(.compact)').getByRole('button', { name: '加联系人' }).click()
  const form = page.getByRole('dialog', { name: '加联系人' })
  await form.getByLabel('姓名').fill('程立')
  await form.getByLabel('手机', { exact: true }).fill('13987654321')
  await expect(form.getByRole('alert')).toContainText(HIS)
  await form.getByLabel('爱好').fill('钓鱼')
  await form.getByLabel('生日').fill('农历五月初五')
  await form.getByRole('button', { name: '保存' }).click()
  await expect(form).toContainText('读不出生日')
  await form.getByLabel('生日').fill('五月五日')
  await form.getByRole('button', { name: '保存' }).click()
  await expect(form).toBeHidden()
  await expect(page.locator('.contacts:not(.compact)')).toContainText('生日 05-05')

  await record.tab('动态').click()
  await page.getByPlaceholder('写跟进').fill('寄了样品')
  await page.locator('.composer').getByLabel('样品数').fill('3')
  await page.getByPlaceholder('写跟进').press('Control+Enter')
  await expect(record.event('寄了样品')).toContainText('样品数 3')
  expect(own.key).toMatch(/^cf_/)
})

test('who has a birthday soon is counted on the workbench, which opens exactly those', async ({ signedIn: { page, api } }) => {
  const { rows } = await api.call<{ rows: { id: string }[] }>('customers.list', { search: HERS, limit: 1 })
  const near = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(5, 10)
  const far = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(5, 10)
  await api.call('contacts.create', { customerId: rows[0]?.id, name: '仇大海', birthday: `--${near}` })
  await api.call('contacts.create', { customerId: rows[0]?.id, name: '程远', birthday: `--${far}` })
  await page.goto('/')
  const counter = page.locator('[data-count="birthdays"]')
  await expect(counter).toHaveText('1')
  await counter.click()
  await expect(page.locator('tr[data-row-key]')).toHaveCount(1)
  await expect(page.locator('tr[data-row-key]')).toContainText('仇大海')
  await expect(page.locator('tr[data-row-key] [data-col="birthday"]')).toContainText(near)
  await expect(new CustomerRecord(page).title()).toHaveCount(0)
})
