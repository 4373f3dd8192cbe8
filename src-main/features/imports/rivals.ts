import type { TaskContext } from '../../kernel/tasks.ts'
import type { Fault, Parts } from '../../kernel/importer.ts'
import { prepared } from '../../kernel/journal.ts'
import type { Brought } from './once.ts'
import type { Bench } from './staging.ts'

const BATCH = 400
const AMONG = '(select value from json_each(?))'
/** Rows that are going to be written, whatever was said of them before. */
const WRITTEN = "kind = 'data' and has_error = 0 and plan <> 'skip'"
/** What a row ends in: a record that is there, or the row that becomes it. */
const ROOT = `coalesce(s.match ->> '$.target.record', 'row ' || coalesce(s.match ->> '$.target.row', s.n))`
const KEPT = 'insert or ignore into wish (key, n) select value ->> 0, value ->> 1 from json_each(?)'

type Wish = { key: string; n: number; root: string }

/**
 * Rows of a file that want the same of what may stand once, and end in different records, one of which is there already. Who gets it
 * depends on what becomes of the others, so they are tried together.
 */
export class Rivals {
  readonly #bench: Bench
  readonly #brought: Brought

  constructor(bench: Bench, brought: Brought) {
    this.#bench = bench
    this.#brought = brought
  }

  /** Notes anew what all rows want; new rows among themselves are told apart without this. */
  async keepAll({ signal }: TaskContext): Promise<void> {
    const { raw } = this.#bench
    raw.exec('delete from wish')
    if (prepared(raw, `select 1 from staged where match is not null and ${WRITTEN} limit 1`).get() === undefined) return
    for (let last: number | undefined = -1; last !== undefined; ) {
      signal.throwIfAborted()
      last = this.#keep(`n > ? and ${WRITTEN} order by n limit ${BATCH}`, last)
      // A turn of the loop, so that a cancel gets through.
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  /** Notes anew what some rows want. @returns them with all that want, or wanted, the same, however many steps away. */
  keepSome(rows: readonly number[]): number[] {
    const { raw } = this.#bench
    const list = JSON.stringify(rows)
    const wanted = `select distinct key from wish where n in ${AMONG}`
    const before = prepared(raw, wanted).pluck().all(list) as string[]
    prepared(raw, `delete from wish where n in ${AMONG}`).run(list)
    this.#keep(`n in ${AMONG} and ${WRITTEN} order by n`, list)
    const keys = [...new Set([...before, ...(prepared(raw, wanted).pluck().all(list) as string[])])]
    const near = prepared(
      raw,
      `with recursive near (n) as (
         select n from wish where key in ${AMONG}
         union select o.n from near join wish k on k.n = near.n join wish o on o.key = k.key)
       select n from near`,
    )
      .pluck()
      .all(JSON.stringify(keys)) as number[]
    return [...new Set([...rows, ...near])]
  }

  /** Groups of rows in each other's way; `only`: those with one of these rows. */
  groups(only: readonly number[] | null): number[][] {
    const wishes = prepared(
      this.#bench.raw,
      `select w.key, w.n, ${ROOT} as root from wish w join staged s on s.n = w.n where w.key in (
         select w.key from wish w join staged s on s.n = w.n group by w.key having count(distinct ${ROOT}) > 1 and max(s.match is not null) = 1)
       order by w.n`,
    ).all() as Wish[]
    const groups = joined(wishes)
    if (!only) return groups
    const changed = new Set(only)
    return groups.filter((rows) => rows.some((n) => changed.has(n)))
  }

  /** Whom a row would have to give way to, where that is a row of the file. */
  withRow(row: number, fault: Fault): Fault {
    if (fault.reason !== 'uniqueTaken' || fault.row !== undefined) return fault
    const earlier = prepared(
      this.#bench.raw,
      `select o.n from wish w join wish o on o.key = w.key join staged s on s.n = o.n
       where w.n = ? and w.key ->> 1 in ${AMONG} and o.n < w.n and s.plan in ('create', 'update') order by o.n limit 1`,
    )
      .pluck()
      .get(row, JSON.stringify(fault.fields)) as number | undefined
    return earlier === undefined ? fault : { ...fault, row: earlier }
  }

  /** @returns the last of the rows. */
  #keep(where: string, given: unknown): number | undefined {
    const { raw } = this.#bench
    const rows = prepared(raw, `select n, parts from staged where ${where}`).all(given) as { n: number; parts: string }[]
    const pairs = rows.flatMap(({ n, parts }) => this.#brought(JSON.parse(parts) as Parts).map((key) => [key, n]))
    if (pairs.length > 0) prepared(raw, KEPT).run(JSON.stringify(pairs))
    return rows.at(-1)?.n
  }
}

/** Rows that are joined by a wish or by the record they end in, each group in the order of the file. */
function joined(wishes: readonly Wish[]): number[][] {
  const above = new Map<string, string>()
  const topOf = (one: string): string => {
    let top = one
    for (let next = above.get(top); next !== undefined; next = above.get(top)) top = next
    if (top !== one) above.set(one, top)
    return top
  }
  const join = (one: string, other: string): void => {
    const [top, otherTop] = [topOf(one), topOf(other)]
    if (top !== otherTop) above.set(top, otherTop)
  }
  for (const { key, n, root } of wishes) {
    join(`row ${n}`, key)
    join(`row ${n}`, root)
  }
  const rows = [...new Set(wishes.map(({ n }) => n))]
  return [...Map.groupBy(rows, (n) => topOf(`row ${n}`)).values()]
}
