import { contract } from '../../../src-shared/contract.ts'
import { columnOf } from '../../../src-shared/kernel/entity.ts'
import { type Actor, may } from '../../../src-shared/kernel/actor.ts'
import { isScoped, type Permission } from '../../../src-shared/kernel/permissions.ts'
import type { Needs, ProcedureMeta } from '../../../src-shared/kernel/procedure.ts'
import { Forbidden } from '../../kernel/errors.ts'
import type { Entities } from '../../kernel/livingEntities.ts'
import { type Reach, reaches, reachOf, rightTo } from '../../kernel/policy.ts'
import type { MayTouch } from '../../kernel/undo.ts'

type Image = Record<string, unknown>
type Undoer = { readonly actor: Actor; readonly entities: Entities }
const HANGS_ON_CUSTOMER: ReadonlySet<string> = new Set(['contact', 'address', 'follow_up', 'record_tag', 'not_duplicate'])

/** Commands whose permission has no scope of its own write within that of the customer they hang on. */
const ROWS_OF: Partial<Record<Needs, Permission>> = {
  'contacts.write': 'customers.edit',
  'addresses.write': 'customers.edit',
  'duplicates.find': 'customers.edit',
}

/** Fields of the slice's own entity are taken back by who may write them; what a command carried elsewhere is its own affair. */
function mayWriteColumns({ actor, entities }: Undoer, feature: string, change: { tbl: string; columns: string[] }): boolean {
  const entity = [...entities.values()].find((known) => known.table === change.tbl && known.feature === feature)
  return (
    !entity ||
    entity.fields.every((field) => !change.columns.includes(columnOf(field.key)) || rightTo(actor, entity, field.key) === 'write')
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
  rows: { ownersOf: (customerId: string) => readonly (string | null)[]; isOwnCreation: (tbl: string, id: string) => boolean },
): MayTouch {
  const { actor } = undoer
  const needs = needsOf(procedure)
  if (needs === null || needs === 'anyone') throw new Forbidden(procedure)
  if (needs !== 'signed-in' && !may(actor, needs)) throw new Forbidden(needs)
  const permission: Permission = needs !== 'signed-in' && isScoped(needs) ? needs : (ROWS_OF[needs] ?? 'customers.read')
  const reach = reachOf(actor, permission)
  const transfer = reachOf(actor, 'customers.transfer')
  const feature = procedure.split('.')[0] ?? ''
  return (change, current) => {
    if (change.kind === 'updated' && !mayWriteColumns(undoer, feature, change)) return false
    const before = imageBefore(change)
    const moved = isPassedOn(change)
    if (moved && !touches(transfer, [current?.['owner_id'], before?.['owner_id']])) return false
    if (rows.isOwnCreation(change.tbl, change.id)) return true
    if (change.tbl === 'customer')
      return touches(reach, [current?.['owner_id'], moved || change.kind === 'deleted' ? before?.['owner_id'] : null])
    // Who manages tags takes them off every record, whoever owns it.
    if (!HANGS_ON_CUSTOMER.has(change.tbl) || feature === 'tags') return true
    const customerIds = customersOf(change.tbl, current ?? before ?? {})
    return touches(
      reach,
      customerIds.flatMap((id) => rows.ownersOf(id)),
    )
  }
}

type Change = Parameters<MayTouch>[0]
const imageBefore = (change: Change): Image | null =>
  change.kind === 'updated' || change.kind === 'deleted' ? change.before : null
const isPassedOn = (change: Change): boolean =>
  change.kind === 'updated' && change.tbl === 'customer' && change.columns.includes('owner_id')
const LINKS_TO_CUSTOMER: Readonly<Record<string, readonly string[]>> = {
  record_tag: ['record_id'],
  // Of two who are said not to be one, either is reason enough.
  not_duplicate: ['first_id', 'second_id'],
}
const customersOf = (table: string, row: Image): string[] =>
  (LINKS_TO_CUSTOMER[table] ?? ['customer_id']).flatMap((column) => (typeof row[column] === 'string' ? [row[column]] : []))

const touches = (reach: Reach, owners: readonly unknown[]): boolean =>
  reach === 'all' || owners.some((owner) => typeof owner === 'string' && reaches(reach, owner))
