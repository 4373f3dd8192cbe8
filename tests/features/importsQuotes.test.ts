// Quotes out of sheets, with their lines and where they stand; what an approval is still wanted for comes in as a draft.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportList } from '../../src-main/features/exports/public.ts'
import { undoImport } from '../../src-main/features/imports/public.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { clientAs, type TestBackend } from '../support/backend.ts'
import { actorOf, addPerson } from '../support/factories.ts'
import { begun } from '../support/pipelineFiles.ts'
import { bring, csvFile, digestOf, outFile, rowsOf, toldRows } from './importFixtures.ts'

const HEAD = ['报价单号', '报价名称', '客户', '状态', '报价日期', '有效期至', '产品', '规格', '数量', '单价', '折扣', '报价金额']
const ROWS = [
  ['BJ-1', '一期', '绍兴越纺印染有限公司', '已成交', '2026-03-02', '2026-04-01', '示例法兰', 'DN50', '10', '100', '', '1500'],
  ['BJ-1', '', '', '', '', '', '安装', '', '1', '600', '', '1500'],
  ['BJ-2', '二期', '绍兴越纺印染有限公司', '已发送', '2026-11-20', '2027-12-31', '示例法兰', '', '1', '100', '5折', ''],
  ['BJ-3', '三期', '绍兴越纺印染有限公司', '审批中', '2026-03-02', '', '', '', '', '', '', '80'],
  ['BJ-4', '无客户', '没有这家', '已发送', '2026-03-02', '', '示例法兰', '', '1', '', '', '70'],
]

describe('quotes of a sheet', () => {
  let backend: TestBackend
  let admin: Actor
  beforeAll(async () => {
    ;({ backend, admin } = await begun())
    await bring(backend, admin, csvFile([['公司'], ['绍兴越纺印染有限公司']]))
    await bring(
      backend,
      admin,
      csvFile([
        ['产品编号', '产品名称', '标准价'],
        ['P-1', '示例法兰', '100'],
      ]),
      { entity: 'product' },
    )
  })
  afterAll(() => backend.dispose())
  const quotes = () =>
    rowsOf(
      backend,
      `select q.number, q.state, q.total_fen as total, q.discount_fen as off, q.mark is not null as marked,
        (select group_concat(l.name || ' ' || coalesce(l.spec, '-') || ' ' || l.quantity || '×' || l.price_fen || ' ' || l.discount, '; ') from quote_line l where l.quote_id = q.id) as lines
       from quote q order by q.number`,
    )

  it('come in with their lines; a second time nothing doubles, an undo leaves nothing', async () => {
    const before = digestOf(backend)
    const first = await bring(backend, admin, csvFile([HEAD, ...ROWS]), { entity: 'quote' })
    expect(first).toMatchObject({ rowsRead: 5, created: 3, updated: 1, failed: 1 })
    expect(quotes()).toEqual([
      {
        number: 'BJ-1',
        state: 'accepted',
        total: 150_000,
        off: 10_000,
        marked: 1,
        lines: '示例法兰 DN50 10×10000 0; 安装 - 1×60000 0',
      },
      // Half the price asks for an approval before it goes out.
      { number: 'BJ-2', state: 'draft', total: 5_000, off: 0, marked: 0, lines: '示例法兰 - 1×10000 50' },
      { number: 'BJ-3', state: 'draft', total: 8_000, off: 0, marked: 0, lines: '三期 - 1×8000 0' },
    ])
    const after = digestOf(backend)
    for (const onDuplicate of ['skip', 'fill', 'update'] as const) {
      const again = await bring(backend, admin, csvFile([HEAD, ...ROWS]), { entity: 'quote', onDuplicate })
      expect(again).toMatchObject({ created: 0, updated: 0, skipped: 4, failed: 1 })
      expect(digestOf(backend)).toBe(after)
    }
    // No file sends a quote or has it answered; that it stayed is said.
    const file = csvFile([HEAD.slice(0, 4), ['BJ-3', '三期', '绍兴越纺印染有限公司', '已成交']])
    const { rows } = await toldRows(backend, admin, { entity: 'quote', file, onDuplicate: 'update' })
    expect(rows).toEqual([{ outcome: 'skipped', reason: 'quote.statusKept' }])
    const out = outFile()
    await exportList(backend.backend, admin, { entity: 'quote', out, format: 'xlsx' })
    expect(await bring(backend, admin, out, { entity: 'quote', onDuplicate: 'update' })).toMatchObject({
      updated: 0,
      skipped: 3,
      failed: 0,
    })
    await undoImport(backend.backend, admin, first.importId)
    expect(digestOf(backend)).toBe(before)
  })

  it('accepted below what asks nobody are drafts, but for who manages approvals; each row says so', async () => {
    const { userId } = await addPerson(backend, {
      name: '孙悦',
      roles: ['salesManager', { permissions: { 'imports.readAll': 'all' } }],
    })
    for (const [actor, number, state, reason] of [
      [actorOf(backend, userId), 'BJ-8', 'draft', 'quote.approval'],
      [admin, 'BJ-9', 'accepted', 'quote.unapproved'],
    ] as const) {
      const { name } = await clientAs(backend.backend, actor).customers.create({ name: `${number}的客户` })
      const row = [number, '便宜的', name, '已成交', '2026-03-02', '', '示例法兰', '', '1', '100', '5折', '']
      const { rows } = await toldRows(backend, actor, { entity: 'quote', file: csvFile([HEAD, row]) })
      expect(rows).toEqual([{ outcome: 'created', reason }])
      expect(quotes().find((quote) => quote['number'] === number)).toMatchObject({ state })
    }
  })
})
