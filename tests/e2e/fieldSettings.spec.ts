import { mkdirSync } from 'node:fs'
import { expect, test } from './support/test.ts'

const PICTURES = process.env['KEZHAN_PICTURES']

test('a field is made with a formula and rules, laid out, and the form of a new customer follows', async ({
  signedIn: { page, api },
}) => {
  const shoot = async (name: string) => {
    if (!PICTURES) return
    mkdirSync(PICTURES, { recursive: true })
    await page.waitForTimeout(300)
    await page.screenshot({ path: `${PICTURES}/${name}.png`, animations: 'disabled' })
  }
  await page.setViewportSize({ width: 1366, height: 768 })
  for (const [label, type] of [
    ['年采购额', 'money'],
    ['到访时段', 'time'],
  ] as const)
    await api.call('fields.create', { entity: 'customer', label, type })
  await api.call('fields.create', {
    entity: 'customer',
    label: '经营范围',
    type: 'multiSelect',
    choices: [{ label: '零售' }, { label: '批发' }, { label: '代工' }],
  })
  await page.goto('/settings/fields')
  await expect(page.getByText('年采购额')).toBeVisible()
  await shoot('fields')

  await page.getByRole('button', { name: '新建字段' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByLabel('名称', { exact: true }).fill('含税额')
  await drawer.getByLabel('类型').click()
  await page.keyboard.type('公式')
  await page.locator('.ant-select-item-option').filter({ hasText: '公式' }).click()
  await drawer.getByRole('textbox', { name: '公式' }).fill('[年采购额] * 1.13 +')
  await expect(drawer.getByText(/放在这里不对/)).toBeVisible()
  await drawer.getByRole('textbox', { name: '公式' }).fill('[年采购额] * 1.13')
  await expect(drawer.getByText(/结果是金额/)).toBeVisible()
  await shoot('formula')
  await drawer.getByRole('button', { name: '新建', exact: true }).click()
  await expect(page.getByText('已新建字段「含税额」')).toBeVisible()

  await page.getByRole('button', { name: '修改「年采购额」' }).click()
  await page.getByRole('group', { name: '是否必填' }).getByText('必填', { exact: true }).click()
  await shoot('rules')
  await page.getByRole('dialog').getByRole('button', { name: '保存', exact: true }).click()
  await expect(page.getByText('已修改字段的填写要求')).toBeVisible()

  await page.getByRole('button', { name: '修改「来源」' }).click()
  await page.getByRole('button', { name: '新增选项' }).click()
  await page.getByRole('dialog').getByLabel('选项').last().fill('展会')
  await shoot('words')
  await page.getByRole('dialog').getByRole('button', { name: '保存', exact: true }).click()
  await expect(page.getByText('已修改选项')).toBeVisible()

  await page.goto('/settings/layouts')
  const line = page.locator('.layout-line').filter({ hasText: '年采购额' })
  await expect(line).toBeVisible()
  await shoot('layout')
  const group = page.getByRole('region', { name: '基本信息' })
  for (let n = 0; n < 20 && (await group.getByText('年采购额').count()) === 0; n++) {
    await line.getByRole('button').focus()
    await page.keyboard.press('Alt+ArrowUp')
  }
  await expect(group.getByText('年采购额')).toBeVisible()
  await page.getByRole('button', { name: '保存布局' }).click()
  await expect(page.getByText('已保存表单布局')).toBeVisible()
  await shoot('layout-saved')

  await page.goto('/settings/numbers')
  // Customers come first.
  const ofCustomers = page.locator('.numbers-form').first()
  await ofCustomers.getByRole('switch').click()
  await shoot('numbers')
  await ofCustomers.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('已修改编号规则')).toBeVisible()

  await page.goto('/customers')
  await page.getByRole('button', { name: '新建客户' }).first().click()
  await page.getByRole('dialog').getByLabel('客户名称').fill('绍兴新纺织造有限公司')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('必须填写').or(page.locator('.ant-form-item-explain-error')).first()).toBeVisible()
  await page.getByRole('dialog').getByLabel('年采购额').fill('12.5')
  await shoot('drawer')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(/已新建/).last()).toBeVisible()
  const { rows } = await api.call<{ rows: { number: string | null; custom: Record<string, unknown> }[] }>('customers.list', {
    search: '绍兴新纺',
  })
  expect(rows[0]?.number).toMatch(/^KH-\d{6}-0001$/)
  expect(Object.values(rows[0]?.custom ?? {})).toEqual(expect.arrayContaining([1250, 1413]))
  if (!PICTURES) return
  await page.setViewportSize({ width: 390, height: 844 })
  for (const at of ['fields', 'layouts', 'numbers']) {
    await page.goto(`/settings/${at}`)
    await page.waitForTimeout(500)
    await shoot(`${at}-phone`)
  }
})
