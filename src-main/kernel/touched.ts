import type { Entity } from '../../src-shared/kernel/procedure.ts'
import type { Commit, TouchedRecord } from './commitBus.ts'
import type { Backend } from './context.ts'
import { journalOf, type JournalRow, prepared } from './journal.ts'
import { looseLinks, tableOf } from './tableList.ts'

const NAMED_AT_MOST = 200
const LINKS: ReadonlySet<string> = new Set(looseLinks.map(({ table }) => table))
type Image = Record<string, unknown>

/** Publishes a commit with the records it touched, or with the entities alone when they are many. */
export function announce(backend: Backend, commit: Committed): void {
  backend.bus.publish(toldOf(backend, commit))
}
/** Tells those who have a new notice, or have read one elsewhere, to look; nobody else hears of it. */
export function announceNotices(backend: Pick<Backend, 'bus' | 'database'>, told: readonly string[], seq?: number): void {
  if (told.length > 0) backend.bus.publish({ seq: seq ?? backend.database.lastCommand().seq, entities: [], records: [], told })
}

/** `touched`: the rows of the journal, which whoever wrote them has at hand. `bulk`: one of very many chunks, whose records nobody is named. */
export type Committed = { seq: number; rows: number; touched: readonly JournalRow[]; bulk?: boolean }

/** A commit of the past as it was told then. */
export function commitAt(backend: Pick<Backend, 'database'>, seq: number): Commit {
  const rows = prepared(backend.database.raw, 'select count(*) from (select 1 from journal where seq = ? limit ?)')
    .pluck()
    .get(BigInt(seq), NAMED_AT_MOST + 1) as number
  if (rows <= NAMED_AT_MOST) return toldOf(backend, { seq, rows, touched: journalOf(backend.database.raw, seq) })
  const tables = prepared(backend.database.raw, 'select distinct tbl from journal where seq = ?')
    .pluck()
    .all(BigInt(seq)) as string[]
  return { seq, entities: entitiesOf(tables), records: null }
}

const entitiesOf = (tables: readonly string[]): Entity[] => [...new Set(tables.flatMap((name) => tableOf(name)?.entity ?? []))]

function toldOf(backend: Pick<Backend, 'database'>, { seq, rows, touched, bulk }: Committed): Commit {
  if (bulk || rows > NAMED_AT_MOST)
    return { seq, entities: entitiesOf([...new Set(touched.map(({ tbl }) => tbl))]), records: null }
  const records = recordsTouched(backend, touched)
  return { seq, entities: [...new Set(records.map((record) => record.entity))], records }
}

/** The records behind the rows of a command, with who saw them before it; a tag on a customer counts as the customer. */
function recordsTouched(backend: Pick<Backend, 'database'>, touched: readonly JournalRow[]): TouchedRecord[] {
  const found = new Map<string, TouchedRecord & Before>()
  for (const row of touched) {
    const record = recordOf(backend, row)
    if (!record) continue
    const key = `${record.entity} ${record.id}`
    const known = found.get(key) ?? { ...record, ownersBefore: [], poolsBefore: [], membersBefore: [] }
    noteBefore(known, row)
    // A part of a record need not say whose it is; the record does.
    found.set(key, { ...known, customerId: known.customerId ?? record.customerId })
  }
  return [...found.values()]
}

type Before = { ownersBefore: (string | null)[]; poolsBefore: string[]; membersBefore: string[] }
function noteBefore(known: Before, { tbl, before }: JournalRow): void {
  if (!before || (!tableOf(tbl)?.owned && tbl !== 'record_member')) return
  const image = JSON.parse(before) as Image
  const text = (column: string): string | null => (typeof image[column] === 'string' ? image[column] : null)
  if (tbl === 'record_member') known.membersBefore.push(text('employee_id') ?? '')
  else known.ownersBefore.push(text('owner_id'))
  const pool = text('pool_id')
  if ((tbl === 'customer' || tbl === 'lead') && pool !== null) known.poolsBefore.push(pool)
}

function recordOf(
  backend: Pick<Backend, 'database'>,
  row: JournalRow,
): { entity: Entity; id: string; customerId: string | null } | null {
  const table = tableOf(row.tbl)
  if (!table) return null
  const image = imageOf(backend, row)
  const customerId = typeof image['customer_id'] === 'string' ? image['customer_id'] : null
  if (!table.recordColumn) return { entity: table.entity, id: row.rowId, customerId }
  const id = image[table.recordColumn]
  const entity = typeof image['entity'] === 'string' && LINKS.has(row.tbl) ? (image['entity'] as Entity) : table.entity
  return typeof id === 'string' ? { entity, id, customerId } : null
}

function imageOf(backend: Pick<Backend, 'database'>, row: JournalRow): Image {
  const text = row.after ?? row.before
  if (text) return JSON.parse(text) as Image
  return (prepared(backend.database.raw, `select * from "${row.tbl}" where id = ?`).get(row.rowId) as Image | undefined) ?? {}
}
