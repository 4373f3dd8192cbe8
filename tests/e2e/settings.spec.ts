import { expect, test } from './support/test.ts'

const SAVE = { name: '保存', exact: true }

test('a role: a reach is changed, told as not the default, saved and taken back', async ({ signedIn: { page, api } }) => {
  const reach = async () => {
    const roles =
      await api.call<{ builtin: string | null; permissions: { permission: string; scope: string }[] }[]>('people.roles')
    return roles.find(({ builtin }) => builtin === 'sales')?.permissions.find((one) => one.permission === 'customers.read')?.scope
  }
  await page.goto('/settings/roles')
  await page.locator('.roles-item').filter({ hasText: '看和管自己的客户' }).click()
  await page.getByRole('button', { name: '看客户 本人' }).click()
  await page.getByRole('menuitem', { name: '本部门' }).click()
  await expect(page.getByText('改了 1 处，还没保存')).toBeVisible()
  await expect(page.locator('.scope-cell.over')).toContainText('本部门')
  await page.locator('nav.nav').getByText('客户', { exact: true }).click()
  await expect(page.getByText('1 个角色的改动还没保存，离开吗？')).toBeVisible()
  await page.getByRole('dialog').getByRole('button', { name: '取消' }).click()
  await page.getByRole('button', SAVE).click()
  await expect(page.getByText('已保存「销售」的 1 处改动')).toBeVisible()
  expect(await reach()).toBe('department')
  await page.keyboard.press('Control+z')
  await expect(page.getByText(/已撤回 \d+ 条/)).toBeVisible()
  await expect.poll(reach).toBe('own')
})

test('a department is made, a colleague hired into it with an account, and the department stays while he is there', async ({
  signedIn: { page },
  desk,
  watch,
}) => {
  watch.expect(/status of 422 .*removeDepartment/, 'the refusal to remove a department with somebody in it')
  await page.goto('/settings/people')
  await page.getByRole('button', { name: '新建部门' }).click()
  await page.getByLabel('部门名称').fill('渠道部')
  await page.getByRole('dialog').getByRole('button', { name: '新建部门' }).click()
  await expect(page.getByText('已新建部门「渠道部」')).toBeVisible()
  await page.getByRole('tree').getByText('渠道部').click()
  await page.getByRole('button', { name: '新建同事' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByLabel('姓名').fill('马晓东')
  await drawer.getByLabel('手机').fill('138 0512 7788')
  await drawer.getByRole('button', { name: '新建同事' }).click()
  await expect(page.getByText('已新建同事 马晓东')).toBeVisible()
  await drawer.getByRole('tab', { name: '账号' }).click()
  await drawer.getByLabel('账号', { exact: true }).last().fill('maxd')
  await drawer.getByLabel('角色').click()
  await page
    .locator('.ant-select-item')
    .filter({ hasText: /^销售$/ })
    .click()
  // Escape pressed while the list goes would close the drawer.
  await page.keyboard.press('Tab')
  const given = await drawer.locator('.people-password').inputValue()
  await drawer.getByRole('button', { name: '开账号' }).click()
  await expect(page.getByText('已给 马晓东 开账号 maxd')).toBeVisible()
  await page.goto('/settings/people')
  const node = page.locator('.people-node').filter({ hasText: '渠道部' })
  await node.hover()
  await node.getByRole('button', { name: '更多' }).click()
  await page.getByRole('menuitem', { name: '删除部门' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '删除部门' }).click()
  await expect(page.getByText('部门里还有人员或下级部门')).toBeVisible()
  await expect(node).toBeVisible()
  const { page: his } = await desk({ login: 'maxd', password: given })
  await expect(his.getByRole('dialog')).toContainText('请先换成自己的')
})

test('the calendar takes the public holidays, one day differs, and both come back', async ({ signedIn: { page, api } }) => {
  const days = async () => (await api.call<{ days: unknown[] }>('calendar.get')).days.length
  await page.goto('/settings/calendar')
  await page.getByRole('button', { name: /录入 \d{4} 年官方安排/ }).click()
  await expect(page.getByText(/已录入 \d+ 天/)).toBeVisible()
  const official = await days()
  expect(official).toBeGreaterThan(20)
  const usual = page.locator('.calendar-cell:not(.free):not(.other)').first()
  await usual.click()
  await page.locator('.calendar-day').getByText('放假').click()
  await expect(page.getByText(/改为放假/)).toBeVisible()
  expect(await days()).toBe(official + 1)
  await page.keyboard.press('Control+z')
  await expect.poll(days).toBe(official)
})

test('a backup is made and found sound; history tells it, and what is taken back', async ({ signedIn: { page, api } }) => {
  await page.goto('/settings/backups')
  await page
    .getByRole('button', { name: /立即备份/ })
    .first()
    .click()
  await expect(page.locator('tr').filter({ hasText: '手动' })).toContainText('检查通过')
  await page.goto('/settings/history')
  await expect(page.getByText('开始备份').first()).toBeVisible()
  // What is taken back there is seen there.
  const { id } = await api.call<{ id: string }>('customers.create', { name: '看得见的撤销' })
  const line = page.locator('tr').filter({ hasText: '看得见的撤销' })
  await line.getByRole('button', { name: '撤销' }).click()
  await expect(page.locator('tr').filter({ hasText: '新建客户' }).getByText('已撤销')).toBeVisible()
  expect((await api.ask('customers.get', { id })).status).toBe(404)
})

test('the language of duplicate search is changed, explained and taken back', async ({ signedIn: { page, api } }) => {
  const language = async () => (await api.call<{ matching: string }>('setup.matching')).matching
  // One knows what one wants to set, not on which page: 名称的语言, by initials.
  await page.goto('/settings/appearance')
  const search = page.getByLabel('搜设置')
  await search.fill('mcdyy')
  await expect(page.getByRole('navigation', { name: '设置' }).getByRole('button')).toContainText(['查重规则名称的语言'])
  await search.press('Enter')
  await expect(page.getByText('同音字')).toBeVisible()
  await page.locator('.set-choice').getByText('英文', { exact: true }).click()
  await expect(page.getByText('查重的语言改为英文')).toBeVisible()
  expect(await language()).toBe('en')
  await expect(page.getByText('名称按英文的拼写和单词比较')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect.poll(language).toBe('zh')
  await page.getByRole('link', { name: '在全部客户里查找重复' }).click()
  await expect(page).toHaveURL(/\/duplicates/)
})
