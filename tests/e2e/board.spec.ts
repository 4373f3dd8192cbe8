import type { Locator, Page } from '@playwright/test'
import { HERS } from './support/company.ts'
import { expect, test } from './support/test.ts'

type Stage = { id: string; name: string; probability: number; rotDays: number | null; archived: boolean }
type Pipeline = { id: string; name: string; version: number; stages: Stage[] }

const column = (page: Page, name: string) => page.getByRole('region', { name: new RegExp(`^${name}，`) })
const card = (page: Page, stage: string, name: string) =>
  column(page, stage).getByRole('button', { name: new RegExp(`^${name}`) })

/** Takes a card by the mouse and carries it over a place; what happens there is the walk's own. */
async function carry(page: Page, from: Locator, to: () => Locator): Promise<void> {
  const start = await from.boundingBox()
  if (!start) throw new Error('the card is not shown')
  await page.mouse.move(start.x + 60, start.y + 20)
  await page.mouse.down()
  await page.mouse.move(start.x + 80, start.y + 30, { steps: 3 })
  await expect(page.locator('.carried')).toBeVisible()
  const end = await to().boundingBox()
  if (!end) throw new Error('there is no such place')
  await page.mouse.move(end.x + end.width / 2, end.y + Math.min(end.height / 2, 200), { steps: 6 })
}

test('cards are drawn and carried by keys from stage to stage, asked where a stage asks, taken back, won, and shown by days and months', async ({
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
  // The invented ones aside, sums are those of the two cards.
  await api.call('opportunities.removeMany', { selection: { which: {}, except: [] } })
  const { rows } = await api.call<{ rows: { id: string }[] }>('customers.list', { search: HERS, limit: 1 })
  await api.call('opportunities.create', { name: '二期扩容', customerId: rows[0]?.id, amount: 12_000_000 })
  await api.call('opportunities.create', { name: '备件年框', amount: 3_000_000, nextAt: new Date().toISOString() })

  await page.goto('/opportunities')
  await page.getByRole('button', { name: '看板' }).click()
  await expect(column(page, '初步接洽')).toContainText('¥15.00 万')
  await carry(page, card(page, '初步接洽', '二期扩容'), () => column(page, '需求确认'))
  await page.mouse.up()
  await expect(card(page, '需求确认', '二期扩容')).toContainText(HERS)
  await expect(column(page, '需求确认')).toContainText('¥12.00 万 加权 ¥3.60 万')
  await expect(column(page, '初步接洽')).toContainText('¥3.00 万')
  await expect(page.getByText('「二期扩容」已移到需求确认')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(card(page, '初步接洽', '二期扩容')).toBeVisible()

  await carry(page, card(page, '初步接洽', '二期扩容'), () => column(page, '方案报价'))
  await page.keyboard.press('Escape')
  await expect(page.locator('.carried')).toBeHidden()
  await page.mouse.up()
  await expect(card(page, '初步接洽', '二期扩容')).toBeVisible()
  await carry(page, card(page, '初步接洽', '二期扩容'), () => column(page, '方案报价'))
  await page.mouse.up()
  const asking = page.getByRole('dialog', { name: '移到「方案报价」' })
  await asking.getByLabel('预计成交').fill('2027-03-31')
  await asking.getByLabel('预计成交').press('Tab')
  await asking.getByRole('button', { name: '移到「方案报价」' }).click()
  await expect(asking).toBeHidden()
  await expect(page.getByText('「二期扩容」已移到方案报价')).toBeVisible()

  await card(page, '方案报价', '二期扩容').focus()
  await page.keyboard.press('Alt+ArrowRight')
  await expect(card(page, '谈判审核', '二期扩容')).toBeFocused()
  await expect(page.getByText('「二期扩容」已移到谈判审核')).toBeVisible()
  await page.keyboard.press('ArrowLeft')
  await expect(card(page, '初步接洽', '备件年框')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('complementary')).toContainText('备件年框')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('complementary')).toContainText('二期扩容')
  await page.keyboard.press('Escape')

  await carry(page, card(page, '谈判审核', '二期扩容'), () => page.locator('[data-zone="won"]'))
  await page.mouse.up()
  await expect(page.getByText('「二期扩容」赢单')).toBeVisible()
  await page.getByRole('button', { name: '展开「赢单」' }).click()
  await expect(card(page, '赢单', '二期扩容')).toBeVisible()

  await page.getByRole('button', { name: '日历' }).click()
  await expect(page.getByRole('button', { name: /备件年框/ })).toBeVisible()
  await page.getByRole('button', { name: '预测' }).click()
  await expect(page.getByRole('button', { name: '已赢单 ¥12.00 万' })).toBeVisible()
  await page.getByRole('button', { name: '看板' }).click()
  await expect(card(page, '初步接洽', '备件年框')).toBeVisible()
  expect(page.url()).toContain('kind=board')
})
