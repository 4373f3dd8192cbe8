import BetterSqlite3 from 'better-sqlite3'
import { stockFaults } from '../../support/stockFaults.ts'
import { moneyFaults } from '../../support/walkOrders.ts'
import type { Acknowledged } from './desk.ts'

type Change = { seq: number; op: 'i' | 'u' | 'd'; before: string | null; after: string | null }
type Image = Readonly<Record<string, unknown>>
type Edit = Extract<Acknowledged, { what: 'edit' }>
const imageOf = (text: string | null): Image => (text === null ? {} : (JSON.parse(text) as Image))

export type Found = { commands: number; lost: string[]; faults: string[] }

/**
 * Looks, in what lies on the disk when the host has stopped, for every promise that was given: its command in the history, its record, its
 * value; and whether somebody wrote over a value that he had not seen.
 */
export function checkPromises(file: string, acknowledged: readonly Acknowledged[]): Found {
  const raw = new BetterSqlite3(file, { readonly: true })
  try {
    const lost: string[] = []
    const known = raw.prepare('select 1 from command where seq = ?').pluck()
    for (const { seq, who, what } of acknowledged)
      if (known.get(seq) === undefined) lost.push(`${who}: ${what} ${seq} is not in the history`)
    const undone = new Set(acknowledged.flatMap((one) => (one.what === 'undone' ? [one.of] : [])))
    for (const one of acknowledged)
      if (
        one.what === 'created' &&
        !undone.has(one.seq) &&
        !raw.prepare(`select 1 from "${one.table}" where id = ?`).pluck().get(one.id)
      )
        lost.push(`${one.who}: ${one.table} ${one.id} is gone`)
    const edits = acknowledged.filter((one): one is Edit => one.what === 'edit')
    for (const [key, ones] of Map.groupBy(edits, ({ table, id }) => `${table} ${id}`)) lost.push(...overwritten(raw, key, ones))
    const commands = raw.prepare('select count(*) from command').pluck().get() as number
    return { commands, lost, faults: [...stockFaults(raw), ...moneyFaults(raw)] }
  } finally {
    raw.close()
  }
}

/** Of one record: values that are not there, and values that went under another's writing without his having seen them. */
function overwritten(raw: BetterSqlite3.Database, key: string, edits: readonly Edit[]): string[] {
  const [table = '', id = ''] = key.split(' ')
  const changes = raw
    .prepare('select seq, op, before, after from journal where tbl = ? and row_id = ? order by id')
    .all(table, id) as Change[]
  const now = imageOf(JSON.stringify(raw.prepare(`select * from "${table}" where id = ?`).get(id) ?? {}))
  const images = changes.map(({ seq, before, after }) => ({ seq, before: imageOf(before), after: imageOf(after) }))
  const lost: string[] = []
  for (const one of edits) {
    const at = images.findIndex(({ seq }) => seq === one.seq)
    const own = images[at]
    if (!own || own.after[one.column] !== one.value) {
      lost.push(`${one.who}: ${key} ${one.column} ${one.seq} was not written`)
      continue
    }
    // What was written between the version he saw and his own writing, he has not seen; changed and changed back, nothing is lost.
    const unseen = images.slice(0, at).filter(({ after }) => Number(after['version']) > one.seen)
    const saw = unseen[0]?.before[one.column]
    if (unseen.length > 0 && saw !== own.before[one.column])
      lost.push(`${one.who}: ${one.seq} wrote over ${key} ${one.column} of ${unseen.at(-1)?.seq} unseen`)
  }
  const last = images.at(-1)
  if (last)
    for (const column of new Set(edits.map((one) => one.column)))
      if (last.after[column] !== now[column]) lost.push(`${key} ${column} is not what was written last`)
  return lost
}

type Ledger = ReadonlyMap<string, { readonly onHand: number; readonly demand: number }>
const UNITS = 10_000
/** Things of which another number lies there, or is asked for, than the answers add up to. */
export function checkStock(file: string, ledger: Ledger): string[] {
  const raw = new BetterSqlite3(file, { readonly: true })
  try {
    const level = raw.prepare(
      'select coalesce(sum(on_hand), 0) as onHand, coalesce(sum(demand), 0) as demand from stock_level where product_id = ?',
    )
    return [...ledger].flatMap(([id, { onHand, demand }]) => {
      const there = level.get(id) as { onHand: number; demand: number }
      const right = there.onHand === onHand * UNITS && there.demand === demand * UNITS
      return right ? [] : [`${id}: ${JSON.stringify(there)} instead of ${JSON.stringify({ onHand, demand })}`]
    })
  } finally {
    raw.close()
  }
}
