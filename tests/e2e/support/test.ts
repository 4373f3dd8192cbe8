import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, type BrowserContextOptions, expect, type Page, test as base } from '@playwright/test'
import { type Caller, caller } from './caller.ts'
import { foundCompany } from './company.ts'
import { noteLoaded } from './fresh.ts'
import { ADMIN, COMPANY, type Host, kezhan, PASSWORD, startHost } from './host.ts'
import { Watch } from './watch.ts'

type Account = { login: string; password: string }
export type Desk = { page: Page; api: Caller; context: BrowserContext }

type OfTest = {
  /** `company` = people and customers; `bare` = set up but empty; `unborn` = first run. */
  begins: 'company' | 'bare' | 'unborn'
  host: Host
  watch: Watch
  /** Another browser with somebody signed in, on the list of customers. */
  desk: (who?: Account, options?: BrowserContextOptions) => Promise<Desk>
  /** The browser of the test, with the administrator signed in. */
  signedIn: Desk
}
type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>
/** A folder to copy, and the cookies with which its administrator is signed in. */
type Begun = { folder: string; cookies: Cookies }
type OfWorker = { scratch: string; folders: { company: Begun; bare: Begun } }

export const test = base.extend<OfTest, OfWorker>({
  scratch: [
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'kezhan-e2e-'))
      await use(folder)
      rmSync(folder, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],
  // Setting up and hashing passwords takes seconds; a copy of the closed folder takes none.
  folders: [
    async ({ scratch, playwright }, use) => {
      const folders = { company: join(scratch, 'company'), bare: join(scratch, 'bare') }
      await kezhan(
        'init',
        '--data',
        folders.bare,
        '--company',
        COMPANY,
        '--admin',
        ADMIN.login,
        '--name',
        ADMIN.name,
        '--password',
        PASSWORD,
      )
      await foundCompany(folders.company)
      const begun = async (folder: string): Promise<Begun> => {
        const host = await startHost(folder)
        const request = await playwright.request.newContext()
        await caller(request, host.url).call('session.login', { login: ADMIN.login, password: ADMIN.password })
        const { cookies } = await request.storageState()
        await request.dispose()
        await host.stop()
        return { folder, cookies }
      }
      await use({ company: await begun(folders.company), bare: await begun(folders.bare) })
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  begins: ['company', { option: true }],
  host: async ({ begins, scratch, folders }, use, info) => {
    const folder = join(scratch, info.testId, 'data')
    if (begins !== 'unborn') cpSync(folders[begins].folder, folder, { recursive: true })
    const host = await startHost(folder)
    await use(host)
    await host.stop()
    if (info.status !== info.expectedStatus) await info.attach('host.log', { path: `${folder}.log` })
  },
  baseURL: async ({ host }, use) => use(host.url),
  watch: async ({}, use) => {
    const watch = new Watch()
    await use(watch)
    expect(watch.verdict(), 'what the browsers complained about').toEqual([])
  },
  context: async ({ context, watch }, use) => {
    watch.follow(context)
    await use(context)
  },
  desk: async ({ browser, host, watch, contextOptions }, use) => {
    const opened: BrowserContext[] = []
    await use(async (who = ADMIN, options = {}) => {
      const context = await browser.newContext({ ...contextOptions, ...STANDARD, ...options })
      opened.push(context)
      watch.follow(context)
      return signIn(await context.newPage(), host, who)
    })
    for (const context of opened) await context.close()
  },
  signedIn: async ({ page, host, begins, folders }, use) => {
    if (begins === 'unborn') throw new Error('nobody can be signed in before the first run')
    await page.context().addCookies(folders[begins].cookies)
    await use(await openList(page, host, caller(page.request, host.url)))
  },
})

const STANDARD: BrowserContextOptions = {
  viewport: { width: 1366, height: 768 },
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
}

/** Signs in by a call, for tests that are not about signing in, and opens the list. */
export async function signIn(page: Page, host: Host, who: Account): Promise<Desk> {
  const api = caller(page.request, host.url)
  await api.call('session.login', { login: who.login, password: who.password })
  return openList(page, host, api)
}

async function openList(page: Page, host: Host, api: Caller): Promise<Desk> {
  await page.goto(`${host.url}customers`)
  // A given password is asked for before anything is shown.
  await expect(page.getByRole('navigation').or(page.getByRole('dialog')).first()).toBeVisible()
  noteLoaded(page)
  return { page, api, context: page.context() }
}

export { expect }
