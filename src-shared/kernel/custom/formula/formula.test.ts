import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FieldDescriptor } from '../../entity.ts'
import { checkFormula, type Computed, formulaFields, type FormulaRow } from './program.ts'
import { compare, fromDecimal, rational, round, roundedUnits } from '../../rational.ts'
import { FormulaProblem, withKeys, withLabels } from './tokens.ts'

const fields: FieldDescriptor[] = [
  { key: 'name', type: 'text' },
  { key: 'tags', type: 'tags' },
  { key: 'createdAt', type: 'instant' },
  { key: 'cf_money', type: 'money', label: '采购额' },
  { key: 'cf_paid', type: 'money', label: '已付' },
  { key: 'cf_rate', type: 'number', label: '费率' },
  { key: 'cf_n', type: 'number', label: '人数' },
  { key: 'cf_day', type: 'date', label: '签约日' },
  { key: 'cf_yes', type: 'boolean', label: '开票' },
  {
    key: 'cf_kind',
    type: 'select',
    label: '类型',
    choices: [
      { value: 'o_1', label: '直营', tone: 'ink' },
      { value: 'o_2', label: '加盟', tone: 'ink' },
    ],
  },
]
const env = { today: () => '2026-11-22', zone: () => 'Asia/Shanghai' }
const row = (source: string, key = 'cf_f', precision?: number): FormulaRow => ({
  field: { key, type: 'text', label: key, ...(precision !== undefined && { precision }) },
  source,
})
const made = (source: string, precision?: number): FieldDescriptor => checkFormula(fields, [], row(source, 'cf_f', precision))
const value = (source: string, record: Record<string, unknown> = {}, precision?: number): Computed | undefined =>
  made(source, precision).formula?.compute((key) => record[key], env)
const problem = (source: string, others: FormulaRow[] = []): string => {
  try {
    checkFormula(fields, others, row(source))
    return 'sound'
  } catch (error) {
    if (error instanceof FormulaProblem) return error.code
    throw error
  }
}

describe('a formula', () => {
  it('reckons by the usual precedence', () => {
    expect(value('1 + 2 * 3 - -4')).toBe(11)
    expect(value('(1 + 2) * 3 % 4')).toBe(1)
    expect(value('10 / 4')).toBe(2.5)
    expect(value('-7 % 3')).toBe(2)
    expect(value('1 + 1 = 2')).toBe(true)
    expect(value('"甲" & 1 + 1')).toBe('甲2')
  })

  it('keeps amounts exact to the fen, halves away from zero', () => {
    expect(value('{cf_money} * 1.005', { cf_money: 100 })).toBe(101)
    expect(value('{cf_money} * 1.005', { cf_money: -100 })).toBe(-101)
    expect(value('{cf_money} / 3 * 3', { cf_money: 100 })).toBe(100)
    expect(value('{cf_money} + 0.1 + 0.2', { cf_money: 0 })).toBe(30)
    expect(value('{cf_money} * {cf_rate}', { cf_money: 999_999_999_99, cf_rate: 0.1 })).toBe(10_000_000_000)
    expect(made('{cf_money} / {cf_paid}').type).toBe('number')
    expect(made('{cf_money} * 2').type).toBe('money')
    expect(value('0.1 + 0.2')).toBe(0.3)
    expect(value('2 / 3', {}, 2)).toBe(0.67)
  })

  it('is exact for whatever amounts and rates', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e10, max: 1e10 }), fc.integer({ min: 0, max: 9_999_999 }), (fen, rate) => {
        const exact = BigInt(fen) * BigInt(rate)
        const half = exact < 0n ? -500_000n : 500_000n
        expect(value('{cf_money} * {cf_rate}', { cf_money: fen, cf_rate: rate / 1_000_000 })).toBe(
          Number((exact + half) / 1_000_000n),
        )
      }),
    )
  })

  it('tells dates apart by days', () => {
    expect(value('days({cf_day}, today())', { cf_day: '2026-11-12' })).toBe(10)
    expect(value('今天() - {cf_day}', { cf_day: '2026-02-28' })).toBe(267)
    expect(value('{cf_day} + 1', { cf_day: '2028-02-28' })).toBe('2028-02-29')
    expect(value('year({cf_day}) * 100 + month({cf_day})', { cf_day: '2026-03-05' })).toBe(202_603)
    expect(value('days({createdAt}, today())', { createdAt: '2026-11-21T16:30:00.000Z' })).toBe(0)
    expect(value('{cf_day} + 99999999', { cf_day: '2026-01-01' })).toEqual({ error: 'tooLarge' })
  })

  it('chooses, joins and takes the first that is there', () => {
    expect(value('if({cf_kind} = "直营", "自有", "合作")', { cf_kind: 'o_1' })).toBe('自有')
    expect(value('如果（{cf_n} ≥ 10，“大”，“小”）', { cf_n: 12 })).toBe('大')
    expect(value('join("、", {name}, {cf_kind}, "")', { name: '越纺', cf_kind: 'o_2' })).toBe('越纺、加盟')
    expect(value('coalesce({cf_paid}, {cf_money}, 0)', { cf_money: 500 })).toBe(500)
    expect(value('max({cf_n}, 3, min(9, 7))', { cf_n: null })).toBe(7)
    expect(value('and({cf_yes}, not(isempty({cf_n})))', { cf_yes: 1, cf_n: 0 })).toBe(true)
  })

  it('is empty where what it reckons with is empty, and says when it cannot', () => {
    expect(value('{cf_money} * 2', {})).toBe(null)
    expect(value('{cf_n} > 1', {})).toBe(false)
    expect(value('1 / {cf_n}', { cf_n: 0 })).toEqual({ error: 'divisionByZero' })
    expect(value('1 % {cf_n}', { cf_n: 0 })).toEqual({ error: 'divisionByZero' })
    expect(value('if({cf_n} = 0, 0, 1 / {cf_n})', { cf_n: 0 })).toBe(0)
    expect(value('999999999 * 999999999')).toEqual({ error: 'tooLarge' })
  })

  it('is refused with its place where it makes no sense', () => {
    expect(problem('')).toBe('empty')
    expect(problem('1 +')).toBe('unexpected')
    expect(problem('1 2')).toBe('unexpected')
    expect(problem('(1')).toBe('unexpected')
    expect(problem('"a')).toBe('textNotClosed')
    expect(problem('{cf_n')).toBe('fieldNotClosed')
    expect(problem('{cf_gone} + 1')).toBe('unknownField')
    expect(problem('{tags} & "a"')).toBe('unusableField')
    expect(problem('eval("1")')).toBe('unknownFunction')
    expect(problem('constructor(1)')).toBe('unknownFunction')
    expect(problem('if(1, 2)')).toBe('types')
    expect(problem('round(1, 9)')).toBe('types')
    expect(problem('days({cf_day})')).toBe('arguments')
    expect(problem('{cf_money} * {cf_paid}')).toBe('types')
    expect(problem('{name} + 1')).toBe('types')
    expect(problem('{cf_day} < 5')).toBe('types')
    expect(problem('1;drop')).toBe('unexpected')
    expect(problem(`${'('.repeat(500)}1${')'.repeat(500)}`)).toBe('tooLong')
    expect(problem('1'.padEnd(3000, '+1'))).toBe('tooLong')
  })

  it('may rest on others, but not on itself', () => {
    const others = [row('{cf_money} - {cf_paid}', 'cf_open'), row('{cf_open} / 2', 'cf_half')]
    const [open, half] = formulaFields(fields, others)
    expect(half?.formula?.inputs).toEqual(['cf_money', 'cf_paid'])
    expect(half?.formula?.compute((key) => ({ cf_money: 300, cf_paid: 100 })[key], env)).toBe(100)
    expect(open?.type).toBe('money')
    expect(problem('{cf_f} + 1')).toBe('cycle')
    expect(() => checkFormula(fields, others, row('{cf_half}', 'cf_open'))).toThrow(FormulaProblem)
    const doubling = Array.from({ length: 60 }, (_, at) =>
      row(at === 0 ? '1' : `max({cf_${at - 1}}, {cf_${at - 1}}) + {cf_${at - 1}} - {cf_${at - 1}}`, `cf_${at}`),
    )
    expect(
      formulaFields(fields, doubling)
        .at(-1)
        ?.formula?.compute(() => null, env),
    ).toBe(1)
    const circle = formulaFields(fields, [row('{cf_b}', 'cf_a'), row('{cf_a}', 'cf_b'), row('1 + 1', 'cf_c')])
    expect(circle.map(({ formula }) => formula?.compute(() => null, env))).toEqual([{ error: 'broken' }, { error: 'broken' }, 2])
  })

  it('names fields by key, and is read by their labels', () => {
    const keyOf = (label: string) => fields.find((field) => field.label === label)?.key
    const kept = withKeys('[采购额] / 【人数】 & "[已付]"', keyOf)
    expect(kept).toBe('{cf_money} / {cf_n} & "[已付]"')
    expect(withLabels(kept, (key) => fields.find((field) => field.key === key)?.label)).toBe('[采购额] / [人数] & "[已付]"')
    expect(() => withKeys('[没有]', keyOf)).toThrow(FormulaProblem)
  })
})

it('exact numbers agree with whole-number arithmetic', () => {
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 12n), 10n ** 12n), fc.bigInt(1n, 10n ** 9n), (n, d) => {
      const one = rational(n, d)
      expect(one.n * d).toBe(n * one.d)
      expect(compare(round(one, 3), one) <= 0 || compare(round(one, 3), one) > 0).toBe(true)
      const off = roundedUnits(one, 2) * d * 2n - n * 200n
      expect(off <= d && off >= -d).toBe(true)
    }),
  )
  expect(fromDecimal('12.50')).toEqual({ n: 25n, d: 2n })
  expect(fromDecimal('1e5')).toBe(null)
})
