import { compare, fromDecimal, multiply, type Rational, rational } from '../../kernel/rational.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Because, Condition, Figures, Step } from './model.ts'

const HUNDRED = rational(100n)
const decimal = (text: string): Rational => fromDecimal(text) ?? rational(0n)

/** Whether one condition holds for these figures. */
export function holds(condition: Condition, figures: Figures): boolean {
  if (condition.kind === 'belowCost') return figures.belowCost
  if (condition.kind === 'amountAtLeast') return figures.amountFen >= condition.fen
  return compare(rational(BigInt(figures.discountBp)), multiply(decimal(condition.percent), HUNDRED)) >= 0
}

type Ruled = { readonly enabled: boolean; readonly position: number; readonly conditions: readonly Condition[] }
/** The first enabled flow that is called for, with the conditions that hold; null where nobody need be asked. */
export function flowFor<Flow extends Ruled>(
  flows: readonly Flow[],
  figures: Figures,
): { readonly flow: Flow; readonly because: readonly Condition[] } | null {
  for (const flow of flows.toSorted((a, b) => a.position - b.position)) {
    if (!flow.enabled) continue
    const because = flow.conditions.filter((condition) => holds(condition, figures))
    if (because.length > 0 || flow.conditions.length === 0) return { flow, because }
  }
  return null
}

/** Somebody of the company. `here`: works here and can sign in. `managers`: who stands above him, the nearest first. */
export type Colleague = {
  readonly id: string
  readonly here: boolean
  readonly isAdmin: boolean
  readonly roleIds: readonly string[]
  readonly managers: readonly string[]
}
/** Who is asked in a step, in whose place, and why he instead of who was meant. */
export type Asked = { readonly employeeId: string; readonly insteadOf: string | null; readonly because: Because | null }
export type Passed = { readonly from: string; readonly to: string }
type Company = ReadonlyMap<string, Colleague>

/**
 * Who decides a step now. Nobody decides his own request: a manager who is missing or has left is followed by the next level, and where
 * nobody is left by the administrators; the only administrator may decide his own, and that is said. `passed`: who gave his place to whom.
 */
export function askedIn(step: Step, applicantId: string | null, company: Company, passed: readonly Passed[] = []): Asked[] {
  const meant = meantIn(step, applicantId, company)
  const asked = meant.length > 0 ? meant : administrators(step, applicantId, company)
  const seats = asked.map((one) => afterPassing(one, applicantId, company, passed))
  return seats.filter((one, n) => seats.findIndex(({ employeeId }) => employeeId === one.employeeId) === n)
}

const seat = (employeeId: string, because: Because | null, insteadOf: string | null = null): Asked => ({
  employeeId,
  insteadOf,
  because,
})
const canDecide = (id: string, applicantId: string | null, company: Company): boolean =>
  id !== applicantId && company.get(id)?.here === true

function meantIn(step: Step, applicantId: string | null, company: Company): Asked[] {
  const fits = (id: string): boolean => canDecide(id, applicantId, company)
  if (step.kind === 'role')
    return [...company.values()]
      .filter(({ id, roleIds }) => roleIds.includes(step.roleId) && fits(id))
      .map(({ id }) => seat(id, null))
  if (step.kind === 'employee') {
    if (fits(step.employeeId)) return [seat(step.employeeId, null)]
    const because = step.employeeId === applicantId ? 'ownStep' : 'left'
    const next = company.get(step.employeeId)?.managers.find(fits)
    return next === undefined ? [] : [seat(next, because, step.employeeId)]
  }
  const chain = (applicantId === null ? undefined : company.get(applicantId))?.managers ?? []
  const wanted = chain[step.level - 1]
  if (wanted !== undefined && fits(wanted)) return [seat(wanted, null)]
  const next = chain.slice(step.level).find(fits)
  return next === undefined ? [] : [seat(next, 'left', wanted ?? null)]
}

function administrators(step: Step, applicantId: string | null, company: Company): Asked[] {
  const admins = [...company.values()].filter(({ isAdmin, here }) => isAdmin && here)
  const others = admins.filter(({ id }) => id !== applicantId)
  if (others.length === 0) return admins.map(({ id }) => seat(id, 'onlyAdmin'))
  const because =
    step.kind === 'role' ? 'nobody' : step.kind === 'employee' && step.employeeId === applicantId ? 'ownStep' : 'noManager'
  return others.map(({ id }) => seat(id, step.kind === 'employee' && because === 'noManager' ? 'left' : because))
}

/** A place that was given on; it comes back when he who got it has left. */
function afterPassing(one: Asked, applicantId: string | null, company: Company, passed: readonly Passed[]): Asked {
  let at = one.employeeId
  const seen = new Set([at])
  for (let next = lastTo(at, passed); next !== undefined && !seen.has(next); next = lastTo(at, passed)) {
    seen.add(next)
    if (!canDecide(next, applicantId, company)) break
    at = next
  }
  return at === one.employeeId ? one : { ...one, employeeId: at, insteadOf: one.employeeId }
}
const lastTo = (from: string, passed: readonly Passed[]): string | undefined => passed.findLast((one) => one.from === from)?.to

/** Whether a step is through: one of those asked is enough, or all must have agreed. `agreed`: who did in this step. */
export const isThrough = (step: Pick<Step, 'mode'>, asked: readonly Asked[], agreed: readonly string[]): boolean =>
  step.mode === 'any' ? agreed.length > 0 : asked.every(({ employeeId }) => agreed.includes(employeeId))

/**
 * Whether somebody may decide now, and from which seat.
 * @throws Refusal ended | notAsked | alreadyDecided
 */
export function seatOf(status: string, employeeId: string | null, asked: readonly Asked[], agreed: readonly string[]): Asked {
  if (status !== 'pending') throw new Refusal('ended')
  const mine = asked.find((one) => one.employeeId === employeeId)
  if (!mine) throw new Refusal('notAsked')
  if (agreed.includes(mine.employeeId)) throw new Refusal('alreadyDecided')
  return mine
}

/**
 * To whom a place may be given: somebody who works here, is not the applicant and is not asked already.
 * @throws Refusal delegateUnfit
 */
export function requireDelegate(to: string, applicantId: string | null, company: Company, asked: readonly Asked[]): void {
  if (!canDecide(to, applicantId, company) || asked.some(({ employeeId }) => employeeId === to))
    throw new Refusal('delegateUnfit')
}
