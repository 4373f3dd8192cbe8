import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { makeMessyWorkbook } from '../support/messyWorkbook.ts'
import { CustomerList } from '../e2e/pages/customerList.ts'
import { ImportWizard } from '../e2e/pages/importWizard.ts'
import type { Caller } from '../e2e/support/caller.ts'
import { HERS, HIS, SALES } from '../e2e/support/company.ts'
import { ADMIN, root } from '../e2e/support/host.ts'
import { expect, test } from '../e2e/support/test.ts'

const folder = join(root, '.cache/screenshots')
mkdirSync(folder, { recursive: true })
const SIZES = { desk: { width: 1366, height: 768 }, phone: { width: 390, height: 844 } } as const
const SETTINGS = [
  'profile',
  'appearance',
  'people',
  'roles',
  'fields',
  'tags',
  'matching',
  'backups',
  'history',
  'jobs',
  'calendar',
  'about',
]

/** Taken when the page stands still; looked at by people, compared with nothing. */
async function shoot(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  await expect(page.locator('.bone')).toHaveCount(0)
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
}
const idOf = async (api: Caller, name: string) =>
  (await api.call<{ rows: { id: string }[] }>('customers.list', { search: name, limit: 1 })).rows[0]?.id ?? ''

for (const [size, viewport] of Object.entries(SIZES)) {
  test.describe(size, () => {
    test.use({ viewport })

    test('pictures of list, record and recycle bin, light and dark', async ({ page, signedIn: { api } }) => {
      await page.getByText(HERS).first().waitFor()
      await shoot(page, `customers-${size}`)
      const id = await idOf(api, HERS)
      await api.call('contacts.create', { customerId: id, name: '仇三', phone: '13700001111', title: '采购经理' })
      if (size === 'desk') {
        const list = new CustomerList(page)
        await list.row(HERS).locator('.name-link').click()
        await expect(list.panel()).toContainText('动态')
        await expect(list.panel().getByRole('article').first()).toBeVisible()
        await shoot(page, 'customers-panel-desk')
        const names = await list.names()
        for (const name of names.slice(3, 6)) await list.tick(name)
        await shoot(page, 'customers-bulk-desk')
        await page.keyboard.press('Control+k')
        await page.getByRole('dialog').getByRole('combobox').fill('cs')
        await expect(page.getByRole('option').first()).toBeVisible()
        await shoot(page, 'palette-desk')
        await page.keyboard.press('Escape')
      }
      await page.goto(`/customers/${id}`)
      await expect(page.getByRole('article').first()).toBeVisible()
      await shoot(page, `record-${size}`)
      await api.call('customers.removeMany', { selection: { ids: [await idOf(api, '台州')] } })
      await page.goto('/recycle-bin')
      await expect(page.getByText('台州').first()).toBeVisible()
      await shoot(page, `recycle-bin-${size}`)
      await page.evaluate(() => localStorage.setItem('kezhan.mode', 'dark'))
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.goto(`/customers/${id}`)
      await expect(page.getByRole('article').first()).toBeVisible()
      await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
      await shoot(page, `record-dark-${size}`)
      await page.goto('/customers')
      await page.getByText(HERS).first().waitFor()
      await shoot(page, `customers-dark-${size}`)
    })

    test('pictures of the import', async ({ page, signedIn: _, scratch }) => {
      const { xlsx } = await makeMessyWorkbook(scratch, 40, { owners: [SALES.name, ADMIN.name], known: [HERS, HIS] })
      const wizard = new ImportWizard(page)
      await wizard.open()
      await expect(page.getByText(size === 'desk' ? '把表格拖到这里' : '选一份表格')).toBeVisible()
      await shoot(page, `import-file-${size}`)
      await page.locator('input[type="file"]').setInputFiles(xlsx)
      await wizard.map()
      await expect(wizard.button(/下一步：清洗/)).toBeEnabled()
      await shoot(page, `import-mapping-${size}`)
      await wizard.clean()
      await shoot(page, `import-clean-${size}`)
      await wizard.check()
      await shoot(page, `import-check-${size}`)
      await wizard.run()
      await shoot(page, `import-done-${size}`)
      await page.goto('/imports/history')
      await expect(page.getByText('客户资料汇总-40.xlsx')).toBeVisible()
      await shoot(page, `import-history-${size}`)
    })

    test('pictures of the settings', async ({ page, signedIn: _ }) => {
      for (const name of SETTINGS) {
        await page.goto(`/settings/${name}`)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expect(page.getByText('没有这个页面')).toHaveCount(0)
        await shoot(page, `settings-${name}-${size}`)
      }
    })

    test('pictures of login', async ({ page }) => {
      await page.goto('/')
      await expect(page.getByRole('heading', { name: '登录' })).toBeVisible()
      await shoot(page, `login-${size}`)
    })
  })
  test.describe(`first run, ${size}`, () => {
    test.use({ viewport, begins: 'unborn' })
    test('picture of the first question', async ({ page, host }) => {
      await page.goto(`/#setup=${host.setupToken}`)
      await expect(page.getByText('公司叫什么？')).toBeVisible()
      await shoot(page, `first-run-${size}`)
    })
  })
}
