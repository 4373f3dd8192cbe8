import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { HERS, SALES } from './support/company.ts'
import { expect, test } from './support/test.ts'

/** A folder for pictures, looked at by people; without it none are taken. */
const folder = process.env['SHOTS']
const shotsOf = (page: Page) => async (name: string) => {
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `quotes-${name}.png`) })
}
type Person = { id: string; name: string; version: number }

test('a discounted quote is approved by the manager, sent, printed with its totals, sending is taken back, and once accepted it is an order', async ({
  signedIn: boss,
  desk,
}) => {
  test.slow()
  const { employeeId } = await boss.api.call<{ employeeId: string }>('session.me')
  const people = await boss.api.call<Person[]>('people.employees', {})
  const her = people.find(({ name }) => name === SALES.name)
  await boss.api.call('people.editEmployee', { id: her?.id, version: her?.version, values: { managerId: employeeId } })
  await boss.api.call('products.create', { name: '卡套接头', spec: 'Φ12', unit: '个', priceFen: 45_00, taxRate: '13' })
  const { page, api } = await desk(SALES)
  const shoot = shotsOf(page)
  const { rows } = await api.call<{ rows: { id: string }[] }>('customers.list', { search: HERS, limit: 1 })

  await page.goto(`/customers/${rows[0]?.id}`)
  await page.getByRole('tab', { name: /^报价/ }).click()
  await page.getByRole('button', { name: '新建报价' }).click()
  const drawer = page.getByRole('dialog', { name: '新建报价' })
  await drawer.getByLabel('报价名称').fill('二期阀组')
  await shoot('form')
  await drawer.getByRole('button', { name: '保存', exact: true }).click()
  await expect(drawer).toBeHidden()

  const cell = (row: number, what: string) => page.getByLabel(`第 ${row} 行 ${what}`)
  await cell(1, '产品或服务').fill('ktjt')
  await page
    .getByRole('option', { name: /卡套接头/ })
    .or(page.locator('.ant-select-item-option').filter({ hasText: '卡套接头' }))
    .first()
    .click()
  await expect(cell(1, '单价')).toHaveValue('45')
  await expect(cell(1, '数量')).toBeFocused()
  await page.keyboard.type('100')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.type('20')
  await page.keyboard.press('Enter')
  await expect(cell(2, '产品或服务')).toBeFocused()
  await cell(2, '产品或服务').fill('现场安装')
  await cell(2, '单价').fill('1,000')
  await page.getByLabel('整单优惠').fill('100')
  await shoot('lines')
  await page.getByRole('button', { name: '保存明细' }).click()
  await expect(page.getByText('已保存明细，报价金额 4,500.00')).toBeVisible()
  await expect(page.getByText('折扣 18.18%，达到 10%')).toBeVisible()

  await page.getByRole('button', { name: '提交审批' }).click()
  const asking = page.getByRole('dialog', { name: '提交审批' })
  await asking.getByLabel('给审批人的说明').fill('老客户，年底冲量')
  await asking.getByRole('button', { name: '提交审批' }).click()
  await expect(asking).toBeHidden()
  await expect(page.getByText('审批中').first()).toBeVisible()
  await shoot('pending')

  await expect(boss.page.getByRole('menuitem', { name: '审批' })).toContainText('1')
  await boss.page.getByRole('menuitem', { name: '审批' }).click()
  await expect(boss.page.getByRole('tab', { name: /待我审批/ })).toContainText('1')
  await boss.page.getByRole('button', { name: /二期阀组/ }).click()
  const request = boss.page.getByRole('region', { name: /二期阀组/ })
  await expect(request).toContainText('老客户，年底冲量')
  await shotsOf(boss.page)('approval')
  await request.getByRole('button', { name: '通过' }).click()
  await boss.page.getByRole('dialog').getByRole('button', { name: '通过' }).click()
  await expect(request.getByText('已通过')).toBeVisible()

  await page.getByRole('button', { name: '标记为已发送' }).click()
  await expect(page.getByRole('button', { name: '客户接受' })).toBeVisible()
  await shoot('sent')
  await page.getByRole('button', { name: '打印' }).click()
  const sheet = page.getByRole('article', { name: '报价单' })
  await expect(sheet).toContainText(HERS)
  await expect(sheet).toContainText('3,600.00')
  await expect(sheet).toContainText('¥4,500.00')
  await expect(sheet).toContainText('肆仟伍佰元整')
  await shoot('print')
  await page.getByRole('link', { name: '返回' }).click()
  await expect(page.getByRole('button', { name: '客户接受' })).toBeVisible()
  await page.getByRole('tab', { name: '操作记录' }).click()
  await page.getByRole('article').filter({ hasText: '标记为已发送' }).getByRole('button', { name: '撤销' }).click()
  await expect(page.getByRole('button', { name: '标记为已发送' })).toBeVisible()
  await shoot('history')

  await page.getByRole('button', { name: '标记为已发送' }).click()
  await page.getByRole('button', { name: '客户接受' }).click()
  await page.getByRole('button', { name: '生成订单' }).click()
  await expect(page.locator('.figures > div').filter({ hasText: '订单金额' })).toContainText('4,500')
  await page.getByRole('link', { name: /^BJ-/ }).click()
  await expect(page.getByRole('button', { name: '查看订单' })).toBeVisible()
})
