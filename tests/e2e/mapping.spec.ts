import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { ImportWizard } from './pages/importWizard.ts'
import { camera } from './support/camera.ts'
import { expect, test } from './support/test.ts'

/** The line of a column of the file. */
const lineOf = (page: Page) => (header: string) =>
  page.locator('.imp-line').filter({ has: page.locator('.imp-header', { hasText: header }) })

const csv = (path: string, rows: readonly string[]): string => {
  writeFileSync(path, `${rows.join('\n')}\n`)
  return path
}

test('a column that goes nowhere says what it looks like, and gets its field in two steps', async ({
  signedIn: { page, api },
  scratch,
}) => {
  const shoot = camera(page)
  const wizard = new ImportWizard(page)
  const open = { note: null, hidden: [], dailyClaims: null, dailyViews: null, coolingDays: 0, members: [] }
  await api.call('pools.create', { ...open, name: '华东公海' })
  const firms = csv(join(scratch, 'firms.csv'), [
    '公司,联系人,手机,介绍人,年采购额（万元）,材质,序号',
    '绍兴越纺印染有限公司,王海峰,13957511128,李晓梅,120,黄铜,1',
    '苏州恒通纺织科技有限公司,沈立群,13805126621,赵敏,85,金属,2',
    '宁波兴隆房地产开发有限公司,周慧,13800002222,欧阳明,30.5,石料,3',
  ])
  await wizard.open()
  await page.locator('input[type="file"]').setInputFiles(firms)
  await wizard.map()
  const line = lineOf(page)
  await expect(line('手机')).toContainText('联系人')
  await expect(line('介绍人')).toContainText('请看一眼')
  await expect(line('介绍人')).toContainText('像是人名，现在不会导入')
  await expect(line('年采购额')).toContainText('像是金额，现在不会导入')
  await expect(line('材质')).not.toContainText('请看一眼')
  await expect(page.getByText('还有 2 列要确认')).toBeVisible()
  await shoot('left-out')

  // First whose it is; which field is still open, and nothing is chosen by that.
  await line('介绍人').getByLabel('介绍人 属于').click()
  await page
    .locator('.ant-select-item-option')
    .filter({ hasText: /^客户$/ })
    .click()
  await expect(line('介绍人')).toContainText('选一个字段')
  await expect(page.locator('.ant-select-item-option').filter({ hasText: '负责人' })).toBeVisible()
  await shoot('first-whose')
  await expect(line('介绍人')).toContainText('请看一眼')
  // Who turns away leaves it as it was.
  await page.keyboard.press('Tab')
  await expect(line('介绍人')).toContainText('忽略这一列')
  await expect(line('介绍人')).toContainText('请看一眼')
  await line('介绍人').getByLabel('介绍人 属于').click()
  await page
    .locator('.ant-select-item-option')
    .filter({ hasText: /^客户$/ })
    .click()
  await expect(line('介绍人')).toContainText('选一个字段')
  await page.keyboard.type('来源')
  await page.keyboard.press('Enter')
  await expect(line('介绍人')).toContainText('已选')
  await expect(line('介绍人')).toContainText('客户来源')
  // To leave a column out on purpose is an answer, too.
  await line('年采购额').getByLabel('年采购额（万元） 客栈里的字段').click()
  await page.locator('.ant-select-item-option').filter({ hasText: '忽略这一列' }).click()
  await expect(page.getByText(/像是金额/)).toHaveCount(0)
  await expect(page.getByText(/列要确认/)).toHaveCount(0)
  await shoot('answered')

  // Rows that name no owner go straight into a public pool, and the check says so.
  await page.getByLabel('负责人', { exact: true }).click()
  await page.locator('.ant-select-item-option').filter({ hasText: '公海 · 华东公海' }).click()
  await expect(page.locator('.imp-aside')).toContainText('公海 · 华东公海')
  await shoot('into-a-pool')
  await wizard.clean()
  expect(await wizard.check()).toMatchObject({ created: 3, rows: 3 })
  await expect(page.locator('.imp-grid').getByText('公海 · 华东公海')).toHaveCount(3)
  await shoot('pool-checked')
  await wizard.run()
  await shoot('pool-done')
  await wizard.button('去公海看').click()
  for (const name of ['绍兴越纺印染有限公司', '苏州恒通纺织科技有限公司', '宁波兴隆房地产开发有限公司'])
    await expect(page.getByRole('row').filter({ hasText: name })).toBeVisible()
  await shoot('in-the-pool')
})

test('a list of employees says at the column that accounts are not made by an import', async ({
  signedIn: { page },
  scratch,
}) => {
  const shoot = camera(page)
  const wizard = new ImportWizard(page)
  const people = csv(join(scratch, 'people.csv'), [
    '姓名,部门,手机,登录名,角色,入职日期',
    '陈思远,销售部,13900000011,chensy,销售,2024-03-01',
    '何佳怡,客服部,13900000012,hejy,客服,2025-07-15',
  ])
  await wizard.open()
  await page.locator('input[type="file"]').setInputFiles(people)
  await wizard.button('改为导入员工').click()
  await wizard.map()
  const line = lineOf(page)
  for (const header of ['登录名', '角色']) {
    await expect(line(header)).toContainText('账号和角色不由导入建立')
    await expect(line(header)).not.toContainText('请看一眼')
  }
  await shoot('accounts')
})
