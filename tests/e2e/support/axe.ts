import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { pages } from '../../../src-renderer/app/pages.ts'
import { settingsPages } from '../../../src-renderer/app/settingsPages.ts'
import type { Caller } from './caller.ts'
import { expect } from './test.ts'

/** Every page of the program that has an address of its own; a new one is looked at by being there. */
export const ADDRESSES = [...pages, ...settingsPages].map(({ path }) => path).filter((path) => !path.includes('$'))
const SETTLED_MS = 700

/** An opportunity with a line, and where it is looked at: its own page, and the list as a board, by days and by months. */
export async function opportunityPlaces(api: Caller): Promise<string[]> {
  const { id, version } = await api.call<{ id: string; version: number }>('opportunities.create', {
    name: '看得清的商机',
    amount: 12_000_000,
    nextStep: '送样',
    nextAt: new Date().toISOString(),
    expectedOn: new Date().toISOString().slice(0, 10),
  })
  const line = { productId: null, name: '球阀', unit: '台', quantity: '2', priceFen: 550_000, discount: '5' }
  await api.call('opportunities.setLines', { id, version, lines: [line] })
  return [`/opportunities/${id}`, ...['board', 'calendar', 'forecast'].map((kind) => `/opportunities?kind=${kind}`)]
}

export type Theme = 'light' | 'dark'
export const wear = (page: Page, theme: Theme): Promise<unknown> =>
  page.addInitScript((mode) => localStorage.setItem('kezhan.mode', mode), theme)

/** What axe calls serious or critical in what the page shows now, one line for each rule. */
export async function faults(page: Page): Promise<string[]> {
  // Bones of what is still loading are not what anybody reads.
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  await page.waitForTimeout(SETTLED_MS)
  // What passes is not described node by node: on a long page that takes longer than the looking.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
    .analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`)
}

/** Faults by place; empty when nothing stands in anybody's way. */
export class Findings {
  readonly found: Record<string, string[]> = {}
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }
  async look(where: string): Promise<void> {
    const here = await faults(this.page)
    if (here.length > 0) this.found[where] = here
  }
  async lookAt(address: string): Promise<void> {
    await this.page.goto(address)
    await expect(this.page.getByRole('navigation').first()).toBeVisible()
    await this.look(address)
  }
}
