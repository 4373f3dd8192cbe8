import { wallTime, weekdayOf } from '../../kernel/zoned.ts'
import type { LeadHours, LeadMethod } from './model.ts'

/** A rule as far as giving is concerned; `members` in the order of their turn, only people who work here. */
export type GivingRule = {
  readonly id: string
  readonly name: string
  readonly sources: readonly string[]
  readonly places: readonly string[]
  readonly method: LeadMethod
  readonly members: readonly { readonly employeeId: string; readonly regions: readonly string[] }[]
  readonly hours: LeadHours | null
  readonly poolId: string | null
}
export type GivenLead = {
  readonly sourceId: string | null
  readonly province: string | null
  readonly city: string | null
}
/** When a rule last gave somebody a lead, and how many open ones he has. */
export type Standing = { readonly lastAt: (employeeId: string) => string | null; readonly open: (employeeId: string) => number }
/** The moment, the workspace's zone, and the days that the calendar says are not what their weekday says. */
export type Moment = {
  readonly at: string
  readonly zone: string
  readonly days: ReadonlyMap<string, 'holiday' | 'workday'>
}
export type Giving =
  | { readonly kind: 'given'; readonly rule: GivingRule; readonly employeeId: string }
  | { readonly kind: 'waits'; readonly rule: GivingRule }
  | { readonly kind: 'none' }

/** Two names of one region: one of them may be short. */
export const isSameRegion = (a: string, b: string): boolean =>
  Math.min(a.length, b.length) >= 2 && (a.startsWith(b) || b.startsWith(a))
const isIn = (region: string, { province, city }: GivenLead): boolean =>
  [province, city].some((place) => place !== null && isSameRegion(region, place))

/** Whether a rule is for a lead: its source and its place are among those named, where any are. */
export const isFor = ({ sources, places }: GivingRule, lead: GivenLead): boolean =>
  (sources.length === 0 || (lead.sourceId !== null && sources.includes(lead.sourceId))) &&
  (places.length === 0 || places.some((place) => isIn(place, lead)))

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
/** Whether people are there at a moment; `to` is already free. A day worked instead of another counts as a weekday. */
export function isOpen(hours: LeadHours | null, { at, zone, days }: Moment): boolean {
  if (hours === null) return true
  const { date, minutes } = wallTime(Date.parse(at), zone)
  const kind = days.get(date)
  if (kind === 'holiday') return false
  if (kind !== 'workday' && !hours.weekdays.includes(weekdayOf(date))) return false
  return minutes >= minutesOf(hours.from) && minutes < minutesOf(hours.to)
}

/** Of people the one whose turn it is: who got one longest ago, of equals the first in the rule. */
function turnOf(people: readonly string[], { lastAt }: Standing): string | null {
  let found: string | null = null
  for (const one of people) if (found === null || (lastAt(one) ?? '') < (lastAt(found) ?? '')) found = one
  return found
}

/** Who gets a lead by a rule that is for it; null when its regions are nobody's. */
export function choose({ method, members }: GivingRule, lead: GivenLead, standing: Standing): string | null {
  const people = members.map(({ employeeId }) => employeeId)
  if (method === 'roundRobin') return turnOf(people, standing)
  if (method === 'byLoad') {
    const least = Math.min(...people.map((one) => standing.open(one)))
    return turnOf(
      people.filter((one) => standing.open(one) === least),
      standing,
    )
  }
  const at = (place: string | null) =>
    members.flatMap(({ employeeId, regions }) =>
      place !== null && regions.some((region) => isSameRegion(region, place)) ? [employeeId] : [],
    )
  // Whose city it is comes before whose province.
  const near = at(lead.city)
  return turnOf(near.length > 0 ? near : at(lead.province), standing)
}

/**
 * What becomes of a lead that is nobody's: the first rule that is for it and knows somebody gives it, or lets it wait until its hours
 * begin. The same lead at the same moment is always given to the same person.
 */
export function giveLead(
  rules: readonly GivingRule[],
  lead: GivenLead,
  moment: Moment,
  standingOf: (rule: GivingRule) => Standing,
): Giving {
  for (const rule of rules) {
    if (!isFor(rule, lead)) continue
    const employeeId = choose(rule, lead, standingOf(rule))
    if (employeeId === null) continue
    return isOpen(rule.hours, moment) ? { kind: 'given', rule, employeeId } : { kind: 'waits', rule }
  }
  return { kind: 'none' }
}
