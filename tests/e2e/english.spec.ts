import type { Page } from '@playwright/test'
import { ADMIN, COMPANY } from './support/host.ts'
import { expect, test } from './support/test.ts'

/** Words of the program only: what users typed stays as they typed it. */
async function chineseWords(page: Page, parts: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const part of parts) {
    const texts = await page.locator(part).evaluateAll((elements) =>
      elements.flatMap((element) => {
        const own = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent ?? '')
        const attributes = ['aria-label', 'title', 'placeholder'].map((name) => element.getAttribute(name) ?? '')
        return [...own, ...attributes]
      }),
    )
    found.push(...texts.filter((text) => /[\u4e00-\u9fff]/.test(text)))
  }
  return found
}

test('with English chosen no Chinese is left in frame, list and record', async ({ page, host }) => {
  await page.goto(host.url)
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  // The company's name arrives with the welcome; the words change with the click, not all in one frame.
  await expect.poll(() => chineseWords(page, ['.login *'])).toEqual(['中文'])
  await page.getByLabel('Account').fill(ADMIN.login)
  await page.locator('#password').fill(ADMIN.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: 'Workbench' })).toBeVisible()
  await expect(page.locator('[data-figure="customers"]')).toBeVisible()
  expect(
    await chineseWords(page, ['.nav .find *', '.nav li *', '.phead *', '.wb h2', '.wb-line *', '.wb-card *', '.wb th']),
  ).toEqual([])
  await page.getByRole('menuitem', { name: 'Customers', exact: true }).click()
  await expect(page.getByRole('tab', { name: /All customers/ })).toBeVisible()
  await expect(page.locator('tr[data-row-key]').first()).toBeVisible()
  const frame = ['.nav .find *', '.nav li *', '.phead *', '.bar *', 'thead *', '.grid-foot *']
  expect(await chineseWords(page, frame)).toEqual([])
  expect(
    await chineseWords(page, ['td[data-col="status"] *', 'td[data-col="createdAt"] *', 'td[data-col="nextFollowUpAt"] *']),
  ).toEqual([])
  await page.locator('.name-link').nth(2).click()
  await page.getByRole('button', { name: 'Open full page' }).click()
  await expect(page.getByRole('tab', { name: 'Activity' })).toBeVisible()
  await expect(page.getByPlaceholder('Write a follow-up')).toBeVisible()
  const record = [
    '.kv-label',
    '.kv-group .sec *',
    '[role=tab]',
    '.composer *',
    '.record-actions > .row:first-child *',
    '.figure *',
    '.day *',
  ]
  expect(await chineseWords(page, record)).toEqual([])
  await expect(page.locator('html')).toHaveAttribute('lang', /en/)
  await page.reload()
  await expect(page.getByRole('tab', { name: 'Activity' })).toBeVisible()
})

/** Of lists that are one page with other words a few. */
const PAGES =
  'leads pools customers?kind=calendar opportunities orders invoices stock reports reports/forecast reports/roi reports/targets approvals recycle-bin imports'
const SETTINGS = 'people fields layouts pools calendar matching backups about'

test.describe('of a company that has entered nothing', () => {
  test.use({ begins: 'bare' })
  test('no Chinese stands on any page', async ({ signedIn: { page } }) => {
    await page.evaluate(() => localStorage.setItem('kezhan.language', 'en-US'))
    await page.goto('/')
    await expect(page.getByRole('heading', { name: 'Workbench' })).toBeVisible()
    const names = [ADMIN.name, COMPANY]
    const settings = SETTINGS.split(' ').map((one) => `settings/${one}`)
    for (const path of [...PAGES.split(' '), ...settings]) {
      await page.goto(`/${path}`)
      await expect(page.locator('main :is(h1, [role=tab], .wsteps, .empty)').first()).toBeVisible()
      await expect(page.locator('.bone')).toHaveCount(0)
      const found = (await chineseWords(page, ['body *'])).filter(
        (text) => !names.some((name) => text.includes(name) || name.includes(text)),
      )
      expect(found, path).toEqual([])
    }
  })
})
