import { OTHER_KINDS, type OtherKind } from './kinds.ts'
import type { Plan, Share, Sharing } from './model.ts'

export type Passed = { level: string | null; province: string | null }

/** Says who gets which customer, one after the other: of an even sharing each gets the next, so that no two differ by more than one. */
export function sharer(sharing: Sharing): (customer: Passed) => string {
  if (sharing.kind === 'one') return () => sharing.to
  if (sharing.kind === 'even') {
    let next = 0
    return () => sharing.to[next++ % sharing.to.length] ?? ''
  }
  const { field, rest } = sharing
  const by = new Map(sharing.map.map(({ value, to }) => [value ?? '', to as string]))
  return (customer) => by.get(customer[field] ?? '') ?? rest
}

/** Everybody who would get something. */
export const successorsIn = (sharing: Sharing | null): string[] => {
  if (sharing === null) return []
  if (sharing.kind === 'one') return [sharing.to]
  return sharing.kind === 'even' ? [...sharing.to] : [...sharing.map.map(({ to }) => to), sharing.rest]
}

/** Who gets which of the other kinds; what goes to nobody is not among them. */
export const othersIn = (plan: Plan): { kind: OtherKind; to: string }[] =>
  OTHER_KINDS.flatMap((kind) => {
    const to = plan[`${kind}To`]
    return to === null ? [] : [{ kind, to }]
  })

/** Whoever would hold more than he may. */
export const overfull = (shares: readonly Share[]): Share[] =>
  shares.filter(({ customers, held, most }) => most !== null && customers > 0 && held + customers > most)
