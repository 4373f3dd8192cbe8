// Leads out of sheets: phones cleaned, sources by their names, told where a customer or another lead is the same.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportList } from '../../src-main/features/exports/public.ts'
import { undoImport } from '../../src-main/features/imports/public.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { type Client, clientAs, type TestBackend } from '../support/backend.ts'
import { gridOf, saved } from '../support/editedExport.ts'
import { addPerson } from '../support/factories.ts'
import { begun } from '../support/pipelineFiles.ts'
import { bring, csvFile, digestOf, outFile, rowsOf, toldRows } from './importFixtures.ts'

const HEAD = ['线索名称', '公司', '手机', '来源', '状态', '负责人', '留资时间', '城市', '备注']
const ROWS = [
  ['王海峰', '绍兴越纺印染有限公司', '139 0001 0001', '展会', '新', '林晓', '2026-03-02 10:30', '绍兴市', '想看样品'],
  ['', '宁波海工有限公司', '+86-13900010002', '不知哪来', '已联系', '', '2026-03-03', '宁波市', ''],
  ['李秀兰', '', '13900010003', '', '已转化', '', '', '', ''],
  ['王海峰先生', '绍兴越纺印染有限公司', '13900010001', '', '', '', '', '', ''],
]

describe('leads of a sheet', () => {
  let backend: TestBackend
  let admin: Actor
  let client: Client
  beforeAll(async () => {
    ;({ backend, admin } = await begun())
    client = clientAs(backend.backend, admin)
    await addPerson(backend, { name: '林晓', roles: ['sales'] })
    await bring(
      backend,
      admin,
      csvFile([
        ['公司', '电话'],
        ['宁波海工有限公司', '13900010002'],
      ]),
    )
  })
  afterAll(() => backend.dispose())
  const leads = () =>
    rowsOf(
      backend,
      `select l.name, l.company, l.phone, s.name as source, l.status, e.name as owner, substr(l.arrived_at, 1, 16) as arrived
       from lead l left join lead_source s on s.id = l.source_id left join employee e on e.id = l.owner_id order by l.phone`,
    )

  it('come in as a form makes them; a second time nothing doubles, an undo leaves nothing', async () => {
    const before = digestOf(backend)
    const first = await bring(backend, admin, csvFile([HEAD, ...ROWS]), { entity: 'lead' })
    expect(first.mapping.map(({ target }) => target)).toEqual([
      'lead.name',
      'lead.company',
      'lead.phone',
      'lead.sourceId',
      'lead.status',
      'lead.ownerId',
      'lead.arrivedAt',
      'lead.city',
      'lead.note',
    ])
    // The last row is the first again.
    expect(first).toMatchObject({ rowsRead: 4, created: 3, failed: 0 })
    expect(leads()).toEqual([
      {
        name: '王海峰',
        company: '绍兴越纺印染有限公司',
        phone: '+8613900010001',
        source: '展会',
        status: 'new',
        owner: '林晓',
        arrived: '2026-03-02T02:30',
      },
      expect.objectContaining({
        name: '宁波海工有限公司',
        phone: '+8613900010002',
        source: null,
        status: 'contacted',
        owner: null,
      }),
      expect.objectContaining({ name: '李秀兰', status: 'new' }),
    ])
    const page = await client.imports.check({ id: first.importId, filter: 'all', offset: 0, limit: 10 })
    expect(page.rows.map(({ problems }) => problems.map(({ code }) => code))).toEqual([
      [],
      ['value.unknown', 'lead.customerThere'],
      ['lead.closedStatus'],
      [],
    ])
    const after = digestOf(backend)
    for (const onDuplicate of ['skip', 'fill', 'update'] as const) {
      const again = await bring(backend, admin, csvFile([HEAD, ...ROWS.slice(0, 3)]), { entity: 'lead', onDuplicate })
      expect(again).toMatchObject({ created: 0, updated: 0, skipped: 3, failed: 0 })
      expect(digestOf(backend)).toBe(after)
    }
    const file = csvFile([HEAD.slice(0, 5), ['王海峰', '绍兴越纺印染有限公司', '139 0001 0001', '', '已联系']])
    const { rows } = await toldRows(backend, admin, { entity: 'lead', file, onDuplicate: 'update' })
    expect(rows).toEqual([{ outcome: 'skipped', reason: 'lead.statusKept' }])
    await undoImport(backend.backend, admin, first.importId)
    expect(digestOf(backend)).toBe(before)
  })

  it('tell an owner once of all that are his, and come back from an export with the edited cells changed', async () => {
    await bring(backend, admin, csvFile([HEAD, ROWS[0] ?? [], ['赵一', '', '13900010009', '', '', '林晓', '', '', '']]), {
      entity: 'lead',
    })
    expect(rowsOf(backend, "select many from notification where kind = 'leadAssigned' order by seq")).toEqual([
      { many: 1 },
      { many: 2 },
    ])
    const out = outFile()
    await exportList(backend.backend, admin, { entity: 'lead', out, format: 'xlsx' })
    const before = leads()
    expect(await bring(backend, admin, out, { entity: 'lead', onDuplicate: 'update' })).toMatchObject({ updated: 0, failed: 0 })
    const grid = await gridOf(out)
    const at = (header: string): number => (grid[0] ?? []).indexOf(header)
    const rows = grid.slice(1).map((row) => [...row])
    const edited = rows.find((row) => row[at('线索名称')] === '赵一')
    if (edited) edited[at('公司')] = '赵一贸易'
    const done = await bring(backend, admin, await saved(backend, [grid[0] ?? [], ...rows], 'xlsx'), {
      entity: 'lead',
      onDuplicate: 'update',
    })
    expect(done).toMatchObject({ updated: 1, failed: 0 })
    expect(leads()).toEqual(before.map((row) => (row['name'] === '赵一' ? { ...row, company: '赵一贸易' } : row)))
  })
})
