import { type ClusterStyle, clusterValues, type Counted } from '../../../src-shared/features/imports/clusters.ts'
import type { FacetColumn, FacetPage, ImportableEntity, ValueCluster } from '../../../src-shared/features/imports/model.ts'
import { type FieldDescriptor, findField } from '../../../src-shared/kernel/entity.ts'
import type { TaskContext } from '../../kernel/tasks.ts'
import type { MappedColumn } from './clean.ts'
import { importerIn } from './registry.ts'
import { Bench } from './staging.ts'
import { splitTags } from '../../../src-shared/kernel/cleaning/tagText.ts'

/** `stamp`: the cleaning the values are of; another one, or a cell typed anew, counts them anew. */
export type FacetInput = { id: string; entity: ImportableEntity; columns: MappedColumn[]; stamp: string }
export type FacetAsked = { column: number; search: string; sort: 'count' | 'value'; offset: number; limit: number }

/** Different values kept of a column; what has more is a list of names or numbers, not of words to unify. */
const KEPT = 20_000
const LONGEST = 200
const BATCH = 1000
const CLUSTERS_TOLD = 300

const SCHEMA = `
  create table if not exists facet (col integer not null, value text not null, n integer not null, primary key (col, value)) strict, without rowid;
  create table if not exists facet_column (col integer primary key, empty integer not null, too_many integer not null) strict;
  create table if not exists facet_stamp (stamp text not null) strict`

/** The different values of each mapped column over all rows after cleaning, counted when somebody first asks. */
export async function facets(context: TaskContext, input: FacetInput): Promise<{ columns: FacetColumn[] }> {
  return onFacets(context, input, (bench) => {
    const known = bench.raw
      .prepare(
        'select c.col as "column", (select count(*) from facet f where f.col = c.col) as "distinct", c.empty, c.too_many as tooMany from facet_column c order by c.col',
      )
      .all() as { column: number; distinct: number; empty: number; tooMany: number }[]
    return {
      columns: known.map((one) => ({ ...one, tooMany: one.tooMany === 1, words: styleOf(context, input, one.column) !== null })),
    }
  })
}

export async function facet(context: TaskContext, input: FacetInput & { asked: FacetAsked }): Promise<FacetPage> {
  const { column, search, sort, offset, limit } = input.asked
  return onFacets(context, input, (bench) => {
    const where = "col = ? and (? = '' or instr(lower(value), lower(?)) > 0)"
    const order = sort === 'count' ? 'n desc, value' : 'value'
    return {
      total: bench.raw.prepare(`select count(*) from facet where ${where}`).pluck().get(column, search, search) as number,
      values: bench.raw
        .prepare(`select value, n as count from facet where ${where} order by ${order} limit ? offset ?`)
        .all(column, search, search, limit, offset) as Counted[],
    }
  })
}

/** Values that are likely the same, over all columns whose values are words. */
export async function clusters(context: TaskContext, input: FacetInput): Promise<{ clusters: ValueCluster[]; total: number }> {
  return onFacets(context, input, (bench) => {
    const found: ValueCluster[] = []
    for (const { index } of input.columns) {
      const style = styleOf(context, input, index)
      if (style === null) continue
      const values = bench.raw
        .prepare('select value, n as count from facet where col = ? order by n desc, value')
        .all(index) as Counted[]
      found.push(
        ...clusterValues(values, style).map(({ kind, to, values: those, rows }) => ({
          column: index,
          kind,
          to,
          values: [...those],
          rows,
        })),
      )
    }
    found.sort((a, b) => b.rows - a.rows || a.column - b.column)
    return { clusters: found.slice(0, CLUSTERS_TOLD), total: found.length }
  })
}

/** The condition of rows that hold a value, as the facets count it. */
export function holdsValue(bench: Bench, { column, text, type }: { column: number; text: string; type: string | null }) {
  bench.raw.function('holds', { deterministic: true }, (cell: unknown, wanted: unknown) => {
    const bare = String(cell ?? '').trim()
    return (type === 'tags' ? splitTags(bare).includes(String(wanted)) : bare.slice(0, LONGEST) === wanted) ? 1 : 0
  })
  return { sql: `kind = 'data' and holds(json_extract(shown, '$[${column}]'), ?) = 1`, parameter: text }
}

async function onFacets<T>(context: TaskContext, input: FacetInput, work: (bench: Bench) => T): Promise<T> {
  const bench = Bench.open(context.folder, input.id)
  try {
    bench.raw.exec(SCHEMA)
    const edits = bench.raw
      .prepare("select count(*) || ' ' || coalesce(sum(length(text) * 31 + n * 7 + col), 0) from edit")
      .pluck()
      .get()
    const stamp = `${input.stamp} ${String(edits)}`
    const stamped = bench.raw.prepare('select stamp from facet_stamp').pluck().get()
    if (stamped !== stamp) await countAll(context, bench, { ...input, stamp })
    return work(bench)
  } finally {
    bench.close()
  }
}

type Column = { counts: Map<string, number>; empty: number; tooMany: boolean; isTags: boolean }

async function countAll(context: TaskContext, bench: Bench, input: FacetInput): Promise<void> {
  const columns = new Map<number, Column>()
  for (const { index, target } of input.columns) {
    const field = fieldAt(context, input, target)
    if (field?.type !== 'longText')
      columns.set(index, { counts: new Map(), empty: 0, tooMany: false, isTags: field?.type === 'tags' })
  }
  let last = -1
  while (true) {
    context.signal.throwIfAborted()
    const rows = bench.shownAfter(last, BATCH)
    const end = rows.at(-1)
    if (!end) break
    for (const { kind, shown } of rows) if (kind === 'data') for (const [at, column] of columns) count(column, shown[at] ?? '')
    last = end.row
    await new Promise((resolve) => setImmediate(resolve))
  }
  bench.inOne(() => write(bench, columns, input.stamp))
}

function count(column: Column, text: string): void {
  const bare = text.trim()
  if (bare === '') {
    column.empty++
    return
  }
  for (const value of column.isTags ? splitTags(bare) : [bare.slice(0, LONGEST)]) {
    const before = column.counts.get(value)
    if (before !== undefined) column.counts.set(value, before + 1)
    else if (column.counts.size < KEPT) column.counts.set(value, 1)
    else column.tooMany = true
  }
}

function write(bench: Bench, columns: ReadonlyMap<number, Column>, stamp: string): void {
  bench.raw.exec('delete from facet; delete from facet_column; delete from facet_stamp')
  const value = bench.raw.prepare('insert into facet (col, value, n) values (?, ?, ?)')
  const whole = bench.raw.prepare('insert into facet_column (col, empty, too_many) values (?, ?, ?)')
  for (const [at, { counts, empty, tooMany }] of columns) {
    whole.run(at, empty, tooMany ? 1 : 0)
    for (const [text, n] of counts) value.run(at, text, n)
  }
  bench.raw.prepare('insert into facet_stamp (stamp) values (?)').run(stamp)
}

function fieldAt(
  { entities }: Pick<TaskContext, 'entities'>,
  input: Pick<FacetInput, 'entity'>,
  target: MappedColumn['target'],
): FieldDescriptor | null {
  const part = importerIn(entities, input.entity).parts.find(({ name }) => name === target.entity)
  return part ? (findField(part, target.field) ?? null) : null
}

const OWN_NUMBERS: readonly string[] = ['creditCode', 'wechat', 'address', 'website']

/** How the values of a column are compared; null for columns whose values are numbers, dates and texts of their own. */
function styleOf(context: Pick<TaskContext, 'entities'>, input: FacetInput, index: number): ClusterStyle | null {
  const target = input.columns.find((column) => column.index === index)?.target
  const field = target ? fieldAt(context, input, target) : null
  if (!target || !field || OWN_NUMBERS.includes(field.key)) return null
  if (field.type === 'reference') return field.reference === 'pool' ? 'word' : 'person'
  if (field.group === 'address') return 'place'
  if (field.key === 'name') return target.entity === input.entity ? 'company' : null
  return field.type === 'text' || field.type === 'select' || field.type === 'tags' ? 'word' : null
}
