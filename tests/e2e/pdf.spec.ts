import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { pdf } from '../support/pdf.ts'
import type { Desk } from './support/test.ts'
import { expect, test } from './support/test.ts'

/** Two lines of Chinese whose letters are in the file, the second a link. */
const EMBEDDED = readFileSync(join(import.meta.dirname, '../fixtures/quotation.pdf'))
const chinese = (text: string) => ({ text, font: 'STSong-Light' }) as const
const latin = (text: string) => ({ text, font: 'Helvetica' }) as const
/** A black square as a fax packs it: eight lines like the one before, in one byte. */
const FAX =
  'q 300 0 0 300 150 200 cm BI /W 8 /H 8 /BPC 1 /CS /G /F /CCF /DP << /K -1 /Columns 8 /Rows 8 >> /D [1 0] ID \u00ff EI Q'

/** A customer with files; the newest stands first. */
async function customerWith({ page, api }: Desk, files: Readonly<Record<string, Buffer>>): Promise<string> {
  const { id } = await api.call<{ id: string }>('customers.create', { name: '图纸齐全有限公司' })
  for (const [name, data] of Object.entries(files).toReversed()) {
    const answer = await page.request.post('/files', { headers: { 'x-file-name': encodeURIComponent(name) }, data })
    const upload = (await answer.json()) as { id: string }
    await api.call('files.add', { entity: 'customer', recordId: id, uploads: [upload.id] })
  }
  return id
}

class Viewer {
  readonly page: Page
  readonly dialog: Locator
  constructor(page: Page) {
    this.page = page
    this.dialog = page.getByRole('dialog')
  }
  open = (name: string) => this.page.locator('.files:not(.compact)').getByRole('button', { name, exact: true }).click()
  sheet = (number: number) => this.dialog.getByRole('group', { name: `第 ${number} 页`, exact: true })
  sheets = () => this.dialog.getByRole('group', { name: /^第 \d+ 页$/ })
  zoom = () => this.dialog.locator('.pdf-zoom')
  pageNumber = () => this.dialog.getByLabel('跳到第几页')
  /** Dark dots of what is drawn on a sheet. */
  ink = (number: number): Promise<number> =>
    this.sheet(number)
      .locator('canvas')
      .evaluate((canvas: HTMLCanvasElement) => {
        const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] }
        return data.filter((value, i) => i % 4 === 0 && value < 128).length
      })
}

const openFiles = async (page: Page, id: string): Promise<Viewer> => {
  await page.goto(`/customers/${id}`)
  await page.getByRole('tab', { name: '附件' }).click()
  await expect(page.locator('.files:not(.compact) .file-line').first()).toBeVisible()
  return new Viewer(page)
}

test('a PDF is drawn with and without fonts of its own, by keys, and nothing in it acts', async ({ signedIn }) => {
  const { page } = signedIn
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  page.on('dialog', (dialog) => asked.push(dialog.message()))
  const active = { onOpen: '/OpenAction << /S /JavaScript /JS (app.alert\\("here"\\);) >>' }
  const annotations =
    '/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 595 842] /A << /S /URI /URI (https://elsewhere.invalid/) >> >>]'
  const sheets = [
    { lines: [chinese('销售合同'), latin('No. 2026-118')] },
    { width: 842, height: 595, lines: [chinese('附件一')] },
    { raw: FAX },
  ]
  const id = await customerWith(signedIn, { '报价单.pdf': EMBEDDED, '合同.pdf': pdf({ sheets, annotations, ...active }) })
  const viewer = await openFiles(page, id)
  await viewer.open('报价单.pdf')
  await expect(viewer.sheet(1)).toContainText('报价单')
  await expect.poll(() => viewer.ink(1), 'letters from the file').toBeGreaterThan(500)
  await page.keyboard.press('ArrowRight')
  await expect(viewer.sheet(1)).toContainText('销售合同')
  await expect(viewer.sheet(1)).toContainText('No. 2026-118')
  await expect.poll(() => viewer.ink(1), 'letters of this computer').toBeGreaterThan(500)
  await viewer.pageNumber().fill('3')
  await viewer.pageNumber().press('Enter')
  await expect(viewer.pageNumber()).toHaveValue('3')
  await expect.poll(() => viewer.ink(3), 'a scan').toBeGreaterThan(50_000)
  await expect(page.locator('iframe, embed, object, .pdf-page a')).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(viewer.dialog).toBeHidden()
  await expect.poll(() => page.workers().length, 'the thread ends with the dialog').toBe(0)
  expect(asked.filter((url) => !url.startsWith(signedIn.api.url))).toEqual([])
})

test('of five hundred pages only those in sight are drawn; they are zoomed and walked by keys', async ({ signedIn }) => {
  const sheets = Array.from({ length: 500 }, (_, i) => ({ lines: [latin(`Leaf ${i + 1}`)] }))
  await signedIn.page.goto(`/customers/${await customerWith(signedIn, { '手册.pdf': pdf({ sheets }) })}`)
  const viewer = new Viewer(signedIn.page)
  // From the line of time it is the same.
  await signedIn.page.getByRole('article').getByRole('button', { name: '预览 手册.pdf' }).click()
  await expect(viewer.sheet(1)).toContainText('Leaf 1')
  await expect(viewer.dialog).toContainText('/ 500 页')
  const fitted = (await viewer.zoom().textContent()) ?? ''
  await signedIn.page.keyboard.press('End')
  await expect(viewer.sheet(500)).toContainText('Leaf 500')
  await expect(viewer.pageNumber()).toHaveValue('500')
  expect(await viewer.sheets().count()).toBeLessThanOrEqual(6)
  for (let i = 0; i < 3; i++) await signedIn.page.keyboard.press('PageUp')
  await expect(viewer.pageNumber()).toHaveValue('499')
  await signedIn.page.keyboard.press('-')
  await expect(viewer.zoom()).toHaveText('110%')
  await expect(viewer.pageNumber(), 'the eye stays where it was').toHaveValue('499')
  await signedIn.page.keyboard.press('0')
  await expect(viewer.zoom()).toHaveText(fitted)
})

test('what cannot be shown is said in a sentence with the download beside it; a pretended PDF is only downloaded', async ({
  signedIn,
}) => {
  const { page } = signedIn
  const halfBroken = pdf({ sheets: [{ lines: [latin('first')] }, { lines: [latin('second')] }] })
  const id = await customerWith(signedIn, {
    // What should be its second page is the words of the first.
    '半坏.pdf': Buffer.from(halfBroken.toString('latin1').replace('[7 0 R 9 0 R]', '[7 0 R 8 0 R]'), 'latin1'),
    '损坏.pdf': Buffer.from('%PDF-1.7\nnothing of this is true\n'),
    '加密.pdf': pdf({ sheets: [{ lines: [chinese('机密')] }], locked: true }),
    '假的.pdf': Buffer.from('<html><script>alert(1)</script></html>'),
  })
  const viewer = await openFiles(page, id)
  await viewer.open('半坏.pdf')
  await expect(viewer.sheet(1)).toContainText('first')
  await page.keyboard.press('End')
  await expect(viewer.sheet(2)).toContainText('第 2 页画不出来')
  await page.keyboard.press('ArrowRight')
  await expect(viewer.dialog.getByText('这个文件已损坏')).toBeVisible()
  await page.keyboard.press('ArrowRight')
  await expect(viewer.dialog.getByText('这个 PDF 有密码')).toBeVisible()
  const download = page.waitForEvent('download')
  await viewer.dialog.getByRole('link', { name: '下载' }).click()
  expect((await download).suggestedFilename()).toBe('加密.pdf')
  await page.keyboard.press('Escape')
  await expect(viewer.dialog).toBeHidden()
  const pretended = page.waitForEvent('download')
  await page.locator('.files:not(.compact)').getByRole('link', { name: '假的.pdf', exact: true }).click()
  expect((await pretended).suggestedFilename()).toBe('假的.pdf')
})
