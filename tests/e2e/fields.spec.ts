import { writeFileSync } from 'node:fs'
import { ImportWizard } from './pages/importWizard.ts'
import { expect, test } from './support/test.ts'

const PICTURES = process.env['KEZHAN_PICTURES']
const NAME = '绍兴越纺新材料有限公司'

test('a column of a sheet becomes a field: its values stand in list and record, and can be edited there', async ({
  signedIn: { page, api },
}, info) => {
  const shoot = async (name: string) => {
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png`, animations: 'disabled' })
  }
  const file = info.outputPath('采购.csv')
  const rows = [
    ['客户名称', '采购额（万元）', '经营模式'],
    [NAME, '12.5', '直营'],
    ['宁波海川新材料有限公司', '￥8,000元', '加盟'],
    ['杭州西溪新材料有限公司', '3', '直营'],
    ['温州百川新材料有限公司', '面议', '加盟'],
  ]
  writeFileSync(file, `\ufeff${rows.map((row) => row.join('\t')).join('\r\n')}`)
  const wizard = new ImportWizard(page)
  await wizard.open()
  await wizard.drop(file)
  await wizard.map()
  for (const [header, type] of [
    ['采购额（万元）', '金额'],
    ['经营模式', '单选'],
  ] as const) {
    await wizard.button(`${header} 新建自定义字段`).click()
    const form = page.locator('.fields-new')
    await expect(form).toContainText(type)
    await shoot(`mapping-${type}`)
    await form.getByRole('button', { name: '新建' }).click()
    await expect(page.getByText(/已新建字段/).last()).toBeVisible()
    await expect(form).toHaveCount(0)
  }
  await expect(
    page.locator('.imp-line').filter({ hasText: '采购额（万元）' }).getByTitle('采购额', { exact: true }),
  ).toBeVisible()
  await shoot('mapping-done')
  await wizard.clean()
  await wizard.check()
  await shoot('check')
  const sum = await wizard.run()
  expect(sum).toMatchObject({ created: 4, failed: 0 })
  const { rows: found } = await api.call<{ rows: { id: string; custom: Record<string, unknown> }[] }>('customers.list', {
    search: NAME,
  })
  expect(Object.values(found[0]?.custom ?? {})).toContain(12_500_000)
  await api.call('fields.create', { entity: 'customer', label: '母公司', type: 'customer' })
  await page.goto(`/customers/${found[0]?.id}`)
  await expect(page.getByText('自定义字段').first()).toBeVisible()
  await expect(page.locator('[data-field]').filter({ has: page.getByRole('button', { name: '采购额 修改' }) })).toContainText(
    '125,000.00',
  )
  await shoot('record')
  await page.getByRole('button', { name: '采购额 修改' }).click()
  await page.getByLabel('采购额', { exact: true }).fill('99')
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-field]').filter({ has: page.getByRole('button', { name: '采购额 修改' }) })).toContainText(
    '99.00',
  )
  const parent = page.locator('[data-field]').filter({ has: page.getByRole('button', { name: '母公司 修改' }) })
  await page.getByRole('button', { name: '显示 1 个空字段', exact: true }).click()
  await page.getByRole('button', { name: '母公司 修改' }).click()
  await expect(page.getByRole('combobox', { name: '母公司' })).toBeFocused()
  await page.keyboard.type('hcxcl')
  await expect(page.locator('.ant-select-item-option')).toHaveText(['宁波海川新材料有限公司'])
  await page.keyboard.press('Enter')
  await expect(parent).toContainText('宁波海川新材料有限公司')
  await page.goto('/customers')
  await page.getByText(NAME).first().waitFor()
  await page.getByRole('button', { name: '列', exact: true }).click()
  await page.getByText('采购额', { exact: true }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByText('99.00').first()).toBeVisible()
  await shoot('list')
  await page.goto('/settings/fields')
  await expect(page.getByText('经营模式')).toBeVisible()
  await shoot('settings')
  if (PICTURES) {
    await page.setViewportSize({ width: 390, height: 844 })
    await shoot('settings-phone')
    await page.goto(`/customers/${found[0]?.id}`)
    await page.getByText(NAME).first().waitFor()
    await shoot('record-phone')
  }
})
