import type { Page } from '@playwright/test'
import { HERS } from './support/company.ts'
import { expect, test } from './support/test.ts'

/** A figure of the strip, by its label. */
const figure = (page: Page, label: string) => page.locator('.figures > div').filter({ hasText: label })
const total = (page: Page) => figure(page, '订单金额')

test('an order gets lines and a plan of two, is confirmed, paid in two parts and partly refunded; the customer’s strip agrees and an undo is seen', async ({
  signedIn: { page, api },
}) => {
  const { rows } = await api.call<{ rows: { id: string }[] }>('customers.list', { search: HERS, limit: 1 })
  const pump = await api.call<{ id: string }>('products.create', { name: '离心泵', priceFen: 120_000, taxRate: '13', unit: '台' })
  await api.call('products.addCost', { productId: pump.id, costFen: 70_000, validFrom: '2020-01-01' })

  await page.goto(`/customers/${rows[0]?.id}`)
  await page.getByRole('tab', { name: /^订单/ }).click()
  await page.getByRole('button', { name: '新建订单' }).click()
  const drawer = page.getByRole('dialog', { name: '新建订单' })
  await drawer.getByLabel('订单名称').fill('泵房改造')
  await drawer.getByRole('button', { name: '保存', exact: true }).click()
  await expect(page.locator('.record-title')).toHaveText('泵房改造')

  await page.getByRole('button', { name: '编辑明细' }).click()
  const lines = page.getByRole('group', { name: '明细' })
  await lines.getByLabel('第 1 行 产品或服务').fill('离心')
  await page.locator('.ant-select-item-option').filter({ hasText: '离心泵' }).first().click()
  await expect(lines.getByLabel('第 1 行 单价')).toHaveValue('1200')
  await expect(lines).toContainText('标准价')
  await lines.getByLabel('第 1 行 数量').fill('2')
  await lines.getByLabel('第 1 行 数量').press('Enter')
  await lines.getByLabel('第 2 行 产品或服务').fill('安装调试')
  await lines.getByLabel('第 2 行 单价').fill('600')
  // A service says itself what it costs.
  await lines.getByLabel('第 2 行 成本单价').fill('350')
  await expect(lines).toContainText('3,000.00')
  await lines.getByRole('button', { name: '保存' }).click()
  await expect(total(page)).toContainText('3,000')
  await expect(page.locator('.order-sums')).toContainText('1,750.00')

  await page.getByRole('tab', { name: /^回款计划/ }).click()
  await page.getByRole('button', { name: '编辑计划' }).click()
  const plans = page.getByRole('group', { name: '回款计划' })
  const due = async (nth: string, day: string) => {
    await plans.getByLabel(`${nth} 应收日期`).fill(day)
    await plans.getByLabel(`${nth} 应收日期`).press('Tab')
  }
  await due('第 1 期', '2020-01-15')
  await plans.getByLabel('第 1 期 计划金额').fill('1000')
  await plans.getByRole('button', { name: '加一期' }).click()
  await expect(plans.getByLabel('第 2 期 计划金额')).toHaveValue('2000.00')
  await due('第 2 期', '2099-01-15')
  await plans.getByRole('button', { name: '保存' }).click()
  await expect(page.locator('.record-tab')).toContainText('逾期')

  await page.getByRole('radio', { name: '已确认' }).click()
  await expect(page.getByRole('radio', { name: '已确认' })).toBeChecked()
  await page.getByRole('tab', { name: '回款', exact: true }).click()
  const pay = async (yuan: string) => {
    await page.getByRole('button', { name: '登记回款' }).click()
    const paying = page.getByRole('dialog', { name: '登记回款' })
    await paying.getByLabel('金额', { exact: true }).fill(yuan)
    await expect(paying.getByLabel('泵房改造')).toHaveValue(`${yuan}.00`)
    await paying.getByRole('button', { name: '保存' }).click()
    await expect(paying).toBeHidden()
  }
  await pay('1200')
  await expect(figure(page, '未回款')).toContainText('1,800')
  await pay('800')
  await expect(figure(page, '未回款')).toContainText('1,000')
  await page.getByRole('button', { name: '退款' }).first().click()
  const refund = page.getByRole('dialog', { name: /退回/ })
  await refund.getByLabel('金额', { exact: true }).fill('100.50')
  await refund.getByRole('button', { name: '退款' }).click()
  await expect(refund).toBeHidden()
  await expect(figure(page, '未回款')).toContainText('1,100.50')
  await page.getByRole('tab', { name: /^回款计划/ }).click()
  await expect(page.locator('.record-tab')).toContainText('已完成')

  await page.goto(`/customers/${rows[0]?.id}`)
  await expect(figure(page, '累计成交')).toContainText('3,000')
  await expect(figure(page, '已回款')).toContainText('1,899.50')
  await expect(figure(page, '应收')).toContainText('1,100.50')
  await page.getByRole('tab', { name: /^回款 ?3/ }).click()
  await expect(page.locator('.record-tab')).toContainText('−100.50')

  await page.getByRole('menuitem', { name: '订单' }).click()
  const row = page.locator('tr[data-row-key]').filter({ hasText: '泵房改造' })
  await expect(row).toContainText('已确认')
  await expect(row).toContainText('1,100.50')
  await row.getByText('已确认').click()
  await page.getByRole('complementary').getByRole('radio', { name: '已交付' }).click()
  await expect(page.getByRole('complementary').getByRole('radio', { name: '已交付' })).toBeChecked()
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('complementary').getByRole('radio', { name: '已确认' })).toBeChecked()
})
