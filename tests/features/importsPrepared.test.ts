import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { customerImporter } from '../../src-main/features/customers/importer.ts'
import { cleanerFor, type MappedColumn } from '../../src-main/features/imports/clean.ts'
import { Matcher } from '../../src-main/features/imports/match.ts'
import type { Parts } from '../../src-main/kernel/importer.ts'
import { DEFAULT_OPTIONS, type TargetKey } from '../../src-shared/features/imports/model.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'

const target = (entity: TargetKey['entity'], field: string): TargetKey => ({ entity, field })
const COLUMNS: MappedColumn[] = [
  { index: 0, header: '客户名称', target: target('customer', 'name') },
  { index: 1, header: '级别', target: target('customer', 'level') },
  { index: 2, header: '标签', target: target('customer', 'tags') },
  { index: 3, header: '下次跟进', target: target('customer', 'nextFollowUpAt') },
  { index: 4, header: '备注', target: target('customer', 'note') },
  { index: 5, header: '负责人', target: target('customer', 'ownerId') },
  { index: 6, header: '标签二', target: target('customer', 'tags') },
]
const cleaner = () =>
  cleanerFor({
    importer: customerImporter,
    columns: COLUMNS,
    options: DEFAULT_OPTIONS,
    people: { idByName: new Map([['顾建国', 'E1']]), left: new Set(), userOf: new Map() },
    pools: { idByName: new Map(), ids: new Set() },
    zone: 'Asia/Shanghai',
    today: '2026-03-05',
    areaCode: '0512',
  })

describe('a cell that was read before', () => {
  it('does to its row what the first one did, whatever the rows between', () => {
    const cell = fc.constantFrom(
      '达科物流',
      ' 达科（物流）',
      'A级',
      'vip',
      '无',
      '',
      'x',
      '老客户、展会',
      '2026/3/5',
      '二月三十',
      '價格 敏感',
      '顾建国',
      '顾 建国',
      '#N/A',
      { date: '2026-03-05T00:00:00' },
      { error: '#REF!' },
      46_000,
      null,
    )
    const row = fc.array(cell, { minLength: COLUMNS.length, maxLength: COLUMNS.length })
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), (rows) => {
        const one = cleaner()
        for (const cells of [...rows, ...rows])
          expect(one.clean(cells, COLUMNS.length)).toEqual(cleaner().clean(cells, COLUMNS.length))
      }),
      { numRuns: 60 },
    )
  })

  it('shares nothing that a later step could change in both', () => {
    const one = cleaner()
    const cells = ['达科物流', 'D', '老客户', '二月三十', null, null, null]
    const [first, second] = [one.clean(cells, 7), one.clean(cells, 7)]
    const tags: unknown = first.parts.customer?.[0]?.['tags']
    if (Array.isArray(tags)) tags.push('另一个')
    expect(first.parts).not.toEqual(second.parts)
    for (const problem of first.problems) problem.code = 'changed'
    expect(second).toEqual(cleaner().clean(cells, 7))
    expect(one.clean(cells, 7)).toEqual(second)
  })
})

describe('rows of one file', () => {
  const nobody = { permissions: {}, fieldRights: {}, owners: {} } as unknown as Actor
  const partsOf = (row: number): Parts => ({
    customer: [{ name: `客户${row}`, phone: `+86138${String(row % 3_000).padStart(8, '0')}`, city: '苏州市' }],
  })

  it('are found again however far back they stand, by what was staged', () => {
    const asked: number[] = []
    const matcher = new Matcher({
      importer: customerImporter,
      read: () => [],
      actor: nobody,
      identity: DEFAULT_OPTIONS.identity,
      matching: 'zh',
      base: null,
      staged: (row) => {
        asked.push(row)
        return partsOf(row)
      },
    })
    for (let row = 0; row < 3_000; row++) expect(matcher.match(matcher.look(row, partsOf(row)), false).match).toBeNull()
    const again = matcher.match(matcher.look(3_000, partsOf(3_000)), false)
    expect(again.match).toMatchObject({ target: { row: 0 }, name: '客户0' })
    expect(asked).toEqual([0])
    // Row 0 is at hand now.
    matcher.match(matcher.look(3_001, { customer: [{ ...partsOf(0).customer?.[0] }] }), false)
    expect(asked).toEqual([0, 3_000])
  })
})
