import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { ImportWizard } from './pages/importWizard.ts'
import { kezhan, verb } from './support/host.ts'
import { expect, test } from './support/test.ts'

const digest = async (folder: string) => (await kezhan<{ business: string }>('digest', '--data', folder)).business

test('a workbook that is none, a damaged one and an empty one are refused in words', async ({
  signedIn: { page },
  host,
  watch,
}, info) => {
  watch.expect(/status of 422/, 'a browser prints every refused call')
  const before = await digest(host.folder)
  const wizard = new ImportWizard(page)
  const bad: [string, Buffer, string][] = [
    ['no-workbook.xlsx', Buffer.from('%PDF-1.7 this is something else altogether\n'.repeat(50)), '这不是表格文件，像是 PDF'],
    ['broken.xlsx', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(3000, 7)]), '文件'],
    ['empty.csv', Buffer.alloc(0), '文件是空的'],
  ]
  for (const [name, bytes, words] of bad) {
    const path = info.outputPath(name)
    writeFileSync(path, bytes)
    await wizard.open()
    await page.locator('input[type="file"]').setInputFiles(path)
    await expect(page.getByText(words).last(), name).toBeVisible()
    await expect(page).toHaveURL(/\/imports$/)
  }
  expect(await digest(host.folder)).toBe(before)
})

test('a CSV of one column that is no name cannot go on, and says why', async ({ signedIn: { page }, host }, info) => {
  const before = await digest(host.folder)
  const path = info.outputPath('one-column.csv')
  writeFileSync(path, '编号\n1\n2\n3\n')
  const wizard = new ImportWizard(page)
  await wizard.open()
  await page.locator('input[type="file"]').setInputFiles(path)
  await wizard.map()
  await expect(page.getByText('还没有选「客户名称」是哪一列')).toBeVisible()
  await expect(wizard.button(/下一步：清洗/)).toBeDisabled()
  expect(await digest(host.folder)).toBe(before)
  const { code, complained } = await verb(['import', '--data', host.folder, '--entity', 'customer', path])
  expect(code).not.toBe(0)
  expect(complained.trim().split('\n')).toHaveLength(1)
  expect(complained).toContain('客户名称')
  expect(await digest(host.folder)).toBe(before)
})

test('a body of 2 MB, unknown keys and broken JSON change nothing', async ({ signedIn: { page, api }, host }) => {
  const before = await digest(host.folder)
  const send = (data: string) =>
    page.request.post('/rpc/customers/create', {
      headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      data,
    })
  const large = await send(JSON.stringify({ json: { name: '大'.repeat(700_000) } }))
  expect(large.status()).toBe(413)
  const unknown = await api.ask<{ code: string; data: { issues: { path: string[] }[] } }>('customers.create', {
    name: '有多余的键',
    isAdmin: true,
  })
  expect(unknown.status).toBe(400)
  expect(JSON.stringify(unknown.body.data.issues)).toContain('isAdmin')
  const broken = await send('{"json":')
  expect(broken.status()).toBe(400)
  expect(await broken.text()).not.toContain(' at ')
  expect(await digest(host.folder)).toBe(before)
  const elsewhere = await page.request.post('/rpc/customers/create', {
    headers: { origin: 'http://evil.example', 'idempotency-key': randomUUID() },
    data: { json: { name: '别处来的' } },
  })
  expect(elsewhere.status()).toBe(403)
  expect(await digest(host.folder)).toBe(before)
})

test('what is typed wrong into a cell is said, and the old value stays', async ({ signedIn: { page, api }, watch }) => {
  watch.expect(/status of 400/, 'a browser prints the refused edit')
  const { rows } = await api.call<{ rows: { id: string; version: number }[] }>('customers.list', { limit: 1 })
  const answer = await api.ask('customers.edit', { id: rows[0]?.id, version: rows[0]?.version, values: { status: 'nonsense' } })
  expect(answer.status).toBe(400)
  await page.evaluate(() => fetch('/rpc/customers/list', { method: 'POST', body: '{"json":{"limit":-1}}' }))
})

test('a second program on the same folder is refused in words', async ({ host }) => {
  const { code, complained } = await verb(['serve', '--data', host.folder, '--port', '0'])
  expect(code).not.toBe(0)
  expect(complained.trim().split('\n').at(-1)).toMatch(/[\u4e00-\u9fff]/)
})
