import type { Page } from '@playwright/test'
import { HERS } from './support/company.ts'
import { expect, test } from './support/test.ts'

type Stage = { id: string; name: string; probability: number; rotDays: number | null; required: string[]; archived: boolean }
type Pipeline = { id: string; name: string; version: number; stages: Stage[] }

const step = (page: Page, name: string) => page.getByRole('radio', { name })

test('an opportunity is made under its customer, moved with what the stage asks, lost with a reason, taken back and found in the list', async ({
  signedIn: { page, api },
}) => {
  const [pipeline] = await api.call<Pipeline[]>('pipelines.list', {})
  if (!pipeline) throw new Error('no pipeline')
  const stages = pipeline.stages
    .filter(({ archived }) => !archived)
    .map(({ id, name, probability, rotDays }) => ({
      id,
      name,
      probability,
      rotDays,
      required: name === '方案报价' ? ['expectedOn'] : [],
    }))
  await api.call('pipelines.edit', { id: pipeline.id, version: pipeline.version, values: { name: pipeline.name, stages } })
  const { rows } = await api.call<{ rows: { id: string }[] }>('customers.list', { search: HERS, limit: 1 })

  await page.goto(`/customers/${rows[0]?.id}`)
  await page.getByRole('tab', { name: /^商机/ }).click()
  await page.getByRole('button', { name: '新建商机' }).click()
  const drawer = page.getByRole('dialog', { name: '新建商机' })
  await drawer.getByLabel('商机名称').fill('二期扩容')
  await drawer.getByLabel('金额').fill('120000')
  await drawer.getByRole('button', { name: '保存', exact: true }).click()
  await expect(drawer).toBeHidden()
  const line = page.getByRole('link', { name: /二期扩容/ })
  await expect(line).toContainText('初步接洽')
  await expect(line).toContainText('120,000')

  await line.click()
  await expect(step(page, '初步接洽')).toBeChecked()
  await page.getByPlaceholder('写跟进').fill('下周送样')
  await page.getByPlaceholder('写跟进').press('Control+Enter')
  await expect(page.getByRole('tab', { name: '跟进 1' })).toBeVisible()
  await page.getByRole('main').getByRole('link', { name: HERS }).first().click()
  const told = page.getByText('下周送样')
  await expect(told).toBeVisible()
  await page.getByRole('link', { name: '二期扩容', exact: true }).click()
  await expect(page.getByRole('tab', { name: '跟进 1' })).toBeVisible()
  await page.getByRole('tab', { name: '评估' }).click()
  await page.getByRole('radiogroup', { name: '需求匹配' }).getByText('完全匹配').click()
  await page.getByRole('radiogroup', { name: '客户关系' }).getByText('刚刚认识').click()
  // (20·100 + 15·10) / 35 = 61.4
  await expect(page.getByText('最强：需求匹配，最弱：客户关系')).toBeVisible()
  await expect(page.locator('.figures')).toContainText('评分61')
  await step(page, '方案报价').click()
  const asking = page.getByRole('dialog', { name: '移到「方案报价」' })
  await asking.getByRole('button', { name: '移到「方案报价」' }).click()
  await expect(asking).toContainText('要先填好')
  await asking.getByLabel('预计成交').fill('2027-03-31')
  await asking.getByLabel('预计成交').press('Tab')
  await asking.getByRole('button', { name: '移到「方案报价」' }).click()
  await expect(asking).toBeHidden()
  await expect(step(page, '方案报价')).toBeChecked()

  await step(page, '输单').click()
  const losing = page.getByRole('dialog', { name: '这个商机输掉了？' })
  await losing.getByLabel('输单原因').click()
  await page.getByTitle('竞争对手', { exact: true }).click()
  await losing.getByRole('button', { name: '标为输单' }).click()
  await expect(losing).toBeHidden()
  await expect(step(page, '输单')).toBeChecked()
  await expect(page.getByText('竞争对手').first()).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(step(page, '方案报价')).toBeChecked()

  await page.getByRole('menuitem', { name: '商机' }).click()
  const row = page.locator('tr[data-row-key]').filter({ hasText: '二期扩容' })
  await expect(row).toContainText('方案报价')
  await expect(row).toContainText(HERS)
  await row.locator('[data-col="amount"]').dblclick()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('90000')
  await page.keyboard.press('Enter')
  await expect(row.locator('[data-col="amount"]')).toHaveText('90,000.00')
  await row.locator('[data-col="amount"]').click()
  await expect(page.getByRole('complementary')).toContainText('45,000')
  await page.keyboard.press('Escape')
  await page.getByLabel('搜名称、拼音、编号').fill('erqi')
  await expect(page.locator('tr[data-row-key]')).toHaveCount(1)
})
