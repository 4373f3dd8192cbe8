import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'

export type Sum = { created: number; updated: number; skipped: number; failed: number; rows: number }

/** The five steps of an import. */
export class ImportWizard {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }
  open = () => this.page.goto('/imports')
  button = (name: string | RegExp): Locator => this.page.getByRole('button', { name })

  /** Drops a file on the page as the mouse would. */
  async drop(path: string): Promise<void> {
    const data = await this.page.evaluateHandle(
      ({ base64, name }) => {
        const carried = new DataTransfer()
        carried.items.add(new File([Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))], name))
        return carried
      },
      { base64: readFileSync(path).toString('base64'), name: basename(path) },
    )
    await this.page.locator('.imp-drop, .ant-upload-drag').first().dispatchEvent('drop', { dataTransfer: data })
  }
  /** From the sheet as it stands to its columns. */
  async map(): Promise<void> {
    await this.button(/下一步：对应/).click()
    await expect(this.button(/下一步：清洗/)).toBeVisible()
  }
  async clean(): Promise<void> {
    // The wait for one of both: which step comes first depends on whether it is a new file.
    await expect(this.button(/下一步：(?:对应|清洗)/)).toBeVisible()
    if (await this.button(/下一步：对应/).isVisible()) await this.map()
    await this.button(/下一步：清洗/).click()
    await expect(this.button('下一步：检查')).toBeEnabled({ timeout: 40_000 })
  }
  async check(): Promise<Sum> {
    await this.button('下一步：检查').click()
    return this.sum()
  }
  async run(): Promise<Sum> {
    await this.button(/^导入 [\d,]+ 行$/).click()
    await expect(this.page.getByText('导入完成')).toBeVisible({ timeout: 60_000 })
    return this.sum()
  }
  /** 5 新建 + 1 更新 + 1 跳过 + 1 错误 = 8 行 */
  async sum(): Promise<Sum> {
    const line = this.page.locator('.imp-sum')
    await expect(line).toContainText('与文件一致')
    const figures = ((await line.textContent()) ?? '').replaceAll(',', '').match(/\d+/g)?.map(Number) ?? []
    const [created = 0, updated = 0, skipped = 0, failed = 0, rows = 0] = figures
    return { created, updated, skipped, failed, rows }
  }
}
