import type { Page } from '@playwright/test'
import { makeMessyWorkbook } from '../support/messyWorkbook.ts'
import { ImportWizard } from './pages/importWizard.ts'
import { camera } from './support/camera.ts'
import { HERS, HIS, SALES } from './support/company.ts'
import { ADMIN, kezhan } from './support/host.ts'
import { expect, test } from './support/test.ts'

const PEOPLE = { owners: [SALES.name, ADMIN.name], known: [HERS, HIS] }

test('a run cancelled half way leaves nothing; one that is taken back keeps what somebody changed since', async ({
  signedIn: { page, api },
  host,
  scratch,
}) => {
  test.slow()
  const shoot = camera(page)
  const wizard = new ImportWizard(page)
  const many = await makeMessyWorkbook(scratch, 5000, PEOPLE)
  const few = await makeMessyWorkbook(scratch, 40, PEOPLE)
  const digest = async () => (await kezhan<{ tables: unknown }>('digest', '--data', host.folder)).tables
  const before = await digest()
  const toCheck = async (file: string) => {
    await wizard.open()
    await page.locator('input[type="file"]').setInputFiles(file)
    await wizard.clean()
    await wizard.check()
  }
  await toCheck(many.csv)
  await wizard.button(/^导入 [\d,]+ 行$/).click()
  await expect(page.getByText(/正在写入|先存一份备份/)).toBeVisible()
  await page.goto('/customers')
  // Opened afresh, where nothing of the wizard has been loaded.
  await expect(page.locator('.imp-pill')).toBeInViewport()
  await page.locator('.imp-pill').getByRole('button').click()
  await wizard.button('暂停').click()
  await expect(page.getByText('已暂停', { exact: true })).toBeVisible()
  await page.goto('/customers')
  await expect(page.locator('.imp-pill')).toBeInViewport()
  await expect(page.locator('.imp-pill')).toContainText('已暂停')
  await shoot('pill')
  await page.locator('.imp-pill').getByRole('button').click()
  await wizard.button('取消并撤回').click()
  await shoot('cancel-asked')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^取消并撤回 / })
    .click()
  await expect(page.getByText('已取消，写入的行已撤回')).toBeVisible({ timeout: 60_000 })
  await shoot('cancelled')
  expect(await digest()).toEqual(before)

  await toCheck(few.xlsx)
  await wizard.run()
  await wizard.button('去看这次的客户').click()
  await expect(page.locator('tr[data-row-key]').first()).toBeVisible()
  await shoot('these')
  const id = await page.locator('tr[data-row-key]').nth(3).getAttribute('data-row-key')
  await api.call('customers.editMany', { selection: { ids: [id] }, values: { level: 'C' } })
  await page.goto('/imports/history')
  await shoot('history')
  await page.getByRole('button', { name: '客户资料汇总-40.xlsx' }).click()
  await wizard.button('撤销本次导入').click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^撤销 \d+ 行$/ })
    .click()
  await expect(page.getByText('已撤销', { exact: true })).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText(/1 个之后有人改过/)).toBeVisible()
  await shoot('undone-kept')
})

/** What the program says, without what came from the file and from people. */
async function chineseIn(page: Page, given: readonly string[]): Promise<string[]> {
  const texts = await page.locator('main *').evaluateAll((elements) =>
    elements.flatMap((element) => {
      if (element.closest('.lit, .imp-raw, .ant-select-content, .imp-preview, .imp-diff, .imp-own, .imp-facets')) return []
      const own = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent ?? '')
      return [...own, ...['aria-label', 'title', 'placeholder'].map((name) => element.getAttribute(name) ?? '')]
    }),
  )
  const saidBy = (text: string) => given.reduce((rest, word) => rest.replaceAll(word, ''), text).replace(/"[^"]*"/g, '')
  return texts.filter((text) => /[\u4e00-\u9fff「」：，。]/.test(saidBy(text)))
}

test('in English the steps say nothing in Chinese but what the file says', async ({ signedIn: { page, api }, scratch }) => {
  test.slow()
  const shoot = camera(page)
  const wizard = new ImportWizard(page)
  const { xlsx } = await makeMessyWorkbook(scratch, 40, PEOPLE)
  await wizard.open()
  await page.locator('input[type="file"]').setInputFiles(xlsx)
  await wizard.clean()
  const id = page.url().match(/imports\/([^?]+)/)?.[1] ?? ''
  await page.evaluate(() => localStorage.setItem('kezhan.language', 'en-US'))
  const { columns } = await api.call<{ columns: { header: string }[] }>('imports.get', { id })
  const headers = [...columns.map(({ header }) => header), ADMIN.name]
  const found: Record<string, string[]> = {}
  for (const [path, ready] of [
    ['/imports', /Drop a spreadsheet here/],
    [`/imports/${id}?step=0`, /Column names are in rows 3 and 4/],
    [`/imports/${id}?step=1`, /columns matched/],
    [`/imports/${id}?step=2`, /These will be unified/],
    [`/imports/${id}?step=3`, /as in the file/],
  ] as const) {
    await page.goto(path)
    await expect(page.getByText(ready)).toBeVisible()
    await page.waitForTimeout(500)
    await shoot('en')
    found[path] = await chineseIn(page, headers)
  }
  await page.getByRole('button', { name: /^Import \d+ rows$/ }).click()
  await expect(page.getByText('Import done')).toBeVisible({ timeout: 60_000 })
  await shoot('en-done')
  found['done'] = await chineseIn(page, headers)
  for (const path of ['/imports/history', '/duplicates', '/settings/matching', '/settings/fields']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page.waitForTimeout(500)
    await shoot(`en-${path.split('/').at(-1)}`)
    found[path] = await chineseIn(page, headers)
  }
  expect(Object.entries(found).filter(([, words]) => words.length > 0)).toEqual([])
})
