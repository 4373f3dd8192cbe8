import { expect, type Locator, type Page } from '@playwright/test'
import { isFresh } from '../support/fresh.ts'

/** 客户: the list as one sees and handles it. */
export class CustomerList {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }
  open = async () => {
    if (!isFresh(this.page, '/customers')) await this.page.goto('/customers')
    await expect(this.rows().first()).toBeVisible()
  }
  rows = (): Locator => this.page.locator('tr[data-row-key]')
  row = (name: string): Locator => this.rows().filter({ hasText: name })
  cell = (name: string, column: string): Locator => this.row(name).locator(`[data-col="${column}"]`)
  names = async (): Promise<string[]> => this.page.locator('tr[data-row-key] .name-link').allTextContents()
  /** The words reach the address when the typing stops; what is chosen or edited before that belongs to the old rows. */
  async search(words: string): Promise<void> {
    await this.page.getByLabel('搜名称、拼音、电话').fill(words)
    await expect(this.page).toHaveURL((url) => [...url.searchParams.values()].join(' ').includes(words))
  }
  panel = (): Locator => this.page.getByRole('complementary')
  footer = (): Locator => this.page.locator('.grid-foot')
  toast = (words: string | RegExp): Locator => this.page.locator('.toast').filter({ hasText: words })
  bulk = (): Locator => this.page.getByRole('toolbar')
  /** Rows in grey are going to move, or to go. */
  settled = () => expect(this.page.locator('.grid-scroll.stale')).toHaveCount(0)
  async tick(name: string, options: { shift?: boolean } = {}): Promise<void> {
    await this.settled()
    await this.cell(name, '__check').click(options.shift ? { modifiers: ['Shift'] } : {})
  }

  /** The number of rows as the foot of the list says it. */
  async total(): Promise<number> {
    const words = (await this.footer().textContent()) ?? ''
    return Number(words.replaceAll(',', '').match(/\d+/)?.[0] ?? Number.NaN)
  }

  /** Edits a cell as in a spreadsheet: double click, type, Enter. */
  async type(name: string, column: string, words: string): Promise<void> {
    await this.settled()
    await this.cell(name, column).dblclick()
    const editor = this.cell(name, column).locator('input')
    await editor.fill(words)
    await editor.press('Enter')
  }

  async openRecord(name: string): Promise<CustomerRecord> {
    await this.settled()
    await this.row(name).locator('.name-link').click()
    await this.panel().getByRole('button', { name: '整页打开' }).click()
    const record = new CustomerRecord(this.page)
    await expect(record.title()).toHaveText(name)
    return record
  }
}

/** One customer in full. */
export class CustomerRecord {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }
  title = (): Locator => this.page.locator('.record-title')
  tab = (name: string): Locator => this.page.getByRole('tab', { name })
  events = (): Locator => this.page.getByRole('article')
  event = (words: string | RegExp): Locator => this.events().filter({ hasText: words })
  field = (label: string): Locator =>
    this.page.locator('.inline-value').filter({ has: this.page.getByRole('button', { name: `${label} 修改` }) })

  async edit(label: string, words: string): Promise<void> {
    await this.field(label).click({ position: { x: 6, y: 8 } })
    const editor = this.page.getByRole('textbox', { name: label, exact: true })
    await editor.fill(words)
    await editor.press('Enter')
  }
  async say(words: string): Promise<void> {
    const box = this.page.getByPlaceholder('写跟进')
    await box.fill(words)
    await box.press('Control+Enter')
    await expect(this.event(words)).toBeVisible()
  }
  async remove(): Promise<void> {
    await this.page.getByRole('button', { name: '更多' }).click()
    await this.page.getByRole('menuitem', { name: '删除' }).click()
    await this.page.getByRole('button', { name: '删除 1 个' }).click()
  }
}
