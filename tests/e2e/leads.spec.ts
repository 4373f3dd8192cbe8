import { SALES } from './support/company.ts'
import { expect, test } from './support/test.ts'

type Named = { id: string; name: string }

test('a lead is entered, given by a rule, answered by who got it, turned into a customer with what was said, and taken back', async ({
  signedIn: { page, api },
  desk,
}) => {
  const sources = await api.call<Named[]>('leadSettings.words', { list: 'source' })
  const people = await api.call<Named[]>('people.colleagues', {})
  await api.call('leadSettings.createRule', {
    name: '官网轮流',
    enabled: true,
    sources: [sources.find(({ name }) => name === '官网')?.id],
    places: [],
    method: 'roundRobin',
    members: [{ employeeId: people.find(({ name }) => name === SALES.name)?.id, regions: [] }],
    hours: null,
    poolId: null,
  })

  await page.getByRole('menuitem', { name: '线索' }).click()
  await page.getByRole('button', { name: '新建线索' }).first().click()
  const entering = page.getByRole('dialog', { name: '新建线索' })
  await entering.getByLabel('线索名称').fill('顾先生')
  await entering.getByLabel('公司').fill('丽水云和木业')
  await entering.getByLabel('联系人').fill('顾云')
  await entering.getByLabel('电话').fill('13757860011')
  await entering.getByLabel('来源').click()
  await page.getByTitle('官网', { exact: true }).click()
  await entering.getByRole('button', { name: '保存', exact: true }).click()
  await expect(page.locator('.toast')).toContainText(`分给${SALES.name}`)
  await expect(entering).toBeHidden()
  await expect(page.locator('tr[data-row-key]').filter({ hasText: '顾先生' })).toContainText(SALES.name)

  const { page: hers } = await desk(SALES)
  await hers.getByRole('menuitem', { name: '线索' }).click()
  await hers.locator('tr[data-row-key]').getByText('顾先生', { exact: true }).click()
  await hers.getByRole('complementary').getByText('打开线索').click()
  const state = (name: string) => hers.getByRole('radio', { name })
  await expect(state('新')).toBeChecked()
  await hers.getByPlaceholder('写跟进').fill('要一批云杉拼板的样品')
  await hers.getByRole('button', { name: '发布' }).click()
  await expect(state('已联系')).toBeChecked()
  await expect(hers.getByText('不到 1 分钟').first()).toBeVisible()

  await hers.getByRole('button', { name: '转为客户' }).click()
  const becoming = hers.getByRole('dialog', { name: '把「顾先生」转为客户' })
  await expect(becoming.getByLabel('新客户 客户名称')).toHaveValue('丽水云和木业')
  await becoming.getByRole('checkbox', { name: '建商机' }).check()
  await becoming.getByRole('button', { name: '转为客户' }).click()
  await expect(becoming).toBeHidden()
  await expect(state('已转化')).toBeChecked()
  await hers.getByRole('link', { name: '丽水云和木业' }).first().click()
  await expect(hers.getByText('要一批云杉拼板的样品')).toBeVisible()
  await expect(hers.getByRole('tab', { name: /^商机/ })).toContainText('1')

  await hers.goBack()
  await expect(state('已转化')).toBeChecked()
  await hers.keyboard.press('Control+z')
  await expect(state('已联系')).toBeChecked()
  await expect(hers.getByRole('link', { name: '丽水云和木业' })).toHaveCount(0)
})
