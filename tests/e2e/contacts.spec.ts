import { CustomerRecord } from './pages/customerList.ts'
import { HERS } from './support/company.ts'
import { expect, test } from './support/test.ts'

test('contacts are found, edited and pasted into in a list of their own, and lead to their customer', async ({
  signedIn: { page, api },
}) => {
  const { rows } = await api.call<{ rows: { id: string }[] }>('customers.list', { search: HERS, limit: 1 })
  await api.call('contacts.create', { customerId: rows[0]?.id, name: '仇大海', phone: '13712345678', isPrimary: true })
  await page.goto('/customers')
  await page.getByRole('menuitem', { name: '联系人' }).click()
  await page.getByLabel('搜姓名、拼音、电话').fill('qdh')
  const row = page.locator('tr[data-row-key]').filter({ hasText: '仇大海' })
  await expect(page.locator('tr[data-row-key]')).toHaveCount(1)
  await expect(row).toContainText(HERS)

  await row.locator('[data-col="title"]').dblclick()
  await page.keyboard.type('总经理')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Escape')
  await expect(row.locator('[data-col="title"]')).toHaveText('总经理')
  await page.keyboard.press('Control+z')
  await expect(row.locator('[data-col="title"]')).toHaveText('—')

  await row.locator('[data-col="title"]').click()
  await expect(page.getByRole('complementary')).toContainText('仇大海')
  await page.keyboard.press('Escape')
  await page.locator('.grid-keys').focus()
  await page.evaluate(() => {
    const data = new DataTransfer()
    data.setData('text/plain', '采购经理\t138')
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  })
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('row')).toContainText([/原因/, /仇大海.*手机.*138.*不是电话号码/])
  await dialog.getByRole('button', { name: '写入 1 行' }).click()
  await expect(row.locator('[data-col="title"]')).toHaveText('采购经理')
  await expect(row.locator('[data-col="phone"]')).toHaveText('137 1234 5678')

  await row.locator('.name-link').click()
  await page.getByRole('complementary').getByRole('button', { name: '打开客户' }).click()
  await expect(new CustomerRecord(page).title()).toHaveText(HERS)
})
