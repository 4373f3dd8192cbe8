import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ImportWizard } from './pages/importWizard.ts'
import { camera } from './support/camera.ts'
import { expect, test } from './support/test.ts'

test('only who is at a duplicate decides about it by Enter', async ({ signedIn: { page, api }, scratch }) => {
  // A change of the size begins the page anew: what stands in it is kept for one size.
  const shoot = async (name: string) => {
    const folder = process.env['SHOTS']
    if (!folder) return
    mkdirSync(folder, { recursive: true })
    await page.waitForTimeout(300)
    await page.screenshot({ path: join(folder, `check-${name}.png`) })
  }
  const wizard = new ImportWizard(page)
  for (const [name, phone] of [
    ['绍兴越纺印染有限公司', '13957511128'],
    ['宁波恒丰塑业有限公司', '13805126621'],
    ['嘉兴禾盛食品有限公司', '13800002222'],
  ])
    await api.call('customers.create', { name, phone })
  const path = join(scratch, 'check.csv')
  const rows = [
    '公司,联系人,手机,级别,业务员,城市,备注',
    '绍兴越纺印染,王海峰,13957511128,重点,王芳,绍兴,老客户',
    '恒丰塑业（宁波）,沈立群,13805126621,钻石,小周,宁波,',
    '禾盛食品,周慧,13800002222,A,李娜,嘉兴,每月一单',
    '镇江丹徒管业有限公司,尹超,1381577,B,,镇江,',
    '台州椒江阀门有限公司,应建军,13657607719,A,小周,台州,展会认识',
    '湖州长兴电源有限公司,,0572-6012345,C,王芳,湖州,',
  ]
  writeFileSync(path, `${rows.join('\n')}\n`)
  await wizard.open()
  await page.locator('input[type="file"]').setInputFiles(path)
  await wizard.map()
  // One name that nobody bears goes to nobody.
  await page.getByLabel('「小周」是').click()
  await page.keyboard.type('留空')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/没有叫/)).toHaveCount(0)
  await wizard.clean()
  await wizard.check()
  const panel = page.getByRole('complementary', { name: '疑似重复' })
  await expect(panel).toContainText('第 1 / 3 组')
  await shoot('check')

  const decided: string[] = []
  page.on('request', (request) => request.url().endsWith('/imports/decide') && decided.push(request.url()))
  // The focus is nowhere.
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  // A row of the grid has an Enter of its own: it edits.
  await page.getByText('台州椒江阀门有限公司').click()
  await page.getByRole('row').filter({ hasText: '台州椒江阀门有限公司' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.locator('.imp-input')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(panel).toContainText('第 1 / 3 组')
  expect(decided).toEqual([])
  await shoot('row-focus')

  // Whoever has gone into the panel decides one after the other.
  await panel.focus()
  await shoot('panel-focus')
  await page.keyboard.press('Enter')
  await expect(panel).toContainText('第 2 / 3 组')
  await page.keyboard.press('Enter')
  await expect(panel).toContainText('第 3 / 3 组')
  expect(decided).toHaveLength(2)
  await expect(panel).toBeFocused()
  for (const filter of ['错误', '警告', '疑似重复']) {
    await page.getByRole('button', { name: new RegExp(`^${filter} `) }).click()
    await shoot(`only-${filter}`)
    // What is wrong is in sight already: the row's number and outcome stay there, too.
    await expect(page.getByRole('columnheader', { name: '结果' })).toBeInViewport({ ratio: 1 })
  }
  await page.getByRole('button', { name: /^全部 / }).click()
  await page.locator('.imp-grid').evaluate((grid) => grid.scrollTo({ left: 9999 }))
  await expect(page.getByRole('columnheader', { name: '备注' })).toBeInViewport({ ratio: 1 })
  await expect(page.getByRole('columnheader', { name: '结果' })).toBeInViewport({ ratio: 1 })
  await shoot('far-right')
  await page.setViewportSize({ width: 390, height: 844 })
  await expect(page.getByText('手机上只能看')).toBeVisible()
  await shoot('phone')
})

test('an import whose failed rows were mended in part says how many are left, and leads to them', async ({
  signedIn: { page },
  scratch,
}) => {
  const shoot = camera(page)
  const wizard = new ImportWizard(page)
  const path = join(scratch, 'left.csv')
  const rows = ['公司,公司电话', '绍兴柯桥绣品有限公司,1381577', '嵊州领带有限公司,1381578', '诸暨袜业有限公司,13800010031']
  writeFileSync(path, `${rows.join('\n')}\n`)
  await wizard.open()
  await page.locator('input[type="file"]').setInputFiles(path)
  await wizard.clean()
  await wizard.check()
  expect(await wizard.run()).toMatchObject({ created: 1, failed: 2 })
  const first = page.url()
  await wizard.button('在这里改好 2 行再导入').click()
  await expect(page.getByText('1381577', { exact: true })).toBeVisible({ timeout: 40_000 })
  await page.goto(first)
  await expect(page.getByText('2 行没有导入；2 行已放进另一次导入，改好就能写入')).toBeVisible()
  await shoot('mending')
  await wizard.button('接着改这 2 行').click()
  await page.getByText('1381577', { exact: true }).dblclick()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('13815770400')
  await page.keyboard.press('Enter')
  await expect(wizard.button('导入 1 行')).toBeEnabled()
  expect(await wizard.run()).toMatchObject({ created: 1, failed: 1 })
  const second = new URL(page.url()).pathname
  await page.goto(first)
  await expect(page.getByText('2 行没有导入；之后处理了 1 行，还剩 1 行')).toBeVisible()
  await shoot('some-left')
  await wizard.button('去看还剩的 1 行').click()
  await expect(page).toHaveURL((url) => url.pathname === second)
  await expect(wizard.button('在这里改好 1 行再导入')).toBeVisible()
})

test('the rules of duplicates show what each comparison weighs', async ({ signedIn: { page } }) => {
  const shoot = camera(page)
  await page.goto('/settings/matching')
  const table = page.getByRole('table', { name: '各项给多少分' })
  await expect(table.getByRole('row').filter({ hasText: '电话' }).first()).toContainText('手机相同')
  await expect(table).toContainText('+16')
  await expect(page.getByText(/合计 \+2.5 分以上（84% 像）：确定是同一位/)).toBeVisible()
  await shoot('weights')
})
