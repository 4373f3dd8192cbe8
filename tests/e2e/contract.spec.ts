import { HERS } from './support/company.ts'
import { expect, test } from './support/test.ts'

test('an order is printed as a contract with both parties, its sum in words and its payments; its end is counted on the workbench', async ({
  signedIn: { page, api },
}) => {
  const { rows } = await api.call<{ rows: { id: string }[] }>('customers.list', { search: HERS, limit: 1 })
  const today = await page.evaluate(() => new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' }))
  const made = await api.call<{ id: string; version: number }>('orders.create', {
    name: '泵房维保',
    customerId: rows[0]?.id,
    startsOn: '2020-01-01',
    endsOn: today,
    lines: [{ name: '维保服务', quantity: '2', priceFen: 150_050, taxRate: '6' }],
    plans: [{ dueOn: '2020-02-01', amountFen: 300_100, note: '首期' }],
  })
  await api.call('orders.confirm', { id: made.id, version: made.version, signedOn: '2020-01-01' })

  await page.goto(`/orders/${made.id}`)
  await page.getByRole('button', { name: '打印合同' }).click()
  const sheet = page.getByRole('article', { name: '销售合同' })
  await expect(sheet).toContainText(HERS)
  await expect(sheet).toContainText('叁仟零壹元整')
  await expect(sheet).toContainText(`2020-01-01 — ${today}`)
  await expect(sheet.getByRole('row', { name: /2020-02-01/ })).toContainText('首期')
  await expect(sheet).toContainText('违约责任')
  // Nothing else is on the paper.
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('button', { name: '打印或存为 PDF' })).toBeHidden()
  await expect(sheet).toBeVisible()
  await page.emulateMedia({ media: 'screen' })

  await page.goto('/')
  const counter = page.getByRole('link', { name: /即将到期合同/ })
  await expect(counter.locator('[data-count]')).toHaveText('1')
  await counter.click()
  await expect(page.getByRole('row', { name: /泵房维保/ })).toBeVisible()
})
