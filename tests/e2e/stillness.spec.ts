import type { Page } from '@playwright/test'
import { expect, test } from './support/test.ts'

const WAYS = [
  // A system that asks for less motion: antd would wait for the end of motions that the style sheet never lets begin.
  { reducedMotion: 'reduce', title: 'without motion dialogs and lists open and go as with it' },
  // All other specs go without motion.
  { reducedMotion: 'no-preference', title: 'dialogs and lists open and go with their motions' },
] as const

const standsStill = (page: Page) => expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBe(0)

for (const { reducedMotion, title } of WAYS)
  test(title, async ({ desk }) => {
    const { page } = await desk(undefined, { reducedMotion })
    await page.goto('/customers')
    await page.getByRole('button', { name: '新建客户' }).first().click()
    const drawer = page.getByRole('dialog', { name: '新建客户' })
    await standsStill(page)
    await drawer.getByLabel('客户名称').fill('绍兴静止纺织有限公司')
    await drawer.getByLabel('来源').click()
    const list = page.locator('.ant-select-dropdown')
    await standsStill(page)
    await list.locator('.ant-select-item-option').filter({ hasText: '微信' }).click()
    await expect(list).toBeHidden()
    await expect(drawer).toContainText('微信')

    await page.keyboard.press('Escape')
    const question = page.getByRole('dialog').filter({ hasText: '不保存，直接关闭？' })
    await expect(question).toBeVisible()
    await standsStill(page)
    await question.getByRole('button', { name: '不保存' }).click()
    await expect(question).toBeHidden()
    await expect(drawer).toBeHidden()
  })
