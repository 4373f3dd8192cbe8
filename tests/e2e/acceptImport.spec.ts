import type { Page } from '@playwright/test'
import { MESSY, makeMessyWorkbook } from '../support/messyWorkbook.ts'
import { ImportWizard } from './pages/importWizard.ts'
import type { Caller } from './support/caller.ts'
import { camera, type Shoot } from './support/camera.ts'
import { HERS, HIS, SALES } from './support/company.ts'
import { ADMIN, type Host, kezhan } from './support/host.ts'
import { expect, test } from './support/test.ts'

/** Enough that a run lasts for seconds, and can be stopped half way. */
const MANY = 9000
const PEOPLE = { owners: [SALES.name, ADMIN.name], known: [HERS, HIS] }

test('a clerk’s workbook goes in, survives being killed half way, and is taken back whole', async ({
  signedIn: { page, api },
  host,
  scratch,
  watch,
}) => {
  // Nine thousand rows, two kills and two undos; a busy machine takes its time for that.
  test.setTimeout(300_000)
  const { xlsx } = await makeMessyWorkbook(scratch, MANY, PEOPLE)
  const shoot = camera(page)
  const wizard = new ImportWizard(page)
  await wizard.open()
  await page.locator('input[type="file"]').setInputFiles(xlsx)
  await expect(page.getByText('表头是第 3、4 两行')).toBeVisible()
  await shoot('layout')
  await mapIt(page, wizard, shoot)
  await cleanIt(page, wizard, shoot)
  await wizard.button('下一步：检查').click()
  await mend(page, '1381 577 04', '13815770404')
  const row = page.getByRole('row').filter({ hasText: new RegExp(`^${MESSY.unknownOwnerRow}`) })
  await expect(row.first(), 'who is put in charge').toContainText(SALES.name)
  await shoot('mended')
  await decideDuplicates(page, shoot)
  await expect.poll(async () => (await wizard.sum()).skipped, { message: 'two titles, the total, one by choice' }).toBe(4)
  const planned = await wizard.sum()
  expect(planned.failed).toBe(1)

  const before = await digest(host)
  watch.expect(
    /ERR_(CONNECTION_REFUSED|CONNECTION_RESET|CONNECTION_CLOSED|INCOMPLETE_CHUNKED_ENCODING|SOCKET_NOT_CONNECTED|EMPTY_RESPONSE)/,
    'calls while nobody is there',
  )
  await wizard.button(/^导入 [\d,]+ 行$/).click()
  await halfWay(page, api, 200)
  await shoot('running')
  await wizard.button('暂停').click()
  await expect(page.getByText('已暂停', { exact: true })).toBeVisible()
  await shoot('paused')
  const stood = await standing(page)
  expect(stood).toBeGreaterThan(0)
  expect(stood).toBeLessThan(MANY)
  await diesAndComesBack(page, host, shoot)
  await expect(page.getByText('已暂停', { exact: true })).toBeVisible()
  expect(await standing(page), 'what was written before it was killed').toBe(stood)
  await shoot('resumable')

  // Once more, in the middle of writing: then it goes on by itself.
  await wizard.button('继续').click()
  await halfWay(page, api, stood + 300)
  await diesAndComesBack(page, host)
  await expect(page.getByText('导入完成')).toBeVisible({ timeout: 120_000 })
  expect(await wizard.sum()).toEqual(planned)
  await shoot('done')

  await wizard.button('在这里改好 1 行再导入').click()
  await expect(page.getByText('139 0533 68', { exact: true })).toBeVisible({ timeout: 40_000 })
  await shoot('failed-row')
  await mend(page, '139 0533 68', '13905336800')
  expect(await wizard.run()).toMatchObject({ created: 1, failed: 0, rows: 1 })
  await shoot('done-mended')
  await takeBack(page, wizard, /没有导入的行\.xlsx$/, shoot)
  await takeBack(page, wizard, /客户资料汇总-\d+\.xlsx$/, shoot)
  expect((await digest(host)).tables).toEqual(before.tables)
})

test('its twin in GBK gives the same rows, and finds them all there when it comes second', async ({
  signedIn: { page },
  host,
  scratch,
}) => {
  test.slow()
  const { xlsx, csv } = await makeMessyWorkbook(scratch, 300, PEOPLE)
  const shoot = camera(page)
  const wizard = new ImportWizard(page)
  const toCheck = async (file: string) => {
    await wizard.open()
    await page.locator('input[type="file"]').setInputFiles(file)
    await wizard.clean()
    return wizard.check()
  }
  const ofWorkbook = await toCheck(xlsx)
  const before = await digest(host)
  await wizard.open()
  await page.locator('input[type="file"]').setInputFiles(csv)
  await expect(page.getByText('表头是第 3、4 两行')).toBeVisible()
  await expect(page.getByText('编码 GB18030')).toBeVisible()
  await shoot('twin-layout')
  await wizard.clean()
  expect(await wizard.check()).toEqual(ofWorkbook)
  expect(await wizard.run()).toEqual(ofWorkbook)
  const second = await toCheck(xlsx)
  expect(second).toMatchObject({ created: 0, updated: 0, failed: ofWorkbook.failed, rows: ofWorkbook.rows })
  await shoot('twin-second')
  await takeBack(page, wizard, /客户资料汇总-\d+\.csv$/, shoot)
  expect((await digest(host)).tables).toEqual(before.tables)
})

type Digest = { tables: Record<string, { rows: number; digest: string }> }
const digest = (host: Host) => kezhan<Digest>('digest', '--data', host.folder)

/** How many rows the page says are written. */
async function standing(page: Page): Promise<number> {
  const said = (await page.locator('.imp-center .num b').first().textContent()) ?? ''
  return Number(said.replaceAll(',', ''))
}

async function diesAndComesBack(page: Page, host: Host, shoot?: Shoot): Promise<void> {
  await host.kill()
  const lost = page.getByText(/^连不上主机，正在重试/)
  await expect(lost).toBeVisible()
  await shoot?.('killed')
  await host.again()
  await expect(lost).toHaveCount(0)
}

async function takeBack(page: Page, wizard: ImportWizard, file: RegExp, shoot: Shoot): Promise<void> {
  await page.goto('/imports/history')
  await shoot('history')
  await page.getByRole('button', { name: file }).click()
  await wizard.button('撤销本次导入').click()
  await shoot('undo-asked')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^撤销 [\d,]+ 行$/ })
    .click()
  await expect(page.getByText('已撤销', { exact: true })).toBeVisible({ timeout: 120_000 })
  await shoot('undone')
}

const halfWay = (page: Page, api: Caller, rows: number) =>
  expect
    .poll(
      async () => {
        const id = page.url().match(/imports\/([^?]+)/)?.[1]
        return (await api.call<{ counts: { created: number } }>('imports.get', { id })).counts.created
      },
      { intervals: [50], timeout: 120_000 },
    )
    .toBeGreaterThan(rows)

/** The colleague nobody knows is put to one, the column of money becomes a field. */
async function mapIt(page: Page, wizard: ImportWizard, shoot: Shoot): Promise<void> {
  await wizard.map()
  for (const band of [/^客户 · /, /联系人1 · 3/, /联系人2 · 3/, /联系人3 · 3/, /跟进 · 2/])
    await expect(page.getByText(band).first()).toBeVisible()
  await page.getByLabel('「小刘」是').click()
  await page
    .getByRole('option', { name: SALES.name })
    .or(page.locator('.ant-select-item-option').filter({ hasText: SALES.name }))
    .last()
    .click()
  await wizard.button(/年采购额.*新建自定义字段/).click()
  const form = page.locator('.fields-new')
  await expect(form).toContainText('金额')
  await form.getByRole('button', { name: '新建' }).click()
  await expect(form).toHaveCount(0)
  await shoot('map')
}

/** Spellings of trades become one; two names that are alike stay what they are. */
async function cleanIt(page: Page, wizard: ImportWizard, shoot: Shoot): Promise<void> {
  await wizard.clean()
  await shoot('clean')
  const clusters = page.locator('.imp-cluster')
  await clusters.filter({ hasText: '老客户' }).getByRole('button', { name: '不是同一个' }).click()
  await wizard.button(/^全部统一/).click()
  await wizard.button('按这样重新清洗').click()
  await expect(wizard.button('下一步：检查')).toBeEnabled({ timeout: 120_000 })
  await expect(page.getByText(/→ 机械设备$/)).toBeVisible()
  await expect(clusters.filter({ hasText: '老客户' })).toHaveCount(0)
  await shoot('clean-again')
}

async function mend(page: Page, wrong: string, right: string): Promise<void> {
  const errors = page.getByRole('button', { name: /^错误 \d+$/ })
  await errors.click()
  const before = (await errors.textContent()) ?? ''
  await page.getByText(wrong, { exact: true }).dblclick()
  await page.keyboard.press('Control+a')
  await page.keyboard.type(right)
  await page.keyboard.press('Enter')
  await expect(page.getByText(wrong, { exact: true })).toHaveCount(0)
  await expect(errors).not.toHaveText(before)
  await page.getByRole('button', { name: /^全部 / }).click()
}

async function decideDuplicates(page: Page, shoot: Shoot): Promise<void> {
  const panel = page.getByRole('complementary', { name: '疑似重复' })
  await expect(panel).toContainText(HERS)
  await shoot('duplicates')
  await panel.getByText('更新', { exact: true }).click()
  await panel.getByRole('button', { name: /^确定，看下一组/ }).click()
  await expect(panel).toContainText('第 2 /')
  await expect(panel).toContainText(HIS)
  await panel.getByText('跳过', { exact: true }).click()
  await panel.getByRole('button', { name: /^确定，看下一组/ }).click()
  await expect(panel).toContainText('老客户')
  await expect(panel).toContainText(`文件第 ${MESSY.twinRows[0]} 行`)
  await panel.getByRole('button', { name: '不是同一家' }).click()
  // The next one comes with the sum that follows from this.
  await expect(panel).toContainText('第 4 /')
  await shoot('decided')
}
