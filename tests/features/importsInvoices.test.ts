// A list of invoices names each customer many times; names that only sound alike must not push each other out of sight.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startBackend, type TestBackend } from '../support/backend.ts'
import { administrator } from '../support/factories.ts'
import { bring, csvFile } from './importFixtures.ts'

let backend: TestBackend
beforeAll(async () => {
  backend = await startBackend()
  await backend.start()
})
afterAll(() => backend.dispose())

it('customers known by a number become one each, however many rows they have', async () => {
  // These three share the key of their sound: doubled signs count once in it. The first fills it before the others come.
  const names = ['17337', '17377', '11737']
  const rows = Array.from({ length: 300 }, (_, at) => [String(536_000 + at), names[Math.floor(at / 100)] ?? '', 'United Kingdom'])
  const done = await bring(backend, administrator(backend), csvFile([['InvoiceNo', 'CustomerID', 'Country'], ...rows]))
  expect(done).toMatchObject({ rowsRead: 300, created: 3, skipped: 297, failed: 0 })
})
