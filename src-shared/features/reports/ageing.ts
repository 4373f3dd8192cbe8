/** How old a debt is: not due on the day, so many days late, or of an order that says no day for it. */
export const AGE_BUCKETS = ['notYet', 'd30', 'd60', 'd90', 'over90', 'unplanned'] as const
export type AgeBucket = (typeof AGE_BUCKETS)[number]
/** What is late at all. */
export const LATE_BUCKETS: readonly AgeBucket[] = ['d30', 'd60', 'd90', 'over90']

type OpenPlan = { readonly id: string; readonly dueOn: string; readonly openFen: number }
export type Owing = {
  /** What the order still owes, in fen; below zero where an import says that too much was paid. */
  readonly dueFen: number
  readonly signedOn: string
  /** Plans that are still waited for. */
  readonly plans: readonly OpenPlan[]
}
/** A part of what an order owes. `day`: when it is due; of what has no plan, when the order was signed. `days`: how late, below one not at all. */
export type Aged = {
  readonly planId: string | null
  readonly day: string
  readonly days: number
  readonly bucket: AgeBucket
  readonly amountFen: number
}

const DAY_MS = 86_400_000
const daysLate = (dueOn: string, on: string): number => (Date.parse(on) - Date.parse(dueOn)) / DAY_MS

/** In which bucket a debt stands that is so many days late. */
export function bucketOf(days: number): AgeBucket {
  if (days < 1) return 'notYet'
  if (days <= 30) return 'd30'
  if (days <= 60) return 'd60'
  return days <= 90 ? 'd90' : 'over90'
}

/**
 * What an order owes by age on a day. Its plans are waited for in the order of their days, up to what is owed: plans may come to more.
 * What they do not cover has no day, so it is never late; it stands under the day of signing.
 * @returns parts that add up to what is owed, none of them zero
 */
export function ageingOf({ dueFen, signedOn, plans }: Owing, on: string): Aged[] {
  const parts: Aged[] = []
  let left = dueFen
  for (const { id, dueOn, openFen } of plans.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0))) {
    const amountFen = Math.min(left, openFen)
    if (amountFen <= 0) continue
    const days = daysLate(dueOn, on)
    parts.push({ planId: id, day: dueOn, days, bucket: bucketOf(days), amountFen })
    left -= amountFen
  }
  if (left !== 0) parts.push({ planId: null, day: signedOn, days: 0, bucket: 'unplanned', amountFen: left })
  return parts
}

/** The numbers of a line, in the order of the page. */
export const AGES = ['due', 'notYet', 'd30', 'd60', 'd90', 'over90', 'unplanned', 'late'] as const
export type AgeKey = (typeof AGES)[number]

/** Fen and how many parts, by bucket, of what is late, and in all. */
export type AgeSums = Readonly<Record<AgeBucket | 'late' | 'due', { readonly count: number; readonly amount: number }>>
/** @returns the sums of parts; those of the buckets add up to `due` */
export function ageSums(parts: readonly Pick<Aged, 'bucket' | 'amountFen'>[]): AgeSums {
  const none = () => ({ count: 0, amount: 0 })
  const sums = {
    notYet: none(),
    d30: none(),
    d60: none(),
    d90: none(),
    over90: none(),
    unplanned: none(),
    late: none(),
    due: none(),
  }
  const add = (key: keyof typeof sums, fen: number) => {
    sums[key].count++
    sums[key].amount += fen
  }
  for (const { bucket, amountFen } of parts) {
    add(bucket, amountFen)
    add('due', amountFen)
    if (LATE_BUCKETS.includes(bucket)) add('late', amountFen)
  }
  return sums
}
