// The definitions of the README once more, by going through every opportunity one by one: what the SQL of reports is held against.
import type { FunnelCell } from '../../src-shared/features/reports/model.ts'
import { dateIn } from '../../src-shared/kernel/time.ts'

/** `rank`: the step of the pipeline asked for; null for a stage of another one, and for won and lost. */
export type Stay = { rank: number | null; from: string; to: string | null }
export type Deal = {
  id: string
  ownerId: string | null
  source: string | null
  pipelineId: string
  state: 'open' | 'won' | 'lost'
  amount: number | null
  createdAt: string
  closedOn: string | null
  reasonId: string | null
  stays: readonly Stay[]
}
export type NaiveAsked = { by: 'cohort' | 'passage'; from: string; to: string; last: number; zone: string }

const within = (day: string | null, { from, to }: NaiveAsked): boolean => day !== null && day >= from && day <= to
const dayOf = (instant: string, { zone }: NaiveAsked): string => dateIn(instant, zone)
const made = (deal: Deal, asked: NaiveAsked): boolean => within(dayOf(deal.createdAt, asked), asked)

/** How far an opportunity has come; who is won now stands at the end, whatever happened before. */
export function reached(deal: Deal, { last }: NaiveAsked): number {
  if (deal.state === 'won') return last
  return deal.stays.reduce((most, { rank }) => (rank === null ? most : Math.max(most, rank)), 0)
}

/** Its first time in a step that began within the period, or null. */
const entry = (deal: Deal, rank: number, asked: NaiveAsked): Stay | null =>
  deal.stays
    .filter((stay) => stay.rank === rank && within(dayOf(stay.from, asked), asked))
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))[0] ?? null

function outcomeOf(deal: Deal, rank: number, asked: NaiveAsked): string | null {
  if (asked.by === 'cohort') {
    const far = reached(deal, asked)
    return far > rank ? 'onward' : far === rank ? deal.state : null
  }
  const first = entry(deal, rank, asked)
  if (!first) return null
  const later = deal.stays.some((stay) => stay.from >= first.from && stay.rank !== null && stay.rank > rank)
  return deal.state === 'won' || later ? 'onward' : deal.state
}

/** Whether a number counts an opportunity, groups aside. */
export function counts(deal: Deal, cell: FunnelCell & { rank?: number }, asked: NaiveAsked): boolean {
  const closed = deal.state !== 'open' && within(deal.closedOn, asked)
  const inSet = asked.by === 'cohort' ? made(deal, asked) : closed
  if (cell.reason !== undefined && deal.reasonId !== cell.reason) return false
  if (cell.what === 'entered') return made(deal, asked)
  if (cell.what !== 'step') return inSet && deal.state === cell.what
  const rank = cell.rank ?? 0
  if (rank === asked.last) return inSet && deal.state === 'won'
  if (asked.by === 'cohort' && !inSet) return false
  const outcome = outcomeOf(deal, rank, asked)
  return outcome !== null && (cell.outcome === undefined || cell.outcome === outcome)
}

/** Whole days of 24 hours of every ended time in a step. */
export function stays(deals: readonly Deal[], rank: number, asked: NaiveAsked): number[] {
  const seconds = (instant: string) => Math.floor(Date.parse(instant) / 1000)
  return deals.flatMap((deal) =>
    deal.stays.flatMap((stay) => {
      const counted = asked.by === 'cohort' ? made(deal, asked) : within(dayOf(stay.from, asked), asked)
      if (stay.rank !== rank || stay.to === null || !counted) return []
      return [Math.floor((seconds(stay.to) - seconds(stay.from)) / 86_400)]
    }),
  )
}

/** Days from the making to the closing of those won. */
export const cycles = (deals: readonly Deal[], asked: NaiveAsked): number[] =>
  deals.flatMap((deal) => {
    if (!counts(deal, { what: 'won' }, asked) || deal.closedOn === null) return []
    return [Math.max(0, Math.round((Date.parse(deal.closedOn) - Date.parse(dayOf(deal.createdAt, asked))) / 86_400_000))]
  })

export const median = (days: readonly number[]): number | null =>
  days.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(days.length / 2) - 1)] ?? null
