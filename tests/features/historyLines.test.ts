// What the page of history tells: a batch and its undo are one line each, with how many, to whom, which file and which filter.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { HistoryEntry } from '../../src-shared/features/history/model.ts'
import type { Client } from '../support/backend.ts'
import { type Office, openOffice } from '../support/factories.ts'
import { bring, csvFile } from './importFixtures.ts'

const MANY = 230
type Part = Awaited<ReturnType<Client['history']['undoBatch']>>
let office: Office
let admin: Client
let ids: string[]
beforeAll(async () => {
  office = await openOffice()
  admin = office.as(office.admin)
  const file = csvFile([
    ['客户名称', '电话'],
    ...Array.from({ length: MANY }, (_, n) => [`成批客户${n}有限公司`, `1390000${1000 + n}`]),
  ])
  await bring(office.running, office.admin, file)
  ids = (await admin.customers.list({ limit: 200 })).rows.map(({ id }) => id)
  ids.push(...(await admin.customers.list({ limit: 200, offset: 200 })).rows.map(({ id }) => id))
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})
let before = 0
const newest = async (): Promise<HistoryEntry[]> =>
  (await admin.history.recent({ mine: false, limit: 20 })).entries.filter(({ seq }) => seq > before)
beforeEach(async () => {
  before = (await admin.history.recent({ mine: false, limit: 1 })).entries[0]?.seq ?? 0
})

it('an import of several chunks is one line with its file, also in the history of a customer it brought', async () => {
  const { entries } = await admin.history.recent({ mine: false, limit: 20 })
  const [line, ...others] = entries.filter(({ action }) => action === 'imported')
  expect(others).toEqual([])
  expect(line).toMatchObject({ facts: { records: MANY } })
  expect(line?.steps).toBeGreaterThan(1)
  expect(line?.facts.file).toMatch(/\.csv$/)
  const own = await admin.history.ofRecord({ entity: 'customer', id: ids[0] ?? '' })
  expect(own.entries[0]).toMatchObject({ action: 'imported', facts: { file: line?.facts.file } })
})

it('a batch, its undo, the redo and the undo after that are one line each', async () => {
  const { batchId } = await admin.customers.removeMany({ selection: { ids } })
  expect(await newest()).toMatchObject([{ action: 'deleted', steps: 3, undoable: true, facts: { records: MANY }, about: null }])
  const takeBack = async (batch: string) => {
    const sum = { reversed: 0, kept: 0 }
    let before: number | null = null
    for (let remaining = 1; remaining > 0; ) {
      const part: Part = await admin.history.undoBatch({ batchId: batch, ...(before !== null && { before }) })
      before = part.before
      sum.reversed += part.records?.reversed ?? 0
      sum.kept += part.records?.kept ?? 0
      remaining = part.remaining
    }
    return sum
  }
  expect(await takeBack(batchId ?? '')).toEqual({ reversed: MANY, kept: 0 })
  const about = { procedure: 'customers.removeMany', action: 'deleted', entity: 'customer' }
  const [undo, batch, ...rest] = await newest()
  expect(rest).toEqual([])
  expect(undo).toMatchObject({ action: 'undone', steps: 3, undoable: true, facts: { records: MANY }, about })
  expect(batch).toMatchObject({ action: 'deleted', undoable: false, undoneBySeq: expect.any(Number) as number })
  expect(await takeBack(undo?.batchId ?? '')).toEqual({ reversed: MANY, kept: 0 })
  expect((await newest())[0]).toMatchObject({ action: 'redone', steps: 3, facts: { records: MANY }, about })
  expect(await takeBack(batchId ?? '')).toEqual({ reversed: MANY, kept: 0 })
  // Another round is another line: the first undo stays told where it happened.
  expect((await newest()).map(({ action, steps }) => [action, steps])).toEqual([
    ['undone', 3],
    ['redone', 3],
    ['undone', 3],
    ['deleted', 3],
  ])
  expect((await admin.customers.count({})).count).toBe(MANY)
})

it('tags put on many are counted by whom they were put on: the batch, its undo and what the undo answers', async () => {
  const { batchId } = await admin.customers.editMany({ selection: { ids }, values: { addTags: ['重点', '华东'] } })
  expect(await newest()).toMatchObject([{ action: 'editedMany', facts: { records: MANY } }])
  const { records } = await admin.history.undoBatch({ batchId: batchId ?? '' })
  expect(records).toMatchObject({ entity: 'customer', reversed: MANY, kept: 0, failed: 0 })
  const [undo] = await newest()
  expect(undo).toMatchObject({ action: 'undone', steps: 3, facts: { records: MANY } })
  const again = await admin.history.undoBatch({ batchId: undo?.batchId ?? '' })
  expect(again.records).toMatchObject({ entity: 'customer', reversed: MANY })
  await admin.history.undoBatch({ batchId: batchId ?? '' })
})

it('a batch of which a step was taken back alone is still open for the others', async () => {
  const { batchId } = await admin.customers.editMany({ selection: { ids }, values: { level: 'A' } })
  const step = office.running.backend.database.raw
    .prepare('select min(seq) from command where batch_id = ?')
    .pluck()
    .get(batchId) as number
  await admin.history.undo({ seq: step })
  expect(await newest()).toMatchObject([
    { action: 'undone', steps: 1, facts: { records: 100 } },
    { action: 'editedMany', steps: 3, undoable: true, undoneBySeq: null },
  ])
  expect(await admin.history.batch({ batchId: batchId ?? '' })).toMatchObject({ commands: 2, records: MANY - 100 })
})

it('a transfer says how many and to whom', async () => {
  const ownerId = office.colleague.employeeId
  const { name } = office.colleague
  await admin.customers.editMany({ selection: { ids: ids.slice(0, 5) }, values: { ownerId } })
  await admin.customers.editMany({ selection: { ids: ids.slice(0, 2) }, values: { ownerId: null } })
  expect((await newest()).map(({ facts }) => [facts.records, facts.owner])).toEqual([
    [2, { name: null }],
    [5, { name }],
  ])
})

it('an export says how many rows and by which filter, with the names in it', async () => {
  const ownerId = office.colleague.employeeId ?? ''
  const filter = { combinator: 'and' as const, rules: [{ field: 'ownerId', operator: 'in' as const, value: [ownerId] }] }
  await admin.exports.start({ entity: 'customer', format: 'csv', selection: { which: { search: '成批', filter }, except: [] } })
  await admin.exports.start({ entity: 'customer', format: 'xlsx', selection: { ids: ids.slice(0, 4) } })
  const [chosen, found] = await newest()
  expect(chosen).toMatchObject({ action: 'exported', facts: { records: 4, format: 'xlsx', which: { chosen: 4, filter: null } } })
  expect(found).toMatchObject({
    action: 'exported',
    undoable: false,
    facts: { records: 3, which: { chosen: null, search: '成批', filter, names: { [ownerId]: office.colleague.name } } },
  })
})
