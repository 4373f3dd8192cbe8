import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { HERS } from './support/company.ts'
import { root } from './support/host.ts'
import { expect, test } from './support/test.ts'

const folder = join(root, '.cache/screenshots')
mkdirSync(folder, { recursive: true })

const SIZES = { desk: { width: 1366, height: 768 }, phone: { width: 390, height: 844 } } as const

/** Taken when the page stands still; looked at by people, compared with nothing. */
async function shoot(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  await expect(page.locator('.bone')).toHaveCount(0)
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
}

for (const [size, viewport] of Object.entries(SIZES)) {
  test.describe(size, () => {
    test.use({ viewport })

    test('pictures of login and first run', async ({ page, host, desk }) => {
      await page.goto(host.url)
      await expect(page.getByRole('heading', { name: '登录' })).toBeVisible()
      await shoot(page, `login-${size}`)
      const { page: signed } = await desk(undefined, { viewport })
      await expect(signed.getByRole('tab', { name: /全部客户/ })).toBeVisible()
      await signed.getByText(HERS).first().waitFor()
      await shoot(signed, `customers-${size}`)
    })
  })
}
