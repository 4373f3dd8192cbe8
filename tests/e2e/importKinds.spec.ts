import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ImportWizard } from './pages/importWizard.ts'
import { expect, test } from './support/test.ts'

/** A folder for pictures of the steps, looked at by people. */
const shots = process.env['SHOTS']

test('follow-ups dropped as customers are told, and go in as what they are', async ({ signedIn: { page }, scratch }) => {
  test.slow()
  if (shots) mkdirSync(shots, { recursive: true })
  let n = 0
  const shoot = async (name: string) => {
    if (!shots) return
    for (const [width, height] of [
      [390, 844],
      [1366, 768],
    ] as const) {
      await page.setViewportSize({ width, height })
      await page.waitForTimeout(400)
      await page.screenshot({ path: join(shots, `${n}-${name}-${width}.png`) })
    }
    n++
  }
  const wizard = new ImportWizard(page)
  const customers = join(scratch, 'firms.csv')
  writeFileSync(customers, '公司,电话\n绍兴越纺印染有限公司,0575-84121111\n苏州恒通纺织科技有限公司,0512-62881234\n')
  await wizard.open()
  await expect(page.getByRole('heading', { name: '导入客户' })).toBeVisible()
  await shoot('file')
  await page.locator('input[type="file"]').setInputFiles(customers)
  await wizard.clean()
  await wizard.check()
  await wizard.run()

  const said = join(scratch, 'said.csv')
  const rows = [
    '客户,跟进内容,时间,跟进方式',
    '绍兴越纺印染有限公司,问了三色提花的报价,2026-02-03 10:20,电话',
    '绍兴越纺印染有限公司,寄了样品,2026-02-05 09:00,微信',
    '没有这家公司,说了什么,2026-02-05 09:00,电话',
  ]
  writeFileSync(said, `${rows.join('\n')}\n`)
  await wizard.open()
  await page.locator('input[type="file"]').setInputFiles(said)
  await expect(page.getByText('这份表看起来是跟进记录')).toBeVisible()
  await shoot('layout')
  await wizard.button('改为导入跟进记录').click()
  await expect(page.getByRole('heading', { name: '导入跟进记录' })).toBeVisible()
  await expect(page.getByText('这份表看起来是跟进记录')).toHaveCount(0)
  await shoot('layout-follow-ups')
  await wizard.map()
  await expect(page.getByText('怎样算同一个客户')).toHaveCount(0)
  await shoot('map')
  await wizard.clean()
  expect(await wizard.check()).toMatchObject({ created: 2, failed: 1, rows: 3 })
  await shoot('check')
  expect(await wizard.run()).toMatchObject({ created: 2, failed: 1, rows: 3 })
  await shoot('done')
  await wizard.button('去看涉及的客户').click()
  await expect(page.getByText('1 个客户', { exact: true })).toBeVisible()
  await expect(page.getByRole('row').filter({ hasText: '绍兴越纺印染有限公司' })).toBeVisible()
  // A second time nothing doubles: what was said stands beside what is there.
  await wizard.open()
  await page.locator('input[type="file"]').setInputFiles(said)
  await wizard.button('改为导入跟进记录').click()
  await wizard.clean()
  expect(await wizard.check()).toMatchObject({ created: 0, failed: 1, rows: 3 })
  await expect(page.getByRole('complementary', { name: '疑似重复' })).toContainText('已有跟进')
  await expect(wizard.button('不是同一个')).toBeVisible()
  await shoot('check-again')
  await page.goto('/imports/history')
  await expect(page.getByRole('row').filter({ hasText: 'said.csv' }).first()).toContainText('跟进记录')
  await shoot('history')

  // Contacts: who is not known may be made; tags: their own template, and the way to their page.
  await page.goto('/settings/tags')
  await wizard.button('导入标签').click()
  await expect(page.getByRole('heading', { name: '导入标签' })).toBeVisible()
  const [template] = await Promise.all([page.waitForEvent('download'), wizard.button('下载标签模板').click()])
  const path = join(scratch, template.suggestedFilename())
  await template.saveAs(path)
  await page.locator('input[type="file"]').setInputFiles(path)
  await wizard.clean()
  expect(await wizard.check()).toMatchObject({ created: 1, rows: 1 })
  await shoot('check-tags')
  await wizard.run()
  await wizard.button('去看标签').click()
  await expect(page).toHaveURL(/\/settings\/tags/)
  await page.goto('/settings/people')
  await wizard.button('导入员工').click()
  await expect(page.getByRole('heading', { name: '导入员工' })).toBeVisible()
  // What of orders has files of its own.
  await page.goto('/orders')
  await wizard.button('导入别的').click()
  await page.getByRole('menuitem', { name: '导入回款计划' }).click()
  await expect(page.getByRole('heading', { name: '导入回款计划' })).toBeVisible()
  await page.goto('/imports?kind=contact')
  const people = join(scratch, 'people.csv')
  writeFileSync(
    people,
    '所属客户,姓名,职务,手机\n绍兴越纺印染有限公司,钱丽华,采购,13700010001\n没有这家公司,王海峰,,13700010002\n',
  )
  await page.locator('input[type="file"]').setInputFiles(people)
  await wizard.map()
  await page.getByRole('switch', { name: '客户不存在时新建' }).click()
  await expect(page.getByRole('switch', { name: '客户不存在时新建' })).toBeChecked()
  await shoot('map-contacts')
  await wizard.clean()
  expect(await wizard.check()).toMatchObject({ created: 2, failed: 0, rows: 2 })
})
