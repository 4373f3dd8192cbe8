import { HERS } from './support/company.ts'
import { expect, test } from './support/test.ts'

test('an order confirmed with too little stock asks for a purchase, which is handed in, approved and received; then it is delivered, and the stock page agrees', async ({
  signedIn: { page, api },
}) => {
  const { rows } = await api.call<{ rows: { id: string }[] }>('customers.list', { search: HERS, limit: 1 })
  const product = await api.call<{ id: string }>('products.create', {
    name: '隔膜泵',
    priceFen: 90_000,
    unit: '台',
    stocked: true,
  })
  const order = await api.call<{ id: string }>('orders.create', {
    name: '隔膜泵改造',
    customerId: rows[0]?.id,
    lines: [{ productId: product.id, name: '隔膜泵', unit: '台', quantity: '4', priceFen: 90_000 }],
  })

  await page.goto('/stock')
  await page.getByRole('button', { name: '入库', exact: true }).click()
  const moving = page.getByRole('dialog', { name: '登记入库' })
  await moving.getByLabel('第 1 行产品').fill('隔膜')
  await page.getByTitle('隔膜泵', { exact: true }).click()
  await moving.getByLabel('第 1 行数量').fill('1.5')
  await moving.getByLabel('原因或备注').fill('期初')
  await moving.getByRole('button', { name: '保存' }).click()
  await expect(moving).toBeHidden()
  const row = page.locator('tr[data-row-key]').filter({ hasText: '隔膜泵' })
  await expect(row).toContainText('1.5')

  await page.goto(`/orders/${order.id}`)
  await page.getByRole('button', { name: '编辑明细' }).click()
  await expect(page.getByRole('group', { name: '明细' })).toContainText('可用 1.5')
  await page.getByRole('group', { name: '明细' }).getByRole('button', { name: '取消' }).click()
  await page.getByRole('radio', { name: '已确认' }).click()
  await expect(page.getByText(/隔膜泵 缺 2\.5 台，已生成采购申请 CG-/)).toBeVisible()
  await expect(page.getByRole('region', { name: '库存' })).toContainText('缺 2.5 台')

  await page.getByRole('region', { name: '采购申请' }).getByRole('link').click()
  await page.getByRole('button', { name: '修改明细' }).click()
  await expect(page.getByLabel('第 1 行 数量')).toHaveValue('2.5')
  await page.getByLabel('第 1 行 单价').fill('800')
  await page.getByLabel('第 1 行 单价').press('Control+Enter')
  await expect(page.getByRole('cell', { name: '2,000.00' })).toBeVisible()
  await page.getByRole('button', { name: '提交审批' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '提交审批' }).click()
  await expect(page.locator('.record-name')).toContainText('审批中')
  await page.getByRole('tab', { name: /^审批/ }).click()
  await page.getByRole('button', { name: '通过' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '通过' }).click()
  await expect(page.locator('.record-name')).toContainText('待到货')
  await page.getByRole('button', { name: '到货入库' }).click()
  const receiving = page.getByRole('dialog', { name: /到货入库/ })
  await expect(receiving.getByLabel('隔膜泵 到货数量')).toHaveValue('2.5')
  await receiving.getByRole('button', { name: '入库', exact: true }).click()
  await expect(page.locator('.record-name')).toContainText('已到货')

  await page.getByRole('tab', { name: /^明细/ }).click()
  await page.getByRole('cell').getByRole('link').click()
  await expect(page.getByRole('region', { name: '库存' })).toContainText('已预留 4 台')
  await page.getByRole('radio', { name: '已交付' }).click()
  await expect(page.getByRole('region', { name: '库存' })).toContainText('已出库 4 台')

  await page.getByRole('menuitem', { name: '库存' }).click()
  await row.getByText('隔膜泵').click()
  const panel = page.getByRole('complementary')
  await expect(panel).toContainText('结存 4')
  await expect(panel).toContainText('结存 0')
  await page.keyboard.press('Control+z')
  await expect(panel).not.toContainText('结存 0')
  await expect(row).toContainText('4')
})
