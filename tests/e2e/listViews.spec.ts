// Views, conditions, sorts and sums of the other lists: contacts, and a pool that keeps fields back.
import type { Page } from '@playwright/test'
import { HERS, HIS, SALES } from './support/company.ts'
import { expect, test } from './support/test.ts'

type Id = { id: string }
const shoot = (page: Page) => async (name: string) => {
  const folder = process.env['SHOTS']
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` })
}
const builder = (page: Page) => page.getByRole('region', { name: '筛选' })
const tab = (page: Page, name: string | RegExp) => page.getByRole('tab', { name })
const rows = (page: Page) => page.locator('tr[data-row-key]')
async function choose(page: Page, label: string, words: string): Promise<void> {
  await builder(page).getByRole('combobox', { name: label }).first().click()
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').getByText(words, { exact: true }).first().click()
}

test('contacts have views: conditions, order and a sum are kept as one, open again by their address, and are reverted', async ({
  signedIn: { page, api },
}) => {
  const shot = shoot(page)
  const found = await api.call<{ rows: Id[] }>('customers.list', { search: HERS, limit: 1 })
  for (const [name, title] of [
    ['仇大海', '总经理'],
    ['仇小海', '验船师'],
  ])
    await api.call('contacts.create', { customerId: found.rows[0]?.id, name, title })
  await page.goto('/contacts')
  await expect(tab(page, /全部联系人/)).toHaveAttribute('aria-selected', 'true')
  await page.getByRole('button', { name: /^筛选/ }).click()
  await builder(page).getByRole('button', { name: '条件', exact: true }).click()
  await choose(page, '字段', '职务')
  await builder(page).getByRole('textbox', { name: '值' }).fill('验船师')
  await expect(builder(page).getByText(/符合 1 个/)).toBeVisible()
  await shot('contacts-filter')
  await builder(page).getByRole('button', { name: '完成' }).click()
  await expect(rows(page)).toHaveCount(1)
  await expect(page).toHaveURL(/filter=/)
  await page.getByRole('columnheader', { name: '职务' }).getByRole('button').click()
  await page.locator('.grid-foot, footer').getByRole('button', { name: '汇总' }).first().click()
  await page.getByRole('menuitem', { name: '职务' }).click()
  await expect(page.getByRole('button', { name: '职务 已填 1' })).toBeVisible()
  await page.getByRole('button', { name: '另存为' }).click()
  await page.getByRole('textbox', { name: '视图名称' }).fill('验船的')
  await page.getByRole('button', { name: '新建视图', exact: true }).last().click()
  await expect(tab(page, /验船的/)).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByText('视图已修改')).toBeHidden()
  await shot('contacts-view')
  await page.reload()
  await expect(rows(page)).toHaveCount(1)
  await expect(page.getByRole('button', { name: '职务 已填 1' })).toBeVisible()
  await page.getByLabel('搜姓名、拼音、电话').fill('没有这个人')
  await expect(page.getByText(/没有符合条件/)).toBeVisible()
  await page.getByRole('button', { name: '清除筛选' }).click()
  await expect(rows(page)).toHaveCount(1)
  await tab(page, /我的客户的/).click()
  await expect(page).toHaveURL(/view=mine/)
  await expect(rows(page).filter({ hasText: '仇大海' })).toHaveCount(0)
})

test('a pool has views, quick filters and conditions, but none on what it hides; a link to such a filter is refused in words', async ({
  signedIn: { api },
  desk,
}) => {
  const me = (await api.call<{ id: string; name: string }[]>('people.colleagues')).find(({ name }) => name === SALES.name)
  const values = { note: null, dailyClaims: 2, dailyViews: null, coolingDays: 0 }
  const members = [{ employeeId: me?.id, departmentId: null, manages: false }]
  const pool = await api.call<Id>('pools.create', { ...values, name: '华东公海', hidden: ['customer.phone'], members })
  await api.call('pools.create', { ...values, name: '二手公海', hidden: [], members })
  const ids: string[] = []
  for (const search of [HERS, HIS]) {
    const { rows: found } = await api.call<{ rows: Id[] }>('customers.list', { search })
    ids.push(...found.map(({ id }) => id))
  }
  await api.call('pools.release', { selection: { ids }, poolId: pool.id, reason: null })
  const { page } = await desk(SALES)
  const shot = shoot(page)
  await page.goto('/pools')
  await expect(rows(page)).toHaveCount(2)
  await page.locator('.fbtn', { hasText: '级别' }).click()
  await page.getByRole('button', { name: /^A 级/ }).click()
  await page.keyboard.press('Escape')
  await expect(rows(page)).toHaveCount(1)
  await expect(page.getByText('视图已修改')).toBeVisible()
  await shot('pool-filtered')
  await page.getByRole('button', { name: '另存为' }).click()
  await page.getByRole('textbox', { name: '视图名称' }).fill('A 级的')
  await page.getByRole('button', { name: '新建视图', exact: true }).last().click()
  await expect(tab(page, /A 级的/)).toHaveAttribute('aria-selected', 'true')
  await page.getByRole('button', { name: /^筛选/ }).click()
  await builder(page).getByRole('combobox', { name: '字段' }).first().click()
  await page.keyboard.type('电话')
  // 备用电话 is not hidden.
  await expect(page.locator('.ant-select-dropdown:visible .ant-select-item-option')).toHaveText(['备用电话'])
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  const filter = { combinator: 'and', rules: [{ field: 'phone', operator: 'notNull' }] }
  await page.goto(`/pools?pool=${pool.id}&filter=${encodeURIComponent(JSON.stringify(filter))}`)
  await expect(page.getByText('按「电话」筛选，您看不到这个字段')).toBeVisible()
  await expect(rows(page)).toHaveCount(0)
  await shot('pool-refused')
  await page.getByRole('button', { name: '去掉这 1 个条件' }).click()
  await expect(rows(page)).toHaveCount(2)
  await rows(page).first().locator('[data-col=__check]').click()
  await page.locator('.grid-foot, footer').getByRole('button', { name: '汇总' }).first().click()
  await page.getByRole('menuitem', { name: '级别' }).click()
  await expect(page.getByRole('button', { name: '级别 已填 1' })).toBeVisible()
  await shot('pool-sum')
  await page.getByRole('button', { name: /换一个公海/ }).click()
  await page.getByRole('menuitem', { name: /二手公海/ }).click()
  await expect(page.getByText('这个公海里没有客户')).toBeVisible()
  await expect(page).toHaveURL(/pool=/)
})

test('customers are shown on the days of their next follow-up, drawn to another day, taken back and opened beside them', async ({
  signedIn: { page, api },
}) => {
  const { rows: found } = await api.call<{ rows: (Id & { version: number })[] }>('customers.list', { search: HIS, limit: 1 })
  const [his] = found
  if (!his) throw new Error('he is not there')
  await api.call('customers.edit', { id: his.id, version: his.version, values: { nextFollowUpAt: new Date().toISOString() } })
  await page.goto(`/customers?q=${encodeURIComponent(HIS)}`)
  await page.getByRole('button', { name: '日历' }).click()
  const today = page.locator('.days-day.today')
  const other = page.locator('.days-day.today + .days-day, .days-day:has(+ .days-day.today)').first()
  const card = (day: typeof today) => day.getByRole('button', { name: new RegExp(HIS) })
  const [from, to] = [await card(today).boundingBox(), await other.boundingBox()]
  if (!from || !to) throw new Error('the days are not shown')
  await page.mouse.move(from.x + 40, from.y + 8)
  await page.mouse.down()
  await page.mouse.move(to.x + 60, to.y + 50, { steps: 6 })
  await expect(page.locator('.day-carried')).toBeVisible()
  await page.mouse.up()
  await expect(card(other)).toBeVisible()
  await expect(page.getByText('的下次跟进改到')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(card(today)).toBeVisible()
  await card(today).click()
  await expect(page.getByRole('complementary')).toContainText(HIS)
  expect(page.url()).toContain('kind=calendar')
})
