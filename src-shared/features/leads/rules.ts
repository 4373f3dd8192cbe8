import { Refusal } from '../../kernel/refusal.ts'
import type { ASSIGN_REFUSALS, CREATE_REFUSALS, EDIT_REFUSALS } from './contract.ts'
import type { LeadStatus } from './entity.ts'
import type { Conversion, Lead } from './model.ts'

type EditRefusal = (typeof EDIT_REFUSALS)[number]
export type OwnerState = 'unknown' | 'left' | 'here'

/** Leads are only given to people who work here. @throws Refusal ownerUnknown | ownerLeft */
export function requireSoundOwner(owner: OwnerState | null): void {
  if (owner === 'unknown') throw new Refusal<(typeof ASSIGN_REFUSALS)[number]>('ownerUnknown')
  if (owner === 'left') throw new Refusal<(typeof ASSIGN_REFUSALS)[number]>('ownerLeft')
}

/** What became a customer is worked on there. @throws Refusal deleted | converted */
export function requireOpen(row: Readonly<Record<string, unknown>>): void {
  if (row['deletedAt'] !== null) throw new Refusal<EditRefusal>('deleted')
  if (row['status'] === 'converted') throw new Refusal<EditRefusal>('converted')
}

/** Clocks of two computers differ a little; ten minutes ahead is still "now". */
const TOLERANCE_MS = 10 * 60_000
/** A lead has arrived when it is written down. Instants are ISO UTC. @throws Refusal arrivedLater */
export function requireArrived(arrivedAt: string | undefined, now: string): void {
  if (arrivedAt !== undefined && Date.parse(arrivedAt) > Date.parse(now) + TOLERANCE_MS)
    throw new Refusal<(typeof CREATE_REFUSALS)[number]>('arrivedLater')
}

type Said = { readonly happenedAt: string; readonly nextAt: string | null | undefined }
type Standing = {
  readonly status: LeadStatus
  readonly firstFollowUpAt: string | null
  readonly lastFollowUpAt: string | null
  readonly nextFollowUpAt: string | null
}
/** What a follow-up writes on its lead: the first one answers it, and what was planned up to it is done. */
export function answered(lead: Standing, { happenedAt, nextAt }: Said): Standing {
  const earlier = lead.firstFollowUpAt !== null && lead.firstFollowUpAt <= happenedAt
  const later = lead.lastFollowUpAt !== null && lead.lastFollowUpAt >= happenedAt
  const ahead = lead.nextFollowUpAt !== null && lead.nextFollowUpAt > happenedAt ? lead.nextFollowUpAt : null
  return {
    status: lead.status === 'new' ? 'contacted' : lead.status,
    firstFollowUpAt: earlier ? lead.firstFollowUpAt : happenedAt,
    lastFollowUpAt: later ? lead.lastFollowUpAt : happenedAt,
    nextFollowUpAt: nextAt === undefined ? ahead : nextAt,
  }
}

type Values = Pick<
  Lead,
  | 'name'
  | 'company'
  | 'person'
  | 'title'
  | 'phone'
  | 'wechat'
  | 'email'
  | 'industry'
  | 'sourceName'
  | 'province'
  | 'city'
  | 'district'
  | 'address'
  | 'note'
>
type NewCustomer = Exclude<Conversion['customer'], { id: string }>
/** What a lead becomes unless somebody says otherwise: its firm the customer, its person the contact. */
export function becoming(lead: Values): {
  customer: NewCustomer
  contact: Conversion['contact']
  opportunity: NonNullable<Conversion['opportunity']>
} {
  const { title, phone, wechat, email, industry, province, city, district, address, note } = lead
  const firm = lead.company ?? lead.name
  // A lead with a firm of another name is the person who asked.
  const person = lead.person ?? (lead.company !== null && lead.company !== lead.name ? lead.name : null)
  return {
    customer: {
      name: firm,
      phone,
      email,
      industry,
      source: lead.sourceName,
      province,
      city,
      district,
      address,
      note,
    },
    contact: person === null ? null : { name: person, title, phone, wechat, email },
    opportunity: { name: firm, amount: null, expectedOn: null, source: lead.sourceName },
  }
}
