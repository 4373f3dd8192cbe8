import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { contactEntity } from '../contacts/entity.ts'
import { customerEntity } from '../customers/entity.ts'
import { followUpEntity } from '../follow-ups/entity.ts'
import { headerKey, isTotalRow, type MappingTarget, mapColumns } from './mapping.ts'

type Sheet = { name: string; columns: { header: string; samples: string[]; target: string | null }[] }
const { sheets } = JSON.parse(readFileSync(new URL('../../../tests/fixtures/header-variants.json', import.meta.url), 'utf8')) as {
  sheets: Sheet[]
}

const targets: MappingTarget[] = [customerEntity, contactEntity, followUpEntity].flatMap((entity) =>
  entity.fields
    .filter((field) => field.synonyms && (!field.readOnly || field.importBy))
    .map((field) => ({
      entity: entity.name,
      field: field.key,
      type: field.type,
      synonyms: field.synonyms ?? [],
      repeatable: field.type === 'tags',
    })),
)

describe('mapping of columns', () => {
  it('maps at least 95 % of the frozen header variants without help', () => {
    const wrong: string[] = []
    let total = 0
    for (const sheet of sheets) {
      const mapped = mapColumns(sheet.columns, targets)
      for (const [at, column] of sheet.columns.entries()) {
        total++
        const got = mapped[at]?.target
        const answer = got ? `${got.entity}.${got.field}` : null
        if (answer !== column.target) wrong.push(`${sheet.name}: ${column.header} → ${answer}, not ${column.target}`)
      }
    }
    expect(total).toBeGreaterThanOrEqual(50)
    expect((total - wrong.length) / total, wrong.join('\n')).toBeGreaterThanOrEqual(0.95)
  })

  it('gives a field once, the surest column first', () => {
    const mapped = mapColumns(
      [
        { header: '备用联系电话', samples: [] },
        { header: '联系电话', samples: ['13805126621'] },
      ],
      targets,
    )
    expect(mapped[1]?.target).toEqual({ entity: 'customer', field: 'phone' })
    expect(mapped[0]?.target).toEqual({ entity: 'customer', field: 'phone2' })
  })

  it.each([
    ['跟单人', 'customer.ownerId', '陈思远'],
    ['业务跟单', 'customer.ownerId', '陈思远'],
    ['跟单员', 'customer.ownerId', '陈思远'],
    ['老板', 'contact.name', '王建国'],
    ['店主', 'contact.name', '王建国'],
    ['掌柜', 'contact.name', '王建国'],
    ['法定代表人', 'contact.name', '王建国'],
    ['公海', 'customer.poolId', '华东公海'],
    ['所属公海', 'customer.poolId', '华东公海'],
    ['固话', 'customer.phone', '0512-66218800'],
    ['座机号', 'customer.phone', '0512-66218800'],
    ['办公电话', 'customer.phone', '0512-66218800'],
  ])('knows %s as %s', (header, wanted, sample) => {
    const mapped = mapColumns(
      [
        { header: '单位全称', samples: ['海川自动化有限公司'] },
        { header, samples: [sample] },
      ],
      targets,
    )
    expect(`${mapped[1]?.target?.entity}.${mapped[1]?.target?.field}`).toBe(wanted)
  })

  it('takes a question of yes or no for no name', () => {
    const columns = [
      { header: '客户名称', samples: ['海川自动化有限公司'] },
      { header: '是否公海', samples: ['是', '否'] },
    ]
    expect(mapColumns(columns, targets)[1]?.target).toBeNull()
  })

  it('follows what was chosen before', () => {
    const memory = new Map([[headerKey('代号 *'), { entity: 'customer', field: 'note' }]])
    expect(mapColumns([{ header: '代号', samples: [] }], targets, memory)[0]).toEqual({
      column: 0,
      target: { entity: 'customer', field: 'note' },
      confidence: 1,
      because: 'memory',
    })
  })

  it('knows total rows', () => {
    for (const row of [
      ['合计', '', '3'],
      ['', '总 计', '5'],
      ['本页小计：', '1'],
      ['Total', '9'],
      ['Grand Total', '1'],
      ['Subtotal: 5'],
    ])
      expect(isTotalRow(row), row.join()).toBe(true)
    for (const row of [['合计划科技有限公司'], ['总计量院', '1'], ['Total Energies SE'], ['', '']])
      expect(isTotalRow(row), row.join()).toBe(false)
  })

  it('a number of the customer stands in for the name where the sheet has no other', () => {
    const invoices = ['InvoiceNo', 'Quantity', 'CustomerID', 'Country'].map((header) => ({ header, samples: ['17850', '6'] }))
    const mapped = mapColumns(invoices, targets)
    expect(mapped[2]).toMatchObject({ target: { entity: 'customer', field: 'name' }, confidence: 0.55 })
    const named = mapColumns([...invoices, { header: '公司名称', samples: ['海川自动化有限公司'] }], targets)
    expect(named[2]?.target).toBeNull()
    expect(named[4]?.target).toEqual({ entity: 'customer', field: 'name' })
  })
})
