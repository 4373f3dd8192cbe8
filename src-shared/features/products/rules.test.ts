import { describe, expect, it } from 'vitest'
import { attempt, Refusal } from '../../kernel/refusal.ts'
import { costOn, isValidOn, pathOf, priceFor, requireNoCycle, requireSoundPeriod, type RuledList, withBelow } from './rules.ts'

const reason = (work: () => void): string | null => {
  const answer = attempt(work)
  return answer instanceof Refusal ? answer.reason : null
}

describe('the cost of a day', () => {
  const costs = [
    { costFen: 300, validFrom: '2026-03-01' },
    { costFen: 100, validFrom: '2026-01-01' },
    { costFen: 200, validFrom: '2026-02-01' },
  ]
  it.each([
    ['2025-12-31', null],
    ['2026-01-01', 100],
    ['2026-01-31', 100],
    ['2026-02-01', 200],
    ['2027-01-01', 300],
  ])('on %s is the last that was valid by then', (day, fen) => expect(costOn(costs, day)?.costFen ?? null).toBe(fen))
  it('is none where there is none', () => expect(costOn([], '2026-01-01')).toBeNull())
})

describe('the price for a customer', () => {
  const list = (id: string, values: Partial<RuledList> = {}): RuledList => ({
    id,
    name: `list ${id}`,
    level: null,
    validFrom: '2026-01-01',
    validTo: null,
    enabled: true,
    position: 0,
    ...values,
  })
  const product = { id: 'p', priceFen: 1000 }
  const item = (listId: string, priceFen: number, productId = 'p') => ({ listId, productId, priceFen })
  const price = (lists: RuledList[], items: ReturnType<typeof item>[], level: string | null = 'A', day = '2026-06-01') =>
    priceFor({ product, lists, items, level, day })

  it('is the standard one where no list names the product', () => {
    expect(price([list('a')], [item('a', 900, 'other')])).toEqual({
      priceFen: 1000,
      from: 'standard',
      because: { key: 'standard' },
    })
    expect(
      priceFor({ product: { id: 'p', priceFen: null }, lists: [], items: [], level: null, day: '2026-01-01' }).because.key,
    ).toBe('noPrice')
  })
  it('is that of the list for his level before that for everybody, wherever they stand', () => {
    const lists = [list('every', { position: 0 }), list('A', { level: 'A', position: 9 })]
    const items = [item('every', 800), item('A', 900)]
    expect(price(lists, items)).toEqual({
      priceFen: 900,
      from: { id: 'A', name: 'list A' },
      because: { key: 'levelList', list: 'list A', level: 'A' },
    })
    expect(price(lists, items, 'B')).toMatchObject({ priceFen: 800, because: { key: 'everyList', list: 'list every' } })
    expect(price(lists, items, null).priceFen).toBe(800)
  })
  it('of two for the same customers is that of the higher one, then of the younger', () => {
    const items = [item('a', 1), item('b', 2)]
    expect(price([list('a', { position: 2 }), list('b', { position: 1 })], items).priceFen).toBe(2)
    expect(price([list('a'), list('b', { validFrom: '2026-02-01' })], items).priceFen).toBe(2)
    expect(price([list('b'), list('a')], items).priceFen).toBe(1)
  })
  it('asks only lists that are switched on and valid on the day, both ends included', () => {
    const one = list('a', { validFrom: '2026-02-01', validTo: '2026-02-28' })
    const on = (day: string) => isValidOn(one, day)
    expect(['2026-01-31', '2026-02-01', '2026-02-28', '2026-03-01'].map(on)).toEqual([false, true, true, false])
    expect(price([list('a', { enabled: false })], [item('a', 1)]).from).toBe('standard')
  })
  it('may be nothing at all: free is a price', () => expect(price([list('a')], [item('a', 0)]).priceFen).toBe(0))
})

describe('categories', () => {
  const tree = [
    { id: '1', name: '五金', parentId: null },
    { id: '2', name: '螺丝', parentId: '1' },
    { id: '3', name: '自攻', parentId: '2' },
    { id: '4', name: '化工', parentId: null },
  ]
  it('are named by the way down', () => expect(pathOf('3', new Map(tree.map((one) => [one.id, one])))).toBe('五金/螺丝/自攻'))
  it('hold what lies under them', () => expect(withBelow('1', tree)).toEqual(['1', '2', '3']))
  it('never lie under themselves', () => {
    expect(reason(() => requireNoCycle('1', '3', tree))).toBe('underItself')
    expect(reason(() => requireNoCycle('1', '1', tree))).toBe('underItself')
    expect(reason(() => requireNoCycle('3', '4', tree))).toBeNull()
    expect(reason(() => requireNoCycle('3', null, tree))).toBeNull()
  })
})

it('a list does not end before it begins', () => {
  expect(reason(() => requireSoundPeriod({ validFrom: '2026-02-01', validTo: '2026-01-31' }))).toBe('endsBeforeItBegins')
  expect(reason(() => requireSoundPeriod({ validFrom: '2026-02-01', validTo: '2026-02-01' }))).toBeNull()
  expect(reason(() => requireSoundPeriod({ validFrom: '2026-02-01', validTo: null }))).toBeNull()
})
