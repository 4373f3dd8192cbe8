import { type EntityDescriptor, findField } from '../../../src-shared/kernel/entity.ts'
import type { DaySpan, ListInput, Which } from '../../../src-shared/kernel/list.ts'
import type { QueryContext } from '../context.ts'
import { reachIn } from '../policy.ts'
import { fewOf } from './path.ts'
import { listRows, nearPage, WINDOW } from './select.ts'
import { settledFor } from './settle.ts'

type Page<Row> = { rows: Row[]; hasMore: boolean; capped: boolean }

/** A scoped reader's page walks past other people's rows: this far it stays within a few milliseconds. */
const NEAR = 500
const FAR = 20_000
/** Of the first two thousand rows: so rare that a page of fifty would be collected from everywhere. */
const HARDLY_ANY = 1

/**
 * A page that an index serves is read here at once; one that may have to look at many rows (a filter, an order without an
 * index, a far offset) goes to the quick worker, so that nobody waits behind it.
 */
export async function listPage<Row>(context: QueryContext, entity: EntityDescriptor, asked: ListInput): Promise<Page<Row>> {
  const input = (await settledFor(context, entity, asked)) as ListInput
  if (isShort(context, entity, input)) return (await listRows(context.db, context.actor, entity, input)) as Page<Row>
  const few = input.filter && (input.search ?? '').trim() === '' ? await fewOf(context.db, context.actor, entity, input) : null
  // Two thousand rows at most are looked at here and now: sooner done than handed over.
  if (few !== null && input.deleted !== true) return (await listRows(context.db, context.actor, entity, input)) as Page<Row>
  const near = isNear(input) ? await nearRows(context, entity, input) : null
  if (near && 'rows' in near) return near as Page<Row>
  const sparse = near !== null && near.found <= HARDLY_ANY
  const task = { actor: context.actor, entity: entity.name, input, sparse, way: near?.way ?? 0 }
  return context.scan<Page<Row>>('records.list', task, { lane: 'quick' })
}

/** A stretch of an order that is still looked through in a few milliseconds, whatever its rows are asked for. */
const WIDE = 8000
const SPARE = 1.25

type Near = NonNullable<Awaited<ReturnType<typeof nearPage>>>
type Found = { found: number; way: number }

/** From the first stretch of one way or the other; where that says that a somewhat longer one will do, from that: sooner done than handed over. */
async function nearRows(
  context: QueryContext,
  entity: EntityDescriptor,
  input: ListInput,
): Promise<Exclude<Near, { found: number }> | Found | null> {
  let best: Found | null = null
  for (let way = 0; ; way++) {
    const near = await nearPage(context.db, context.actor, entity, input, { way })
    if (near === null || 'rows' in near) return near ?? best
    const wanted = Math.ceil(((WINDOW * (input.offset + input.limit + 1)) / near.found) * SPARE)
    if (wanted <= WIDE) {
      const wider = await nearPage(context.db, context.actor, entity, input, { window: wanted, way })
      if (wider && 'rows' in wider) return wider
    }
    if (best === null || near.found > best.found) best = { found: near.found, way }
  }
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
  return indexed && (reachIn(actor, entity, 'read') === 'all' || input.offset <= NEAR)
}

/** How many rows, counted where nobody waits. */
export const countFor = async (context: QueryContext, entity: EntityDescriptor, which: Which): Promise<Counted> =>
  context.scan<Counted>('records.count', {
    actor: context.actor,
    entity: entity.name,
    which: await settledFor(context, entity, which),
  })
type Counted = { count: number; capped: boolean }

/** How many rows per value of a field. */
export const countByFor = async (context: QueryContext, entity: EntityDescriptor, which: Which, key: string): Promise<Grouped> =>
  context.scan<Grouped>('records.countBy', {
    actor: context.actor,
    entity: entity.name,
    which: await settledFor(context, entity, which),
    key,
  })
type Grouped = { value: string | null; count: number }[]

/** Rows by the business day of one of their dates: each day counted whole, with the first of it. */
export const daysFor = async <Row>(
  context: QueryContext,
  entity: EntityDescriptor,
  { from, days, limit, ...which }: Which & DaySpan,
  field: string,
): Promise<Days<Row>> =>
  context.scan<Days<Row>>(
    'records.days',
    {
      actor: context.actor,
      entity: entity.name,
      which: await settledFor(context, entity, which),
      field,
      span: { from, days, limit },
      zone: context.services.timeZone(),
    },
    { lane: 'quick' },
  )
type Days<Row> = { days: { day: string; count: number; rows: Row[] }[]; capped: boolean }
