import { contract } from '../../../src-shared/contract.ts'
import { columnOf } from '../../../src-shared/kernel/entity.ts'
import { type Actor, may } from '../../../src-shared/kernel/actor.ts'
import { isScoped, type Permission } from '../../../src-shared/kernel/permissions.ts'
import type { Needs, ProcedureMeta } from '../../../src-shared/kernel/procedure.ts'
import { Forbidden } from '../../kernel/errors.ts'
import type { Entities } from '../../kernel/livingEntities.ts'
import { type Reach, reaches, reachOf, rightTo, type Verb } from '../../kernel/policy.ts'
import { tableOf } from '../../kernel/tableList.ts'
import type { MayTouch } from '../../kernel/undo.ts'
import { type Chance, OWN_RECORDS } from './store.ts'

type Image = Record<string, unknown>
type Undoer = { readonly actor: Actor; readonly entities: Entities }
const HANGS_ON_CUSTOMER: ReadonlySet<string> = new Set([
  'contact',
  'address',
  'follow_up',
  'file',
  'record_tag',
  'record_member',
  'pool_move',
  'not_duplicate',
  'payment',
  'billing_profile',
  'invoice',
])

/** Commands whose permission has no scope of its own write within that of the customer they hang on. */
const ROWS_OF: Partial<Record<Needs, Permission>> = {
  'contacts.write': 'customers.edit',
  'addresses.write': 'customers.edit',
  'duplicates.find': 'customers.edit',
  'imports.run': 'customers.edit',
}
/** What is written on a customer by whoever sees him, whichever command wrote it. */
const WRITTEN_BY_READERS: ReadonlySet<string> = new Set(['follow_up', 'file'])

/**
 * Fields of the slice's own entity are taken back by who may write them; what a command carried elsewhere is its own affair. All
 * that an import wrote is its own.
 */
function mayWriteColumns({ actor, entities }: Undoer, feature: string, change: { tbl: string; columns: string[] }): boolean {
  const entity = [...entities.values()].find(
    (known) => known.table === change.tbl && (known.feature === feature || feature === 'imports'),
  )
  return (
    !entity ||
    entity.fields.every(
      // What follows from other fields goes back with them.
      (field) =>
        field.readOnly === true || !change.columns.includes(columnOf(field.key)) || rightTo(actor, entity, field.key) === 'write',
    )
  )
}

/** What the call needed when it was first made. */
export function needsOf(procedure: string): Needs | null {
  const [feature = '', name = ''] = procedure.split('.')
  const found = (contract as unknown as Record<string, Record<string, { '~orpc': { meta: ProcedureMeta } }>>)[feature]?.[name]
  return found?.['~orpc'].meta.needs ?? null
}

/**
 * Undo asks for the same right and row scope as the command it takes back. A row counts as within reach when it is so now, or
 * was so until this command gave it away: whoever did may take the gift back. What the undoer's own command created is
 * his to take back (and to bring back), even when he created it for somebody else. An owner comes back only by who may transfer.
 * @throws Forbidden when the right itself is missing.
 */
export function undoRights(
  undoer: Undoer,
  procedure: string,
  rows: {
    ownersOf: (customerId: string) => readonly (string | null)[]
    /** What the undoer may do to a customer as a collaborator. */
    accessOf: (customerId: string) => 'read' | 'edit' | null
    isOwnCreation: (tbl: string, id: string) => boolean
    /** Who has and who shares a record with an owner of its own, and the customer it hangs on. */
    chance: (id: string) => Chance | undefined
    /** Whether he may set a stored target himself; left out where none was set. */
    reachesAim?: (row: Image) => boolean
    /** The command was the undoer's own. */
    isHis?: boolean
  },
): MayTouch {
  const { actor } = undoer
  const needs = needsOf(procedure)
  if (needs === null || needs === 'anyone') throw new Forbidden(procedure)
  if (needs !== 'signed-in' && !may(actor, needs)) throw new Forbidden(needs)
  const permission: Permission = needs !== 'signed-in' && isScoped(needs) ? needs : (ROWS_OF[needs] ?? 'customers.read')
  const reach = reachOf(actor, permission)
  const shares = (id: string, asked = permission): boolean => isEnough(rows.accessOf(id), asked)
  const feature = procedure.split('.')[0] ?? ''
  const verb = permission.split('.')[1] as Verb
  /** By its own owner, or through its customer, as commands on it are; by whoever of the two it was taken from as well. */
  const reachesOwn = ({ id, feature: of }: OwnRecord, left: Left, asked: Verb): boolean => {
    const chance = rows.chance(id)
    if (needs === POOLED[of]?.assign || needs === POOLED[of]?.rule) return true
    // What is nobody's is given by who may give.
    if (POOLED[of] && chance?.ownerId == null && may(actor, POOLED[of].assign)) return true
    const shared = [chance?.access, chance?.customerAccess, left.customer === null ? null : rows.accessOf(left.customer)]
    if (shared.some((access) => isEnoughFor(access ?? null, asked))) return true
    const hosts = [
      ...(chance?.customerId != null ? [chance.customerOwnerId] : []),
      ...(left.customer === null ? [] : rows.ownersOf(left.customer)),
    ]
    return (
      (hosts.length > 0 && touches(reachOf(actor, `customers.${asked}`), hosts)) ||
      touches(reachOf(actor, `${of}.${asked}` as Permission), [chance?.ownerId, chance?.leftOwnerId, left.owner])
    )
  }
  const ownersOf = (ids: readonly string[]) => ids.flatMap((id) => rows.ownersOf(id))
  const reachesPart = (table: string, row: Image): boolean => {
    // Who manages tags takes them off every record, whoever owns it.
    if (!HANGS_ON_CUSTOMER.has(table) || feature === 'tags') return table !== 'target' || rows.reachesAim?.(row) !== false
    const customerIds = customersOf(table, row)
    const asked = feature === 'imports' && WRITTEN_BY_READERS.has(table) ? 'customers.read' : permission
    return customerIds.some((id) => shares(id, asked)) || touches(reachOf(actor, asked), ownersOf(customerIds))
  }
  /** Who was asked decides what he may not write otherwise: that it is his last word was looked at before. */
  const isHisOwn = (change: Change, current: Image | null): boolean =>
    rows.isOwnCreation(change.tbl, change.id) ||
    (rows.isHis === true && (feature === 'approvals' || isOwnPlace(actor, change, current)))
  return (change, current) => {
    if (change.kind === 'updated' && !mayWriteColumns(undoer, feature, change)) return false
    const before = imageBefore(change)
    const own = ownRecordOf(change, current ?? before)
    const left = leftBy(change)
    const pooled = POOLED[own?.feature ?? 'customers']
    const mayMove = (): boolean =>
      own && !pooled ? reachesOwn(own, left, 'transfer') : mayPass(actor, needs, ownersIn(before, current), pooled)
    if (isPassedOn(change) && !mayMove()) return false
    if (change.tbl === 'list_view') return isHisView(actor, imageBefore(change) ?? current)
    if (isHisOwn(change, current)) return true
    if (own !== null) return reachesOwn(own, left, verb)
    if (change.tbl === 'customer') return shares(change.id) || touches(reach, [current?.['owner_id'], left.owner])
    return reachesPart(change.tbl, current ?? before ?? {})
  }
}

const ownersIn = (before: Image | null, current: Image | null) => ({ from: before?.['owner_id'], to: current?.['owner_id'] })

/** A collaborator takes back what his access lets him do. */
const isEnough = (access: 'read' | 'edit' | null, permission: Permission): boolean =>
  permission.startsWith('customers.') && isEnoughFor(access, permission.split('.')[1] as Verb)
const isEnoughFor = (access: 'read' | 'edit' | null, verb: Verb): boolean =>
  access !== null && (verb === 'read' || (verb === 'edit' && access === 'edit'))

/** Records that are nobody's while they lie in a pool, and the rights by which they get there and out of it. */
type Ways = Readonly<Record<'assign' | 'rule' | 'claim' | 'release' | 'transfer', Permission>>
const POOLED: Readonly<Partial<Record<string, Ways>>> = {
  customers: {
    assign: 'customers.assign',
    rule: 'pools.manage',
    claim: 'customers.claim',
    release: 'customers.release',
    transfer: 'customers.transfer',
  },
  leads: {
    assign: 'leads.assign',
    rule: 'leadPools.manage',
    claim: 'leads.claim',
    release: 'leads.edit',
    transfer: 'leads.transfer',
  },
}

/**
 * Whether an owner may come back: by who may transfer; a claim also by whom it went to, a release by whose it was to release. Who
 * assigned, or recycled, takes that back: his own command, or that of anybody if he may see all history, which was asked before.
 */
function mayPass(actor: Actor, needs: Needs, { from, to }: Record<'from' | 'to', unknown>, ways: Ways | undefined): boolean {
  if (!ways) return false
  if (needs === ways.assign || needs === ways.rule) return true
  if (needs === ways.claim && touches(actor.owners.own, [to, from])) return true
  const isPool = typeof from !== 'string' || typeof to !== 'string'
  if (needs === ways.release && isPool && touches(reachOf(actor, ways.release), [to, from])) return true
  return touches(reachOf(actor, ways.transfer), [to, from])
}

type Change = Parameters<MayTouch>[0]
type Left = { readonly owner: unknown; readonly customer: string | null }
/** Whom the command took the row from, and the customer it took it off. */
function leftBy(change: Change): Left {
  const before = imageBefore(change)
  const gave = (column: string): unknown =>
    change.kind === 'deleted' || (change.kind === 'updated' && change.columns.includes(column))
      ? (before?.[column] ?? null)
      : null
  const customer = gave('customer_id')
  return {
    owner: tableOf(change.tbl)?.owned === true ? gave('owner_id') : null,
    customer: typeof customer === 'string' ? customer : null,
  }
}
/** What hangs on records of many kinds by their kind and id. */
const LINKS: ReadonlySet<string> = new Set(['record_member', 'record_tag'])
type OwnRecord = { readonly id: string; readonly feature: string }
/** The record with an owner of its own that a row is, or that it is a part of. */
function ownRecordOf({ tbl, id }: Change, row: Image | null): OwnRecord | null {
  for (const { entity, feature, table, column, parts } of OWN_RECORDS) {
    if (tbl === table) return { id, feature }
    if (parts.includes(tbl)) return { id: String(row?.[column]), feature }
    if (LINKS.has(tbl) && row?.['entity'] === entity) return { id: String(row['record_id']), feature }
  }
  return null
}
/** Who left a team by himself was in it until then, and leaves it again. */
const isOwnPlace = (actor: Actor, change: Change, current: Image | null): boolean => {
  const place = change.kind === 'deleted' ? change.before : change.kind === 'created' ? current : null
  return change.tbl === 'record_member' && place?.['employee_id'] === actor.employeeId
}
/** Whoever had a view, or manages them. */
const isHisView = (actor: Actor, row: Image | null): boolean => row?.['owner_id'] === actor.userId || may(actor, 'views.manage')
const imageBefore = (change: Change): Image | null =>
  change.kind === 'updated' || change.kind === 'deleted' ? change.before : null
const isPassedOn = (change: Change): boolean =>
  change.kind === 'updated' && tableOf(change.tbl)?.owned === true && change.columns.includes('owner_id')
const LINKS_TO_CUSTOMER: Readonly<Record<string, readonly string[]>> = {
  record_tag: ['record_id'],
  record_member: ['record_id'],
  // Of two who are said not to be one, either is reason enough.
  not_duplicate: ['first_id', 'second_id'],
}
const customersOf = (table: string, row: Image): string[] =>
  (LINKS_TO_CUSTOMER[table] ?? ['customer_id']).flatMap((column) => (typeof row[column] === 'string' ? [row[column]] : []))

const touches = (reach: Reach, owners: readonly unknown[]): boolean =>
  reach === 'all' || owners.some((owner) => typeof owner === 'string' && reaches(reach, owner))
