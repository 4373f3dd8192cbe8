import { contactEntity } from '../../../src-shared/features/contacts/entity.ts'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { mayAskBy, mayReadKind } from '../../kernel/policy.ts'
import type { MatchRow } from './importer.ts'

/** The fields behind each kind of key. A key says neither whose field it is nor which: all of them must be open to asking. */
const ASKED_BY = [
  { entity: customerEntity, kind: 'core', fields: ['name'] },
  { entity: customerEntity, kind: 'phone', fields: ['phone', 'phone2'] },
  { entity: customerEntity, kind: 'email', fields: ['email'] },
  { entity: customerEntity, kind: 'code', fields: ['creditCode'] },
  { entity: customerEntity, kind: 'city', fields: ['city'] },
  { entity: customerEntity, kind: 'address', fields: ['address'] },
  { entity: contactEntity, kind: 'name', fields: ['name'] },
  { entity: contactEntity, kind: 'phone', fields: ['phone', 'phone2'] },
  { entity: contactEntity, kind: 'email', fields: ['email'] },
] as const

/** What somebody sees masked or not at all he must not learn by guessing: one right number in five would tell it. */
export type Askable = {
  /** Nothing is kept from him. */
  readonly all: boolean
  readonly may: (entity: 'customer' | 'contact', kind: string) => boolean
}
const known = new WeakMap<Actor, Askable>()

/** By what of customers and their contacts somebody may ask, whichever way: the form, an import or the search of the whole base. */
export function askable(actor: Actor): Askable {
  const before = known.get(actor)
  if (before) return before
  const open = new Set(
    ASKED_BY.flatMap(({ entity, kind, fields }) =>
      mayReadKind(actor, entity) && fields.every((field) => mayAskBy(actor, entity, field)) ? [`${entity.name} ${kind}`] : [],
    ),
  )
  const asks: Askable = { all: open.size === ASKED_BY.length, may: (entity, kind) => open.has(`${entity} ${kind}`) }
  known.set(actor, asks)
  return asks
}

type Contact = [name: string, phone: string | null, phone2: string | null, email: string | null]

/** A stored customer without what is kept from whoever asks: a verdict on a field that he does not see would tell it. */
export function withoutHidden<Row extends Omit<MatchRow, 'ownerName'>>({ all, may }: Askable, row: Row): Row {
  if (all) return row
  const own = <T>(kind: string, value: T): T | null => (may('customer', kind) ? value : null)
  const theirs = <T>(kind: string, value: T): T | null => (may('contact', kind) ? value : null)
  const contacts = (JSON.parse(row.contacts) as Contact[]).map(([name, phone, phone2, email]) => [
    theirs('name', name) ?? '',
    theirs('phone', phone),
    theirs('phone', phone2),
    theirs('email', email),
  ])
  return {
    ...row,
    phone: own('phone', row.phone),
    phone2: own('phone', row.phone2),
    email: own('email', row.email),
    creditCode: own('code', row.creditCode),
    city: own('city', row.city),
    address: own('address', row.address),
    contacts: JSON.stringify(contacts),
  }
}
