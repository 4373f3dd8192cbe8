import { type EntityDescriptor, findField } from '../../../src-shared/kernel/entity.ts'
import type { ListInput } from '../../../src-shared/kernel/list.ts'
import type { QueryContext } from '../context.ts'
import { listRows } from './select.ts'

type Page<Row> = { rows: Row[]; hasMore: boolean; capped: boolean }

/**
 * A page that an index serves is read here at once; one that may have to look at many rows (a filter, an order without an
 * index) goes to the quick worker, so that nobody waits behind it.
 */
export async function listPage<Row>(context: QueryContext, entity: EntityDescriptor, input: ListInput): Promise<Page<Row>> {
  const indexed = (input.sort ?? []).every((sort) => findField(entity, sort.field)?.indexed)
  const bounded = input.search !== undefined && input.search.trim() !== ''
  const here =
    input.offset <= 5000 &&
    (bounded || (indexed && !input.filter && !input.deleted && context.actor.permissions['customers.read'] === 'all'))
  if (here) return (await listRows(context.db, context.actor, entity, input)) as Page<Row>
  return context.scan<Page<Row>>('records.list', { actor: context.actor, entity: entity.name, input }, { lane: 'quick' })
}
