import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'

/** A folder for pictures, looked at by people; without it none are taken. */
const shots = process.env['SHOTS']

export type Shoot = (name: string) => Promise<void>

/** Takes what the page shows on a phone and on a laptop, numbered in the order of the walk. */
export function camera(page: Page): Shoot {
  let n = 0
  return async (name) => {
    if (!shots) return
    mkdirSync(shots, { recursive: true })
    for (const [width, height] of [
      [390, 844],
      [1366, 768],
    ] as const) {
      await page.setViewportSize({ width, height })
      await page.waitForTimeout(300)
      await page.screenshot({ path: join(shots, `${n}-${name}-${width}.png`) })
    }
    n++
  }
}
