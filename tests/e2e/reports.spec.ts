import type { Page } from '@playwright/test'
import type { Caller } from './support/caller.ts'
import { expect, test } from './support/test.ts'

type Pipeline = { id: string; stages: { id: string; name: string; kind: string }[] }
type Made = { id: string; version: number }

/** Three of this month: one won, one lost for a reason, one that went on to the second stage. */
async function three(api: Caller): Promise<void> {
  const [pipeline] = await api.call<Pipeline[]>('pipelines.list', {})
  const [reason] = await api.call<{ id: string }[]>('pipelines.reasons', {})
  const stage = (name: string) => pipeline?.stages.find((one) => one.name === name)?.id
  for (const [name, amount, to] of [
    ['北区年框', 120_000_00, '赢单'],
    ['南区扩容', 80_000_00, '输单'],
    ['东区二期', 50_000_00, '需求确认'],
  ] as const) {
    const { id, version } = await api.call<Made>('opportunities.create', { name, amount })
    const lost = to === '输单' ? { lost: { reasonId: reason?.id } } : {}
    await api.call('opportunities.move', { id, version, stageId: stage(to), ...lost })
  }
}

const toast = (page: Page) => page.locator('.toast').filter({ hasText: '已设定' })

// Nothing but what is made here may be counted.
test.use({ begins: 'bare' })

test('a funnel counts, each number opens its rows, a target is typed and taken back, the ranking tells who reached it, and a source pays or does not', async ({
  signedIn: { page, api },
}) => {
  await three(api)
  // A workbench without a customer says how one gets some.
  await api.call('customers.create', { name: '北区客户' })
  const me = await api.call<{ name: string }>('session.me', {})
  await page.goto('/')
  await page.getByRole('menuitem', { name: '报表' }).click()
  const figures = page.getByRole('region', { name: '漏斗分析' })
  await expect(figures.getByRole('button', { name: '新建商机' })).toHaveText('新建商机 3')
  await expect(figures).toContainText('50.0%')
  await page.getByRole('button', { name: '需求确认 2' }).first().click()
  const rows = page.getByRole('dialog', { name: '需求确认' })
  await expect(rows).toContainText('2 个 · 170,000 元')
  await expect(rows.getByRole('link')).toHaveText(['北区年框', '东区二期'])
  await rows.getByRole('button', { name: '关闭' }).click()
  await expect(rows).toBeHidden()

  await page.getByRole('tab', { name: '业绩目标' }).click()
  const month = new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit' }).format(Date.now())
  const cell = page.getByRole('textbox', { name: `${me.name} ${month}` })
  await cell.fill('150000')
  await cell.press('Enter')
  await expect(toast(page)).toContainText('已设定 1 个目标')
  await expect(cell).toHaveValue('150,000')
  await page.getByRole('tab', { name: '业绩排行' }).click()
  const line = page.getByRole('listitem').filter({ hasText: me.name })
  await expect(line).toContainText('12.00 / 15.00')
  await expect(line).toContainText('80.0%')
  // The same on the workbench, and what it is made of.
  await page.getByRole('menuitem', { name: '工作台' }).click()
  const aims = page.getByRole('region', { name: '目标完成' })
  await expect(aims).toContainText('80.0%')
  await aims.getByRole('button', { name: '12.00' }).click()
  const reached = page.getByRole('dialog', { name: '赢单金额' })
  await expect(reached.getByRole('link')).toHaveText(['北区年框'])
  await reached.getByRole('button', { name: '关闭' }).click()
  await expect(reached).toBeHidden()
  await page.getByRole('menuitem', { name: '报表' }).click()
  await page.getByRole('tab', { name: '销售预测' }).click()
  await expect(page.getByRole('row', { name: new RegExp(`^${month}`) })).toContainText('80.0%')
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('columnheader', { name: '目标' })).toBeHidden()

  // What a source cost against what was won of it.
  await page.getByRole('tab', { name: '投入产出' }).click()
  await page.getByRole('button', { name: '登记投入' }).click()
  const costs = page.getByRole('dialog', { name: '来源投入' })
  await costs.getByLabel('来源', { exact: true }).fill('展会')
  await costs.getByLabel('金额（元）').fill('60000')
  await costs.getByLabel('备注').press('Control+Enter')
  await expect(costs.getByRole('listitem')).toContainText('60,000.00')
  await costs.getByRole('button', { name: '关闭' }).click()
  const sources = page.getByRole('region', { name: '投入产出' })
  await expect(sources.getByRole('row', { name: /^展会/ })).toContainText('−100.0%')
  await expect(sources.getByRole('row', { name: /^合计/ })).toContainText('100.0%')
  await sources.getByRole('button', { name: '展会 投入' }).click()
  await expect(page.getByRole('dialog', { name: '展会 · 投入' })).toContainText('1 条，共 60,000.00')
})
