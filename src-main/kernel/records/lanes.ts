import { type EntityDescriptor, findField } from '../../../src-shared/kernel/entity.ts'
import type { ListInput } from '../../../src-shared/kernel/list.ts'
import type { QueryContext } from '../context.ts'
import { listRows, nearPage } from './select.ts'

type Page<Row> = { rows: Row[]; hasMore: boolean; capped: boolean }

/** A scoped reader's page walks past other people's rows: this far it stays within a few milliseconds. */
const NEAR = 500
const FAR = 20_000

/**
 * A page that an index serves is read here at once; one that may have to look at many rows (a filter, an order without an
 * index, a far offset) goes to the quick worker, so that nobody waits behind it.
 */
export async function listPage<Row>(context: QueryContext, entity: EntityDescriptor, input: ListInput): Promise<Page<Row>> {
  if (isShort(context, entity, input)) return (await listRows(context.db, context.actor, entity, input)) as Page<Row>
  const near = isNear(input) ? await nearPage(context.db, context.actor, entity, input) : null
  if (near) return near as Page<Row>
  return context.scan<Page<Row>>('records.list', { actor: context.actor, entity: entity.name, input }, { lane: 'quick' })
}

const isNear = ({ filter, deleted, search, offset }: ListInput): boolean =>
  filter !== undefined && deleted !== true && (search ?? '').trim() === '' && offset <= NEAR

function isShort({ actor }: QueryContext, entity: EntityDescriptor, input: ListInput): boolean {
  if (input.offset > FAR) return false
  // The recycle bin is not in the search index: words are looked for in every name in it.
  if (input.deleted) return false
  if (input.search !== undefined && input.search.trim() !== '') return true
  if (input.filter) return false
  const indexed = (input.sort ?? []).every((sort) => findField(entity, sort.field)?.indexed)
  return indexed && (actor.permissions['customers.read'] === 'all' || input.offset <= NEAR)
}
