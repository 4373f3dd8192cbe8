import type { CheckRow } from '../../../src-shared/features/imports/model.ts'
import { recordOfColumn } from '../../../src-shared/features/imports/recordOfColumn.ts'
import { formatPhone } from '../../../src-shared/kernel/cleaning/phoneDisplay.ts'
import { localOf, readMoment } from '../../../src-shared/kernel/cleaning/date.ts'
import { Instant } from '../../../src-shared/kernel/time.ts'
import type { Entity } from '../../../src-shared/kernel/procedure.ts'
import type { QueryContext } from '../../kernel/context.ts'
import { type FieldType, findField, valueIn } from '../../../src-shared/kernel/entity.ts'
import type { Parts } from '../../kernel/importer.ts'
import { listRows } from '../../kernel/records/select.ts'
import { importerIn } from './registry.ts'
import { inSight, recordsThere } from './sight.ts'
import type { Run } from './store.ts'
import type { Checked, CheckInput } from './tasks.ts'
import { choiceColumns } from './chosen.ts'

export type DuplicateField = {
  entity: string
  feature: string
  field: string
  at: number
  file: string
  there: string
  said?: string
  type?: FieldType
}
type Context = Pick<QueryContext, 'db' | 'actor' | 'entities' | 'scan' | 'services'>

/** A duplicate beside what it looks like: the record of the base as the caller may see it, or the earlier row of the file. */
export async function duplicateAt(
  context: Context,
  run: Run,
  at: number,
): Promise<{ total: number; row: CheckRow | null; fields: DuplicateField[] }> {
  const page = await context.scan<Checked>(
    'imports.check',
    {
      id: run.id,
      filter: 'duplicate',
      offset: at,
      limit: 1,
      choices: choiceColumns(run, context.entities),
      withParts: true,
    } satisfies CheckInput,
    { lane: 'quick' },
  )
  const [row] = await inSight(context, run, page.rows)
  if (!row?.match) return { total: page.total, row: null, fields: [] }
  const told = textsOf(context, run, row, page.parts?.[0])
  const there =
    row.match.recordId === null
      ? await rowCells(context, run, row.match.row)
      : await recordCells(context, run, row.match.recordId, row.cells)
  const columns = run.mapping?.columns ?? []
  const fields = columns.flatMap((column) => {
    const { index, target } = column
    if (!target) return []
    const nth = recordOfColumn(columns, column)
    const part = importerIn(context.entities, run.entity).parts.find(({ name }) => name === target.entity)
    const feature = part?.feature ?? target.entity
    const type = part && findField(part, target.field)?.type
    const cell = row.cells[index] ?? ''
    const file = told(index, { ...target, at: nth })
    const said = file === cell ? {} : { said: cell }
    return [
      {
        entity: target.entity,
        field: target.field,
        feature,
        at: nth,
        file,
        there: there(index, { ...target, at: nth }),
        ...said,
        ...(type && { type }),
      },
    ]
  })
  return { total: page.total, row, fields: [...fields, ...ownNumbers(context, run, there)] }
}

/** A contact's number may be the one that stands with the firm: who decides has to see what is the same. */
function ownNumbers({ entities }: Context, run: Run, there: There): DuplicateField[] {
  const targets = (run.mapping?.columns ?? []).flatMap(({ target }) => (target ? [target] : []))
  if (!targets.some(({ entity, field }) => entity !== run.entity && field.startsWith('phone'))) return []
  const own = importerIn(entities, run.entity).parts.find(({ name }) => name === run.entity)
  return (own?.fields ?? [])
    .filter(({ key, type }) => type === 'phone' && !targets.some(({ entity, field }) => entity === run.entity && field === key))
    .map(({ key, type }) => ({ key, type, number: there(-1, { entity: run.entity, field: key, at: 0 }) }))
    .filter(({ number }) => number !== '')
    .map(({ key, type, number }) => {
      return { entity: run.entity, field: key, feature: own?.feature ?? run.entity, at: 0, file: '', there: number, type }
    })
}

type Target = { entity: string; field: string; at: number }
type There = (index: number, target: Target) => string

async function rowCells(context: Context, run: Run, n: number | null): Promise<There> {
  if (n === null) return () => ''
  const page = await context.scan<Checked>(
    'imports.check',
    {
      id: run.id,
      filter: 'all',
      offset: 0,
      limit: 1,
      row: n,
      choices: choiceColumns(run, context.entities),
      withParts: true,
    } satisfies CheckInput,
    { lane: 'quick' },
  )
  const [row] = page.rows
  return row ? textsOf(context, run, row, page.parts?.[0]) : () => ''
}

/** Of these what is stored is compared, not how a cell writes it: 12万 and 120,000.00 are one amount. */
const COMPARED_AS_STORED: readonly (FieldType | undefined)[] = ['money', 'number', 'boolean', 'select', 'multiSelect', 'tags']

/** What a row of the file would store, by the column; of other kinds of fields how it is written after cleaning. */
function textsOf({ entities }: Context, run: Run, { cells, options }: CheckRow, parts: Parts = {}): There {
  const described = importerIn(entities, run.entity).parts
  return (index, { entity, field, at }) => {
    const chosen = options?.[index]
    const cell = cells[index] ?? ''
    if (chosen !== undefined || cell === '') return chosen ?? ''
    const part = described.find(({ name }) => name === entity)
    if (!part || !COMPARED_AS_STORED.includes(findField(part, field)?.type)) return cell
    const records = parts[part.name] ?? []
    const record = sameOf(records, nameIn(run, cells, { entity, at })) ?? records[at]
    return record ? storedText(record[field]) : cell
  }
}

const storedText = (value: unknown): string => {
  if (Array.isArray(value)) return value.join('、')
  return value === null || value === undefined ? '' : String(value)
}

/** Of people known there, so many are looked through for the one that the file names. */
const LOOKED_THROUGH = 50

async function recordCells(context: Context, run: Run, id: string, cells: readonly string[]): Promise<There> {
  const byEntity = new Map<string, Record<string, unknown>[]>()
  for (const name of new Set((run.mapping?.columns ?? []).flatMap(({ target }) => (target ? [target.entity] : [])))) {
    if (name === run.entity) {
      const [own] = await recordsThere(context.db, context.actor, importerIn(context.entities, run.entity), [id])
      if (own) byEntity.set(name, [own])
      continue
    }
    const entity = context.entities.get(name as Entity)
    if (entity?.parentKey !== `${run.entity}Id`) continue
    const { rows } = await listRows(context.db, context.actor, entity, {
      filter: { combinator: 'and', rules: [{ field: `${run.entity}Id`, operator: '=', value: id }] },
      sort: [{ field: 'createdAt', direction: 'asc' }],
      offset: 0,
      limit: LOOKED_THROUGH,
    })
    byEntity.set(name, rows)
  }
  const [own] = byEntity.get(run.entity) ?? []
  const zone = context.services.timeZone()
  return (_index, { entity, field, at }) =>
    // What the record hangs on is told by its name alone.
    entity !== run.entity && field === 'name' && own?.[`${entity}Name`] !== undefined
      ? shown(own, `${entity}Name`, zone)
      : shown(sameOf(byEntity.get(entity) ?? [], nameIn(run, cells, { entity, at })), field, zone)
}

/** How the file calls the record that a column speaks of. */
function nameIn(run: Run, cells: readonly string[], { entity, at }: Pick<Target, 'entity' | 'at'>): { name: string; at: number } {
  const columns = run.mapping?.columns ?? []
  const column = columns.find(
    (one) => one.target?.entity === entity && one.target.field === 'name' && recordOfColumn(columns, one) === at,
  )
  return { name: column ? (cells[column.index] ?? '') : '', at }
}

/** The one of that name; where the file has the first one and nobody is called so, the first one there. */
const sameOf = (rows: readonly Record<string, unknown>[], { name, at }: { name: string; at: number }) =>
  rows.find((row) => name !== '' && row['name'] === name) ?? (at === 0 ? rows[0] : undefined)

const isInstant = (value: string): boolean => Instant.safeParse(value).success

/** As the cleaned cell of the file shows it: an instant on the clock of the workspace. */
function wallText(instant: string, zone: string): string {
  const read = readMoment(instant)
  if (!read) return instant
  const { date, time } = localOf(read, zone)
  return time === null ? date : `${date} ${time.slice(0, 5)}`
}

function shown(record: Record<string, unknown> | undefined, field: string, zone: string): string {
  if (!record) return ''
  if (field === 'address')
    return ['province', 'city', 'district', 'address']
      .flatMap((key) => (typeof record[key] === 'string' ? [record[key]] : []))
      .join(' ')
  const value = field.endsWith('Id') ? record[`${field.slice(0, -2)}Name`] : valueIn(record, field)
  if (typeof value !== 'string') return storedText(value)
  if (isInstant(value)) return wallText(value, zone)
  return field.startsWith('phone') && value.startsWith('+') ? formatPhone(value) : value
}
