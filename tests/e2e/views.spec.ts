import type { Page } from '@playwright/test'
import { CustomerList } from './pages/customerList.ts'
import { HERS, HIS, SALES } from './support/company.ts'
import { expect, test } from './support/test.ts'

const builder = (page: Page) => page.getByRole('region', { name: '筛选' })
const tab = (page: Page, name: string | RegExp) => page.getByRole('tab', { name })
/** Chooses in the n-th choice of this name, by the words of the option. */
async function choose(page: Page, label: string, words: string, n = 0): Promise<void> {
  await builder(page).getByRole('combobox', { name: label }).nth(n).click()
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').getByText(words, { exact: true }).first().click()
}
const openBuilder = (page: Page) => page.getByRole('button', { name: /^筛选/ }).click()

test('conditions in groups are written over the live list, saved as a view, changed, saved, reverted and deleted with a way back', async ({
  signedIn: { page },
}) => {
  const list = new CustomerList(page)
  await list.open()
  await openBuilder(page)
  await builder(page).getByRole('button', { name: '条件', exact: true }).click()
  await choose(page, '字段', '级别')
  await choose(page, '值', 'A 级')
  await page.keyboard.press('Escape')
  await expect(list.row(HERS)).toHaveCount(0)
  await expect(list.row(HIS)).toBeVisible()
  await builder(page).getByRole('button', { name: '条件组' }).click()
  await builder(page).getByRole('textbox', { name: '值' }).fill('重庆单氏')
  await expect(builder(page).getByText(/符合 1 个/)).toBeVisible()
  await builder(page).getByRole('button', { name: '完成' }).click()
  await expect(page).toHaveURL(/filter=/)
  await expect(page.getByText('视图已修改')).toBeVisible()

  await page.getByRole('button', { name: '另存为' }).click()
  await page.getByRole('textbox', { name: '视图名称' }).fill('重庆 A 级')
  await page.getByRole('radio', { name: '所有人' }).check()
  await page.getByRole('button', { name: '新建视图', exact: true }).last().click()
  await expect(tab(page, /重庆 A 级/)).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByText('视图已修改')).toBeHidden()
  await page.reload()
  await expect(list.row(HIS)).toBeVisible()
  await expect(tab(page, /重庆 A 级 .*1/)).toHaveAttribute('aria-selected', 'true')

  // An order and a column belong to the view: changed, they are offered to be saved.
  await page.getByRole('columnheader', { name: '客户名称' }).getByRole('button').click()
  await expect(page.getByText('视图已修改')).toBeVisible()
  await page.getByRole('button', { name: '还原' }).click()
  await expect(page.getByText('视图已修改')).toBeHidden()
  await page.getByRole('button', { name: '列', exact: true }).click()
  await page.getByRole('checkbox', { name: '行业' }).check()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await expect(list.toast(/已保存视图/)).toBeVisible()
  await tab(page, /全部客户/).click()
  await expect(page.getByRole('columnheader', { name: '行业' })).toBeHidden()
  await tab(page, /重庆 A 级/).click()
  await expect(page.getByRole('columnheader', { name: '行业' })).toBeVisible()

  await page.getByRole('button', { name: '更多视图' }).click()
  await page.getByRole('menuitem', { name: '删除视图' }).click()
  await page.getByRole('button', { name: '删除视图' }).click()
  await expect(tab(page, /重庆 A 级/)).toHaveCount(0)
  await list
    .toast(/已删除视图/)
    .getByRole('button', { name: /撤销/ })
    .click()
  await expect(tab(page, /重庆 A 级/)).toBeVisible()
})

test('a shared view and a link open for a colleague by her rights; what she may not ask by is refused in words', async ({
  signedIn: { page, api },
  desk,
}) => {
  const definition = {
    filter: { combinator: 'and', rules: [{ field: 'phone', operator: 'notNull' }] },
    sorts: [],
    layout: null,
    density: null,
    sums: [],
  }
  const everyone = { everyone: true, departments: [], roles: [], people: [] }
  await api.call('views.create', { entity: 'customer', name: '有电话的', definition, audience: everyone })
  await page.goto('/customers')
  await expect(tab(page, /有电话的/)).toBeVisible()
  const hers = await desk(SALES)
  await hers.page.goto('/customers')
  await tab(hers.page, /有电话的/).click()
  await expect(hers.page.locator('tr[data-row-key]').first()).toBeVisible()

  // What is on its way while rights are taken would be refused, which is right and would be reported.
  const address = hers.page.url()
  await hers.page.goto('/settings/profile')
  // The same address without the right to the field: nothing is listed, least of all everything.
  const roles =
    await api.call<{ id: string; builtin: string | null; version: number; permissions: unknown; fieldRights: unknown[] }[]>(
      'people.roles',
    )
  const role = roles.find(({ builtin }) => builtin === 'sales')
  await api.call('people.editRole', {
    id: role?.id,
    version: role?.version,
    fieldRights: [...(role?.fieldRights ?? []), { entity: 'customer', field: 'phone', right: 'hidden' }],
  })
  await hers.page.goto(address)
  await expect(hers.page.getByText('按「电话」筛选，您看不到这个字段')).toBeVisible()
  await expect(hers.page.locator('tr[data-row-key]')).toHaveCount(0)
  await hers.page.getByRole('button', { name: '去掉这 1 个条件' }).click()
  await expect(hers.page.locator('tr[data-row-key]').first()).toBeVisible()

  await hers.page.goto('/customers?view=01ARZ3NDEKTSV4RRFFQ69G5FAV')
  await expect(hers.page.getByText('这个视图打不开')).toBeVisible()
  await expect(hers.page.locator('tr[data-row-key]')).toHaveCount(0)
  await hers.page.getByRole('button', { name: '看全部' }).click()
  await expect(hers.page.locator('tr[data-row-key]').first()).toBeVisible()

  await hers.page.goto('/customers?filter=%7Bbroken')
  await expect(hers.page.getByText('链接里的筛选看不懂')).toBeVisible()
  await expect(hers.page.locator('tr[data-row-key]')).toHaveCount(0)
  await hers.page.getByRole('button', { name: '去掉这个筛选' }).click()
  await expect(hers.page.locator('tr[data-row-key]').first()).toBeVisible()
})

test('several sorts and sums of columns stand in the footer, of all and of what is chosen', async ({ signedIn: { page } }) => {
  const list = new CustomerList(page)
  await list.open()
  await page.getByRole('button', { name: /^排序/ }).click()
  const menu = page.locator('.sort-menu:visible')
  await menu.getByRole('button', { name: '加一个排序' }).click()
  await menu.getByRole('button', { name: '加一个排序' }).click()
  await expect(menu.getByRole('combobox')).toHaveCount(2)
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/sort=/)
  await list.footer().getByRole('button', { name: '汇总' }).click()
  await page.getByRole('menuitem', { name: '创建时间' }).click()
  await expect(list.footer().getByRole('button', { name: /创建时间 平均 [\d.]+ 天前/ })).toBeVisible()
  await list.tick(HIS)
  await list
    .footer()
    .getByRole('button', { name: /创建时间/ })
    .click()
  await page.getByRole('menuitem', { name: '已填' }).click()
  await expect(list.footer().getByRole('button', { name: '创建时间 已填 1' })).toBeVisible()
})
