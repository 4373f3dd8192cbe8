// What an import says of itself: why rows were skipped, and after its undo how many customers went and which stayed.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { undoImport } from '../../src-main/features/imports/public.ts'
import type { Client } from '../support/backend.ts'
import { type Office, openOffice } from '../support/factories.ts'
import { bring, csvFile } from './importFixtures.ts'

let office: Office
let admin: Client
beforeAll(async () => {
  office = await openOffice()
  admin = office.as(office.admin)
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})

const header = ['客户名称', '电话', '来源']

it('a row with nothing to fill is not called alike when the file says otherwise', async () => {
  const rows = [header, ['江阴海澜建材有限公司', '13800002222', '电话营销'], ['苏州同文印务有限公司', '13800003333', '转介绍']]
  await bring(office.running, office.admin, csvFile(rows))
  const again = [header, ['江阴海澜建材有限公司', '13800002222', '转介绍'], rows[2] ?? []]
  const { importId } = await bring(office.running, office.admin, csvFile(again))
  const detail = await admin.imports.get({ id: importId })
  expect(detail.counts).toMatchObject({ skipped: 2, updated: 0 })
  expect(detail.skips).toEqual({ nothingToFill: 1, unchanged: 1 })
})

it('an undo counts customers, and names those that stayed', async () => {
  const many = Array.from({ length: 130 }, (_, n) => [`撤回的客户${n}有限公司`, `1370000${1000 + n}`, '展会'])
  const rows = [[...header, '邮箱'], ...many.map((row) => [...row, '']), [...(many[3] ?? []), 'a3@kezhan.example']]
  const { importId } = await bring(office.running, office.admin, csvFile(rows))
  const found = await admin.customers.list({ search: '撤回的客户7有限公司', limit: 1 })
  const row = found.rows[0]
  // A second row of the same customer, in a chunk of its own: it is one customer all the same.
  await admin.followUps.create({ customerId: row?.id ?? '', text: '之后谈过' })
  await undoImport(office.running.backend, office.admin, importId)
  const { undo, state } = await admin.imports.get({ id: importId })
  expect(state).toBe('undone')
  expect(undo?.records).toEqual({
    reversed: 129,
    kept: 1,
    stayed: [{ id: row?.id, name: row?.name, why: expect.any(String) as string }],
  })
})
