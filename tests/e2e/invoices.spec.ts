import { HERS, SALES } from './support/company.ts'
import { expect, test } from './support/test.ts'

test('sales ask for an invoice on an order, finance issues it, and void frees what it was for; what is owed opens its plans', async ({
  signedIn: finance,
  desk,
}) => {
  const { page, api } = await desk(SALES)
  const { rows } = await api.call<{ rows: { id: string }[] }>('customers.list', { search: HERS, limit: 1 })
  const draft = await api.call<{ id: string; version: number }>('orders.create', {
    name: '冷却塔',
    customerId: rows[0]?.id,
    lines: [{ name: '冷却塔', quantity: '1', priceFen: 3000_00 }],
    plans: [{ dueOn: '2020-01-15', amountFen: 1000_00 }],
  })
  await api.call('orders.confirm', { id: draft.id, version: draft.version })

  await page.goto(`/orders/${draft.id}`)
  await page.getByRole('tab', { name: '发票' }).click()
  const open = page.locator('[data-sum=uninvoiced]')
  await expect(open).toHaveText('3,000.00')
  await page.getByRole('button', { name: '申请开票' }).click()
  const asking = page.getByRole('dialog', { name: '申请开票' })
  await expect(asking.getByLabel('冷却塔')).toHaveValue('3000.00')
  await asking.getByRole('button', { name: '加抬头' }).click()
  const profile = page.getByRole('dialog', { name: '加抬头' })
  await profile.getByLabel('抬头', { exact: true }).fill(HERS)
  await profile.getByLabel('税号').fill('91350100M000100Y44')
  await profile.getByLabel('开户银行').fill('工商银行')
  await expect(profile.getByText('税号的校验位对不上')).toBeVisible()
  await profile.getByLabel('税号').fill('91350100M000100Y43')
  await profile.getByRole('button', { name: '保存' }).click()
  await expect(profile).toBeHidden()
  await expect(asking.getByText('91350100M000100Y43')).toBeVisible()
  await asking.getByLabel('冷却塔').fill('3000.01')
  await asking.getByLabel('冷却塔').press('Tab')
  await expect(asking.getByText('「冷却塔」只能再开 3,000.00')).toBeVisible()
  await asking.getByLabel('冷却塔').fill('2000')
  await asking.getByRole('button', { name: '提交申请' }).click()
  await expect(asking).toBeHidden()
  await expect(open).toHaveText('1,000.00')

  const desk2 = finance.page
  await desk2.goto('/workbench')
  await expect(desk2.locator('[data-count=invoicesAsked]')).not.toHaveText(/^(0|…)$/)
  await desk2.goto('/invoices?view=waiting')
  const row = desk2.getByRole('row').filter({ hasText: HERS })
  await row.getByText(/^FP-/).click()
  await desk2.getByRole('button', { name: '开具', exact: true }).click()
  const issuing = desk2.getByRole('dialog', { name: /^开具/ })
  await issuing.getByLabel('发票号码').fill('26332000000000000001')
  await issuing.getByRole('button', { name: '开具' }).click()
  await expect(issuing).toBeHidden()
  await expect(desk2.getByRole('button', { name: '寄出或交付' })).toBeVisible()
  await expect(page.getByText('26332000000000000001')).toBeVisible()

  // It has a page of its own, with the same to do and its history.
  await desk2.getByRole('button', { name: '打开发票' }).click()
  await expect(desk2.locator('.record-title')).toHaveText(/^FP-/)
  await desk2.getByRole('button', { name: '作废' }).click()
  const voiding = desk2.getByRole('dialog', { name: /^作废/ })
  await voiding.getByLabel('作废原因').fill('金额开错')
  await voiding.getByRole('button', { name: '作废' }).click()
  await expect(voiding).toBeHidden()
  await expect(open).toHaveText('3,000.00')

  // What is owed: the first thousand is late since 2020, the rest has no plan; each number opens its rows.
  await page.goto('/reports/receivables')
  const line = page.getByRole('row').filter({ hasText: HERS })
  await expect(line.locator('[data-age=due]')).toContainText('3,000.00')
  await expect(line.locator('[data-age=unplanned]')).toContainText('2,000.00')
  // On a phone the table is pushed sideways, not the page.
  await page.setViewportSize({ width: 390, height: 844 })
  await expect(line).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  await page.setViewportSize({ width: 1366, height: 768 })
  await line.getByRole('button', { name: /90 天以上/ }).click()
  const behind = page.getByRole('dialog', { name: `${HERS} · 90 天以上` })
  await expect(behind.getByText('1 笔，共 1,000.00')).toBeVisible()
  await behind.getByRole('link', { name: '冷却塔' }).click()
  await expect(page.locator('.record-title')).toHaveText('冷却塔')
})
