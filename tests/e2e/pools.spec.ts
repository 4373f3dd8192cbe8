// The pool: put in with a reason, claimed by one click and taken back, on a laptop and on a phone; a rule seen before it is saved, and run.
import type { Page } from '@playwright/test'
import { HERS, SALES } from './support/company.ts'
import { expect, test } from './support/test.ts'

type Id = { id: string }
/** One picture as the page stands: a drawer does not outlive another width. */
const shoot = (page: Page) => async (name: string) => {
  const folder = process.env['SHOTS']
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` })
}
const POOL = { note: null, hidden: ['customer.phone'], dailyClaims: 2, dailyViews: null, coolingDays: 0, name: '华东公海' }

test('a customer is released with a reason, and a member claims him by one click and takes it back', async ({
  signedIn: { page, api },
  desk,
}) => {
  const shot = shoot(page)
  await page.goto('/settings/pools')
  await expect(page.getByText('还没有公海')).toBeVisible()
  await shot('settings-empty')
  await page.getByRole('button', { name: '新建公海' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByLabel('名称').fill('华东公海')
  await drawer.getByLabel('成员（同事）').click()
  await page.locator('.ant-select-item').filter({ hasText: SALES.name }).click()
  await page.keyboard.press('Escape')
  await drawer.getByLabel('每人每天最多领取').fill('2')
  await shot('pool-drawer')
  await drawer.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('已保存「华东公海」')).toBeVisible()

  const hers = await desk(SALES)
  await hers.page.goto('/customers')
  const row = hers.page.getByRole('row').filter({ hasText: HERS })
  await row.locator('[data-col=__check]').click()
  await hers.page.getByRole('button', { name: '放入公海' }).click()
  await hers.page.getByLabel('原因').fill('联系不上')
  await hers.page.getByRole('button', { name: '放入 1 个' }).click()
  await expect(hers.page.getByText('已放入公海 1 个客户')).toBeVisible()
  await expect(row).toHaveCount(0)

  await hers.page.goto('/pools')
  const hersShot = shoot(hers.page)
  await expect(hers.page.getByText('今天已领取 0/2')).toBeVisible()
  await hers.page.getByRole('row').filter({ hasText: HERS }).click()
  await expect(hers.page.getByText('联系不上').or(hers.page.locator('.pool-part').first())).toBeVisible()
  await hersShot('pool-panel')
  await hers.page.locator('.side-panel').getByRole('button', { name: '领取' }).click()
  await expect(hers.page.getByText('已领取 1 个客户')).toBeVisible()
  await expect(hers.page.getByText('今天已领取 1/2')).toBeVisible()
  await expect(hers.page.getByRole('row').filter({ hasText: HERS })).toHaveCount(0)
  await hers.page.keyboard.press('Control+z')
  await expect(hers.page.getByRole('row').filter({ hasText: HERS })).toBeVisible()
  // He has been seen: taken back, the claim still counts for its day.
  await expect(hers.page.getByText('今天已领取 1/2')).toBeVisible()
  const pools = await api.call<{ customers: number }[]>('pools.mine')
  expect(pools).toMatchObject([{ customers: 1 }])
})

test('on a phone the pool is in the bar below, and a customer is claimed there', async ({ signedIn: { api }, desk }) => {
  const me = (await api.call<{ id: string; name: string }[]>('people.colleagues')).find(({ name }) => name === SALES.name)
  const pool = await api.call<Id>('pools.create', {
    ...POOL,
    members: [{ employeeId: me?.id, departmentId: null, manages: false }],
  })
  const { rows } = await api.call<{ rows: Id[] }>('customers.list', { search: HERS })
  await api.call('pools.release', { selection: { ids: rows.map(({ id }) => id) }, poolId: pool.id, reason: null })
  const phone = await desk(SALES, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  await phone.page.locator('nav.tabs').getByText('公海').click()
  await phone.page.getByText(HERS).click()
  const sheet = phone.page.getByRole('dialog')
  await expect(sheet.getByRole('button', { name: '领取' })).toBeVisible()
  await shoot(phone.page)('phone-claim')
  await sheet.getByRole('button', { name: '领取' }).click()
  await expect(phone.page.getByText('已领取 1 个客户')).toBeVisible()
  await expect(phone.page.getByText('这个公海里没有客户')).toBeVisible()
})

test('a recycle rule says whom it would take, asks for their number, is run by hand and taken back', async ({
  signedIn: { page, api },
}) => {
  await api.call('pools.create', { ...POOL, members: [] })
  const shot = shoot(page)
  await page.goto('/settings/pools')
  await page.getByRole('button', { name: '新建规则' }).click()
  const drawer = page.getByRole('dialog').first()
  await drawer.getByLabel('规则名称').fill('没有跟进')
  await drawer.getByLabel('天数', { exact: true }).fill('1')
  await expect(drawer.getByText('负责人连续 1 个自然日没有跟进的客户')).toBeVisible()
  const many = drawer.locator('.rule-warning')
  await expect(many).toBeVisible()
  await shot('rule-drawer')
  await drawer.getByRole('button', { name: '保存规则' }).click()
  const question = page.getByRole('dialog').filter({ hasText: '启用后会一次放走' })
  const [n = ''] = /\d+/.exec((await question.textContent()) ?? '') ?? []
  await expect(question.getByRole('button', { name: `确认放走 ${n} 个` })).toBeDisabled()
  await question.getByRole('textbox').fill(n)
  await question.getByRole('button', { name: `确认放走 ${n} 个` }).click()
  await expect(page.getByText(/规则已保存，最早 .* 凌晨执行/)).toBeVisible()
  await page.getByRole('button', { name: '试运行' }).click()
  await expect(page.getByRole('status').filter({ hasText: `已到期 ${n} 个` })).toBeVisible()
  await shot('rules')
  await page.getByRole('button', { name: '立即执行' }).click()
  const again = page.getByRole('dialog').filter({ hasText: '现在按' })
  await again.getByRole('textbox').fill(n)
  await again.getByRole('button', { name: `回收 ${n} 个` }).click()
  await expect(page.getByText(`已回收 ${n} 个客户`)).toBeVisible()
  await expect(page.getByText(`回收 ${n} 个`, { exact: true })).toBeVisible()
  await page.goto('/pools')
  await expect(page.getByRole('tab', { name: new RegExp(`全部.*${n}`) })).toBeVisible()
  await shot('pool-list')
  await page.goto('/settings/pools')
  await page.getByRole('button', { name: '撤销', exact: true }).click()
  await expect(page.getByText('已撤销', { exact: true })).toBeVisible()
  expect(await api.call('pools.mine')).toMatchObject([{ customers: 0 }])
})
