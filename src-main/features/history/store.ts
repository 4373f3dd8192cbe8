import { sql } from 'kysely'
import type { FieldChange, HistoryEntry } from '../../../src-shared/features/history/model.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { customWord, flatRow } from '../../../src-shared/kernel/custom/values.ts'
import { columnOf, type EntityDescriptor, type FieldDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { Entity } from '../../../src-shared/kernel/procedure.ts'
import type { QueryContext } from '../../kernel/context.ts'
import type { ReadDb, WriteTx } from '../../kernel/database.ts'
import { NotFound } from '../../kernel/errors.ts'
import { ofTable } from '../../kernel/journal.ts'
import { maskValue, rightTo } from '../../kernel/policy.ts'
import { actorAt } from '../../kernel/records/pools.ts'
import { businessTables } from '../../kernel/tableList.ts'
import { isLastTurn, undoneBy } from '../../kernel/undone.ts'

type Db = ReadDb | WriteTx
type Image = Record<string, string | number | boolean | null>
export type StoredCommand = Omit<
  HistoryEntry,
  'recordName' | 'firstNames' | 'undoneBySeq' | 'undoable' | 'changes' | 'steps' | 'facts' | 'about'
> & {
  actorId: string | null
  detail: string | null
  undoneBySeq: number | null
  isLastTurn: number
}

const commandColumns = sql`c.seq, c.at, c.actor_id, c.actor_name, c.origin, c.procedure, c.action, c.entity, c.record_id, c.row_count as rows, c.detail, c.batch_id, c.undoes as undoes_seq, c.irreversible,
  ${undoneBy('c')} as undone_by_seq, ${isLastTurn('c')} as is_last_turn`

export async function getCommand(db: Db, seq: number): Promise<StoredCommand> {
  const { rows } = await sql<StoredCommand>`select ${commandColumns} from command c where c.seq = ${seq}`.execute(db)
  const [command] = rows
  if (!command) throw new NotFound('command', String(seq))
  return command
}

const among = (ids: readonly string[]) => sql`in (select value from json_each(${JSON.stringify(ids)}))`

/** Commands that touched a row, or those whose place it took, newest first. */
export async function commandsOfRow(
  db: Db,
  input: { entity: string; table: string; ids: readonly string[]; before?: number | undefined; limit: number },
): Promise<StoredCommand[]> {
  const older = input.before === undefined ? sql`` : sql`and j.seq < ${input.before}`
  const { rows } = await sql<StoredCommand>`
    select ${commandColumns} from command c where c.seq in (
      select j.seq from journal j where j.tbl = ${input.table} and j.row_id ${among(input.ids)} ${older}
      union select j.seq from command j where j.entity = ${input.entity} and j.record_id ${among(input.ids)} ${older}
      union select j.seq from journal j where j.tbl = 'record_tag' and j.row_id in (
        select id from record_tag where entity = ${input.entity} and record_id ${among(input.ids)}
        union select g.row_id from json_each(${JSON.stringify(input.ids)}) w cross join journal g
          where g.tbl = 'record_tag' and g.op = 'd' and g.before ->> 'record_id' = w.value and g.before ->> 'entity' = ${input.entity}) ${older})
    order by c.seq desc limit ${input.limit + 1}`.execute(db)
  return rows
}

/** The newest command of every batch stands for it; `sumsOf` has the rest. */
export async function recentCommands(
  db: Db,
  input: { actorId: string | null; before?: number | undefined; limit: number },
): Promise<StoredCommand[]> {
  const { rows } = await sql<StoredCommand>`
    select ${commandColumns} from command c
    where ${input.actorId === null ? sql`1 = 1` : sql`c.actor_id = ${input.actorId}`} and ${input.before === undefined ? sql`1 = 1` : sql`c.seq < ${input.before}`}
    and c.entity is not 'session' and not exists (
      select 1 from command n where n.batch_id = c.batch_id and n.seq > c.seq and n.procedure = c.procedure and n.actor_id is c.actor_id)
    order by c.seq desc limit ${input.limit + 1}`.execute(db)
  return rows
}

/** How many records a command was about, as it wrote it down. */
export const recordsOfCommand = sql`coalesce(c.detail ->> '$.count', (c.detail ->> '$.created') + (c.detail ->> '$.updated'))`

const openOf = (batchId: string) => sql`from command c where c.batch_id = ${batchId}
    and ${undoneBy('c')} is null`

/** The living commands of a batch older than `before`, newest first: those not taken back yet. */
export async function openCommandsOfBatch(
  db: Db,
  { batchId, before, limit }: { batchId: string; before: number | undefined; limit: number },
): Promise<{ seqs: number[]; total: number }> {
  const open = sql`${openOf(batchId)} and ${before === undefined ? sql`1 = 1` : sql`c.seq < ${before}`}`
  const { rows } = await sql<{ seq: number }>`select c.seq ${open} order by c.seq desc limit ${limit}`.execute(db)
  const { rows: counted } = await sql<{ n: number }>`select count(*) as n ${open}`.execute(db)
  return { seqs: rows.map((row) => row.seq), total: counted[0]?.n ?? 0 }
}

type OpenSum = { commands: number; rows: number; records: number | null }

/** How many living commands a batch has, how many rows they wrote and how many records that was; of somebody else only with `of` null. */
export async function sumOfBatch(db: Db, batchId: string, of: string | null): Promise<OpenSum> {
  const { rows } = await sql<OpenSum>`
    select count(*) as commands, coalesce(sum(c.row_count), 0) as rows, sum(${recordsOfCommand}) as records ${openOf(batchId)}
    and ${of === null ? sql`1 = 1` : sql`c.actor_id = ${of}`}`.execute(db)
  return rows[0] ?? { commands: 0, rows: 0, records: null }
}

/** What a command did to a row, or one whose place it took, field by field, as the caller may see the fields today. */
export async function changesOfRow(
  context: Pick<QueryContext, 'db' | 'actor'>,
  entity: EntityDescriptor,
  ids: readonly string[],
  seqs: readonly number[],
): Promise<Map<number, FieldChange[]>> {
  const { rows } = await sql<{ seq: number; before: string; after: string }>`
    select seq, before, after from journal where tbl = ${entity.table} and row_id ${among(ids)} and op = 'u' and seq in (select value from json_each(${JSON.stringify(seqs)})) order by id`.execute(
    context.db,
  )
  const names = await shownNames(context.db)
  const actor = await actorAt(context.db, context.actor, entity, ids[0] ?? '')
  const found = new Map<number, FieldChange[]>()
  for (const { seq, before, after } of rows) {
    const changes = fieldChanges(
      actor,
      entity,
      [flatRow(JSON.parse(before) as Image), flatRow(JSON.parse(after) as Image)],
      names,
    )
    found.set(seq, [...(found.get(seq) ?? []), ...changes])
  }
  for (const [seq, change] of await tagChanges({ db: context.db, actor }, entity, ids, seqs))
    found.set(seq, [...(found.get(seq) ?? []), change])
  return found
}

/** Tags that came and went, as one change: `before` names those taken off, `after` those put on. */
async function tagChanges(
  { db, actor }: Pick<QueryContext, 'db' | 'actor'>,
  entity: EntityDescriptor,
  ids: readonly string[],
  seqs: readonly number[],
): Promise<Map<number, FieldChange>> {
  const field = entity.fields.find(({ type }) => type === 'tags')
  if (!field || rightTo(actor, entity, field.key) === 'hidden') return new Map()
  // A link that came has no image: it says whose it is where it stands, or else where it went. So does a tag its name.
  const gone = (key: string) =>
    sql`(select d.before ->> ${key} from journal d where d.tbl = 'record_tag' and d.row_id = j.row_id and d.op = 'd' order by d.id limit 1)`
  const { rows } = await sql<{ seq: number; op: 'i' | 'd'; name: string | null }>`
    select x.seq, x.op, coalesce(tag.name,
      (select g.before ->> 'name' from journal g where g.tbl = 'tag' and g.row_id = x.tag_id and g.op = 'd' order by g.id desc limit 1)) as name
    from (
      select j.id, j.seq, j.op, coalesce(j.before ->> 'record_id', r.record_id, ${gone('record_id')}) as record_id,
        coalesce(j.before ->> 'tag_id', r.tag_id, ${gone('tag_id')}) as tag_id
      from journal j left join record_tag r on r.id = j.row_id
      where ${ofTable('record_tag', 'j')} and j.op in ('i', 'd') and j.seq in (select value from json_each(${JSON.stringify(seqs)}))) x
    left join tag on tag.id = x.tag_id where x.record_id ${among(ids)} order by x.id`.execute(db)
  const changes = new Map<number, FieldChange>()
  const add = (names: FieldChange['before'] | undefined, name: string): string => (names ? `${names} · ${name}` : name)
  for (const { seq, op, name } of rows) {
    if (name === null) continue
    const known = changes.get(seq) ?? { field: field.key, before: null, after: null, beforeLabel: null, afterLabel: null }
    changes.set(seq, op === 'i' ? { ...known, after: add(known.after, name) } : { ...known, before: add(known.before, name) })
  }
  return changes
}

function fieldChanges(
  actor: Actor,
  entity: EntityDescriptor,
  [before, after]: [Image, Image],
  names: ReadonlyMap<string, string>,
): FieldChange[] {
  return [...entity.fields, ...(entity.archived ?? [])].flatMap((field) => {
    const column = columnOf(field.key)
    const right = rightTo(actor, entity, field.key)
    const [old, now] = [before[column] ?? null, after[column] ?? null]
    // Written by commands of its own, and still what somebody decided.
    if ((field.readOnly && !DECIDED.has(field.key)) || old === now || right === 'hidden') return []
    const show = (value: Shown) => (right === 'masked' ? (maskValue(field.mask ?? 'text', value) as Shown) : value)
    return [
      {
        field: field.key,
        ...(field.label !== undefined && { label: field.label, type: field.type }),
        before: show(old),
        after: show(now),
        beforeLabel: labelOf(field, old, names),
        afterLabel: labelOf(field, now, names),
      },
    ]
  })
}

const DECIDED: ReadonlySet<string> = new Set([
  'stageId',
  'lostReasonId',
  'lostNote',
  'status',
  'invalidReasonId',
  'invalidNote',
  'poolId',
])

type Shown = FieldChange['before']
function labelOf(field: FieldDescriptor, value: Shown, names: ReadonlyMap<string, string>): string | null {
  if (NAMED.has(field.reference ?? 'file')) return names.get(String(value)) ?? null
  return field.choices ? customWord(field, value) : null
}

const NAMED: ReadonlySet<Entity> = new Set([
  'employee',
  'productCategory',
  'warehouse',
  'pipeline',
  'stage',
  'lostReason',
  'leadSource',
  'leadReason',
  'leadPool',
])
/** What everybody may read the name of. */
async function shownNames(db: Db): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from employee union all select id, name from pipeline union all select id, name from stage
    union all select id, name from lost_reason union all select id, name from lead_source union all select id, name from lead_invalid_reason
    union all select id, name from lead_pool union all select id, path from product_category union all select id, name from warehouse`.execute(
    db,
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** The command at the bottom of a chain of undo and redo, and how many turns lie above it: its right is the right of every turn. */
export async function turnsOf(db: Db, command: StoredCommand): Promise<{ root: StoredCommand; turns: number }> {
  let root = command
  let turns = 0
  for (; root.undoesSeq !== null; turns++) root = await getCommand(db, root.undoesSeq)
  return { root, turns }
}
export const rootOf = async (db: Db, command: StoredCommand): Promise<StoredCommand> => (await turnsOf(db, command)).root

export const entityOfTable = (table: string): string => businessTables.find((known) => known.name === table)?.entity ?? table

/** Whether a row of this table is such a record itself, and not a tag, a member or a move of one. */
export const isRecordTable = (table: string, entity: string | null): boolean =>
  businessTables.some((known) => known.name === table && known.entity === entity && known.recordColumn === undefined)

/**
 * Records that have owners of their own, and the tables of their parts, which name them by `column`. `hangs`: they hang on a
 * customer by `customer_id`, and are reached through it as well. What is listed here may be taken back by one rule.
 */
export const OWN_RECORDS: readonly {
  entity: Entity
  feature: string
  table: string
  column: string
  parts: readonly string[]
  hangs: boolean
  /** Of a record `o` that is one of several: the one whose owner and team decide for all of them. */
  head?: string
}[] = [
  {
    entity: 'opportunity',
    feature: 'opportunities',
    table: 'opportunity',
    column: 'opportunity_id',
    parts: ['opportunity_stage', 'opportunity_line', 'opportunity_rating'],
    hangs: true,
  },
  {
    entity: 'order',
    feature: 'orders',
    table: 'sales_order',
    column: 'order_id',
    parts: ['order_line', 'order_person', 'payment_plan', 'stock_reservation'],
    hangs: true,
  },
  {
    entity: 'quote',
    feature: 'quotes',
    table: 'quote',
    column: 'quote_id',
    parts: ['quote_line'],
    hangs: true,
    // An older version may have stayed with whom it was; who deletes the last one deletes them all.
    head: '(select x.id from quote x where x.root_id = o.root_id order by x.version_no desc limit 1)',
  },
  {
    entity: 'lead',
    feature: 'leads',
    table: 'lead',
    column: 'lead_id',
    parts: ['lead_follow_up', 'lead_move'],
    hangs: false,
  },
]
const ofHanging = sql`(${sql.join(
  OWN_RECORDS.filter(({ hangs }) => hangs).map(({ table }) => ofTable(table)),
  sql` or `,
)})`

/** Owners of the customers whose rows or children a command touched: now, and before it where it changed them. */
export async function ownersOfCustomers(db: Db, seq: number): Promise<Map<string, (string | null)[]>> {
  const { rows } = await sql<{ id: string; ownerId: string | null }>`
    select id, owner_id from customer where id in (
      select coalesce(json_extract(j.after, '$.customer_id'), json_extract(j.before, '$.customer_id'), json_extract(j.before, '$.record_id'), json_extract(j.before, '$.first_id'), m.record_id, t.customer_id, a.customer_id, f.customer_id, x.customer_id, y.customer_id, b.customer_id, v.customer_id, r.record_id, d.first_id, j.row_id)
      from journal j left join contact t on t.id = j.row_id left join address a on a.id = j.row_id left join follow_up f on f.id = j.row_id left join record_tag r on r.id = j.row_id
        left join record_member m on m.id = j.row_id and m.entity = 'customer'
        left join file x on x.id = j.row_id left join payment y on y.id = j.row_id
        left join billing_profile b on b.id = j.row_id left join invoice v on v.id = j.row_id left join not_duplicate d on d.id = j.row_id
      where j.seq = ${seq}
      union select coalesce(json_extract(j.before, '$.second_id'), d.second_id) from journal j left join not_duplicate d on d.id = j.row_id
        where j.seq = ${seq} and ${ofTable('not_duplicate', 'j')}
      union select json_extract(before, '$.customer_id') from journal where seq = ${seq} and ${ofHanging} and before is not null)
    union select row_id, json_extract(before, '$.owner_id') from journal where seq = ${seq} and ${ofTable('customer')} and before is not null
      and json_extract(before, '$.owner_id') is not json_extract(after, '$.owner_id')`.execute(db)
  const owners = new Map<string, (string | null)[]>()
  for (const { id, ownerId } of rows) owners.set(id, [...(owners.get(id) ?? []), ownerId])
  return owners
}

/** What an employee may do, as a collaborator, to customers. */
export async function accessOf(db: Db, employeeId: string | null, ids: readonly string[]): Promise<Map<string, 'read' | 'edit'>> {
  if (employeeId === null || ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; access: 'read' | 'edit' }>`
    select record_id as id, access from record_member where entity = 'customer' and employee_id = ${employeeId}
      and record_id in (select value from json_each(${JSON.stringify(ids)}))`.execute(db)
  return new Map(rows.map(({ id, access }) => [id, access]))
}

/** Such a record that a command touched, itself or by one of its parts, and the customer it hangs on. */
export type Chance = {
  ownerId: string | null
  access: 'read' | 'edit' | null
  customerId: string | null
  customerOwnerId: string | null
  customerAccess: 'read' | 'edit' | null
  /** Whose it was until the command gave it away: its parts go back with it. */
  leftOwnerId: string | null
}
export async function chancesOf(db: Db, employeeId: string | null, seq: number): Promise<Map<string, Chance>> {
  const found = new Map<string, Chance>()
  for (const { entity, table, column, parts, hangs, head = 'o.id' } of OWN_RECORDS) {
    const customerId = hangs ? sql`h.customer_id` : sql`null`
    const ofParts = parts.map(
      (part) => sql`
      union select coalesce(j.before ->> ${column}, h.${sql.ref(column)}) from journal j left join ${sql.table(part)} h on h.id = j.row_id
        where j.seq = ${seq} and ${ofTable(part, 'j')}`,
    )
    const ofLinks = ['record_member', 'record_tag'].map(
      (link) => sql`
      union select coalesce(j.before ->> 'record_id', h.record_id) from journal j left join ${sql.table(link)} h on h.id = j.row_id
        where j.seq = ${seq} and ${ofTable(link, 'j')} and coalesce(j.before ->> 'entity', h.entity) = ${entity}`,
    )
    const { rows } = await sql<Chance & { id: string }>`
      select o.id, h.owner_id, ${customerId} as customer_id, c.owner_id as customer_owner_id, m.access, n.access as customer_access,
        (select before ->> 'owner_id' from journal where seq = ${seq} and ${ofTable(table)} and row_id = o.id and before ->> 'owner_id' is not after ->> 'owner_id') as left_owner_id
      from ${sql.table(table)} o join ${sql.table(table)} h on h.id = ${sql.raw(head)} left join customer c on c.id = ${customerId}
      left join record_member m on m.entity = ${entity} and m.record_id = h.id and m.employee_id = ${employeeId}
      left join record_member n on n.entity = 'customer' and n.record_id = ${customerId} and n.employee_id = ${employeeId}
      where o.id in (select row_id from journal where seq = ${seq} and ${ofTable(table)} ${sql.join([...ofParts, ...ofLinks], sql` `)})`.execute(
      db,
    )
    for (const { id, ...chance } of rows) found.set(id, chance)
  }
  return found
}

/** What a command inserted, as `<table> <id>`. */
export async function createdBy(db: Db, seq: number): Promise<Set<string>> {
  const { rows } = await sql<{
    tbl: string
    rowId: string
  }>`select tbl, row_id from journal where seq = ${seq} and op = 'i'`.execute(db)
  return new Set(rows.map(({ tbl, rowId }) => `${tbl} ${rowId}`))
}
