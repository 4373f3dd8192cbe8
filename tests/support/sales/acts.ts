import fc from 'fast-check'

/** A line as somebody writes it: a thing of the stock or a service, ten-thousandths of a piece, fen for one, percent off. */
export type Line = { thing: number | null; units: number; priceFen: number; discount: string }
/** What of money or paper is said to be for an order: so many thousandths of what is open of it. */
export type Share = { order: number; plan: number | null; mille: number }

/** What may be done; numbers choose among what is there, and reach beyond what is allowed now and then. */
export type Act =
  | { do: 'in' | 'out' | 'count'; thing: number; units: number; beyond: boolean }
  | { do: 'transfer'; thing: number; units: number; back: boolean }
  | { do: 'buy'; purchase: number; units: number }
  | { do: 'deal'; amount: number | null }
  | { do: 'move'; deal: number; stage: number; amount: number | null; reason: boolean }
  | { do: 'dealLines'; deal: number; lines: readonly Line[]; byHand: boolean | null }
  | { do: 'quote'; deal: number | null; lines: readonly Line[]; mille: number }
  | { do: 'quoteLines'; quote: number; lines: readonly Line[]; mille: number }
  | { do: 'quoteStep'; quote: number; to: 'next' | 'send' | 'accept' | 'reject' | 'renew' | 'submit' }
  | { do: 'order'; lines: readonly Line[]; mille: number }
  | { do: 'orderOf'; from: 'quote' | 'deal'; n: number }
  | { do: 'confirm' | 'cancel' | 'drop'; order: number }
  | { do: 'deliver'; order: number; beyond: boolean }
  | { do: 'amend'; order: number; lines: readonly Line[]; mille: number }
  | {
      do: 'plan'
      order: number
      kept: readonly boolean[]
      isVoid: number | null
      more: readonly { mille: number; days: number }[]
    }
  | { do: 'pay'; shares: readonly Share[]; more: number; keepRest: boolean }
  | { do: 'allocate'; payment: number; shares: readonly Share[] }
  | { do: 'refund'; payment: number; mille: number; order: number | null }
  | { do: 'takePayment'; payment: number; refund: number | null }
  | { do: 'invoice'; shares: readonly Share[] }
  | { do: 'invoiceStep'; invoice: number; to: 'issue' | 'post' | 'void' | 'edit' | 'remove'; mille: number }
  | { do: 'wait'; days: number }
  | { do: 'undo' }

export const THINGS = 2
const units = fc.integer({ min: 1, max: 60_000 })
const thing = fc.nat({ max: THINGS - 1 })
const some = fc.nat({ max: 9 })
const seldom = fc.integer({ min: 0, max: 4 }).map((n) => n === 0)
const often = seldom.map((is) => !is)
const orNull = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null, freq: 2 })
/** Of what is open; a tenth reaches beyond it. */
const mille = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 1000 }) },
  { weight: 1, arbitrary: fc.nat({ max: 1150 }) },
)
/** Of a sum: mostly little of it. */
const off = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.nat({ max: 90 }) },
  { weight: 1, arbitrary: fc.nat({ max: 1100 }) },
)
const line = fc.record({
  thing: fc.oneof({ weight: 3, arbitrary: thing }, { weight: 1, arbitrary: fc.constant(null) }),
  units: fc.integer({ min: 1, max: 40_000 }),
  priceFen: fc.nat({ max: 9_000 }),
  discount: fc.constantFrom('0', '0', '5', '12.5', '33.33'),
})
const lines = fc.array(line, { minLength: 1, maxLength: 3 })
const share = fc.record({ order: some, plan: orNull(fc.nat({ max: 3 })), mille })
const shares = fc.array(share, { minLength: 1, maxLength: 2 })
const is = <T extends string>(...names: T[]): fc.Arbitrary<T> => fc.constantFrom(...names)
const amount = fc.option(fc.nat({ max: 90_000 }), { nil: null, freq: 4 })

const stock: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: is('in'), thing, units, beyond: fc.constant(false) }) },
  { weight: 2, arbitrary: fc.record({ do: is('out', 'count'), thing, units, beyond: seldom }) },
  { weight: 1, arbitrary: fc.record({ do: is('transfer'), thing, units, back: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: is('buy'), purchase: some, units }) },
)
const offers: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: is('deal'), amount }) },
  { weight: 5, arbitrary: fc.record({ do: is('move'), deal: some, stage: some, amount, reason: often }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: is('dealLines'),
      deal: some,
      lines: fc.oneof(lines, fc.constant([])),
      byHand: orNull(fc.boolean()),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: is('quote'), deal: orNull(some), lines, mille: off }) },
  { weight: 1, arbitrary: fc.record({ do: is('quoteLines'), quote: some, lines, mille: off }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: is('quoteStep'),
      quote: some,
      to: is('next', 'next', 'next', 'next', 'send', 'accept', 'reject', 'renew', 'submit'),
    }),
  },
)
const orders: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: is('order'), lines, mille: off }) },
  { weight: 4, arbitrary: fc.record({ do: is('orderOf'), from: is('quote', 'deal'), n: some }) },
  { weight: 6, arbitrary: fc.record({ do: is('confirm'), order: some }) },
  { weight: 3, arbitrary: fc.record({ do: is('amend'), order: some, lines, mille: off }) },
  { weight: 3, arbitrary: fc.record({ do: is('deliver'), order: some, beyond: seldom }) },
  { weight: 2, arbitrary: fc.record({ do: is('cancel', 'drop'), order: some }) },
)
const plan = fc.record({
  do: is('plan'),
  order: some,
  kept: fc.array(often, { minLength: 4, maxLength: 4 }),
  isVoid: fc.option(fc.nat({ max: 3 }), { nil: null, freq: 3 }),
  more: fc.array(fc.record({ mille: fc.integer({ min: 1, max: 700 }), days: fc.integer({ min: -10, max: 40 }) }), {
    maxLength: 2,
  }),
})
const money: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: plan },
  {
    weight: 5,
    arbitrary: fc.record({
      do: is('pay'),
      shares,
      more: fc.oneof(fc.constant(0), fc.integer({ min: -50, max: 4_000 })),
      keepRest: often,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: is('allocate'), payment: some, shares: fc.oneof(shares, fc.constant([])) }) },
  { weight: 3, arbitrary: fc.record({ do: is('refund'), payment: some, mille, order: orNull(some) }) },
  { weight: 1, arbitrary: fc.record({ do: is('takePayment'), payment: some, refund: orNull(some) }) },
  { weight: 3, arbitrary: fc.record({ do: is('invoice'), shares }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: is('invoiceStep'),
      invoice: some,
      to: is('issue', 'issue', 'post', 'void', 'edit', 'remove'),
      mille,
    }),
  },
)
const LAST = -1
const one = <Do extends Act['do']>(
  named: Do,
  rest: { [Key in Exclude<keyof Extract<Act, { do: Do }>, 'do'>]: fc.Arbitrary<unknown> },
) => fc.record({ do: fc.constant(named), ...rest }) as unknown as fc.Arbitrary<Act>
const last = fc.constant(LAST)
const paid = one('pay', { shares: fc.tuple(share), more: fc.constant(0), keepRest: often })
const step = (to: string) => one('invoiceStep', { invoice: last, to: fc.constant(to), mille })
const next = one('quoteStep', { quote: last, to: fc.constant('next') })
const none = fc.constant(0)
const ordered = [one('order', { lines, mille: none }), one('confirm', { order: last })]
const WON = -2
/** What a good day is made of, each step done to what the one before has made. */
export const story: fc.Arbitrary<readonly Act[]> = fc.oneof(
  fc.tuple(one('in', { thing, units, beyond: fc.constant(false) }), ...ordered, one('deliver', { order: last, beyond: seldom })),
  fc.tuple(
    ...ordered,
    one('plan', { order: last, kept: fc.constant([]), isVoid: fc.constant(null), more: plan.map(({ more }) => more) }),
    paid,
    paid,
  ),
  fc.tuple(...ordered, one('invoice', { shares }), step('issue'), step('post')),
  fc.tuple(
    one('deal', { amount }),
    one('dealLines', { deal: last, lines, byHand: orNull(fc.boolean()) }),
    one('move', { deal: last, stage: fc.constant(WON), amount: fc.constant(null), reason: often }),
    one('orderOf', { from: fc.constant('deal'), n: last }),
    one('confirm', { order: last }),
    paid,
  ),
  fc.tuple(
    one('quote', { deal: fc.constant(null), lines, mille: none }),
    next,
    next,
    next,
    one('orderOf', { from: fc.constant('quote'), n: last }),
    one('confirm', { order: last }),
  ),
)
/** Anything at all, in the proportion of a working day. */
export const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: stock },
  { weight: 6, arbitrary: offers },
  { weight: 8, arbitrary: orders },
  { weight: 8, arbitrary: money },
  { weight: 1, arbitrary: fc.record({ do: is('wait'), days: fc.integer({ min: 1, max: 20 }) }) },
  { weight: 2, arbitrary: fc.record({ do: is('undo') }) },
)
