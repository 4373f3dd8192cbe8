import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { headerFingerprint, headerKey, type TargetKey } from '../../../src-shared/features/imports/mapping.ts'
import type { ColumnNote, ImportableEntity, ImportOptions } from '../../../src-shared/features/imports/model.ts'
import { leftOutNote } from '../../../src-shared/features/imports/leftOut.ts'
import { proposeField } from '../../../src-shared/features/imports/newField.ts'
import { keptRules, recalledRules } from '../../../src-shared/features/imports/ownRules.ts'
import { findField, isCustomKey } from '../../../src-shared/kernel/entity.ts'
import type { CellProblem } from '../../kernel/importer.ts'
import type { TaskContext } from '../../kernel/tasks.ts'
import { type CellValue, cellText, columnName } from '../../kernel/workbook/sheet.ts'
import type { CleanedRow } from './cellInto.ts'
import { cleanerFor, type CleanSettings } from './clean.ts'
import type { Names } from './namedCells.ts'
import { headerAt } from './readTask.ts'
import { importerIn } from './registry.ts'
import { cleanSettings, type StoredColumn, type StoredMapping } from './settings.ts'
import { type Kind, likelierKind } from './likelierKind.ts'
import { proposedColumns } from './proposed.ts'
import { Bench } from './staging.ts'
import { type Memory, memoryFor } from './store.ts'

export type DescribeInput = {
  actor: Actor
  id: string
  entity: ImportableEntity
  headerRow: number
  groupsRow: number | null
  width: number
  /** Null: they are proposed. */
  columns: StoredColumn[] | null
  options: ImportOptions
  /** Fields that whoever imports may not fill, as `entity.field`. */
  closed: readonly string[]
  /** The further kinds that whoever imports may import. */
  others: readonly Kind[]
}

const SAMPLE_ROWS = 400
const PREVIEW_ROWS = 8
const UNKNOWN_AT_MOST = 30

/** `recalled`: the options of the last file with these headers, where columns were proposed and there was one. */
export type Described = StoredMapping & { recalled?: Pick<ImportOptions, 'ownRules' | 'rulesOff' | 'values'> }

/** The columns with samples, where they go and what was understood of them; without given columns they are proposed, by memory first. */
export async function describe(context: TaskContext, input: DescribeInput): Promise<Described> {
  const bench = Bench.open(context.folder, input.id)
  try {
    const { names, totals } = headerAt(bench, input.headerRow, input.groupsRow)
    const sampled = [...bench.rawAfter(input.headerRow, SAMPLE_ROWS)].filter(
      ({ cells }) => !totals(cells.map((cell) => cellText(cell))),
    )
    const rows = sampled.map(({ cells }) => cells)
    const samples = Array.from({ length: input.width }, (_, index) => distinct(rows.map((row) => cellText(row[index]))))
    const memory = input.columns === null ? await memoryFor(context.db, input.entity, headerFingerprint(names)) : null
    const columns =
      withKnownTargets(context, input) ?? propose(context, input, { names, samples, memory: memory?.columns ?? null })
    const recalled = memory ? recallOf(memory, columns) : null
    const options = { ...input.options, ...recalled }
    const settings = cleanSettings(context, { actor: input.actor, entity: input.entity, mapping: { columns }, options })
    const cleaner = cleanerFor(settings)
    const cleaned = rows.map((row) => cleaner.clean(row, input.width))
    return {
      headerRow: input.headerRow,
      groupsRow: input.groupsRow,
      ...(recalled ? { recalled } : {}),
      remembered: memory !== null && columns.some(({ because }) => because === 'memory'),
      looksLike: likelierKind(
        context.entities,
        input,
        samples.map((cells, index) => ({ header: names[index] ?? '', samples: cells, filled: filledIn(rows, index) })),
      ),
      dataRows: bench.countAfter(input.headerRow),
      preview: cleaned.slice(0, PREVIEW_ROWS).map(({ shown }, at) => ({ row: sampled[at]?.n ?? 0, cells: shown })),
      columns: columns.map(({ index, header, target, confidence, because }) => ({
        index,
        header,
        target,
        confidence,
        because,
        letter: columnName(index),
        samples: (samples[index] ?? []).slice(0, 3),
        ...(target === null
          ? goesNowhere(input.entity, { header, because }, textsOf(rows, index))
          : { note: noteOf(settings, { index, target }, cleaned, textsOf(rows, index)) }),
      })),
    }
  } finally {
    bench.close()
  }
}

const textsOf = (rows: readonly (readonly CellValue[])[], index: number): string[] => rows.map((row) => cellText(row[index]))
const filledIn = (rows: readonly (readonly CellValue[])[], index: number): number =>
  textsOf(rows, index).filter((text) => text.trim() !== '').length

/** What a column without a field could become, and why it should be looked at. */
function goesNowhere(entity: ImportableEntity, column: Pick<StoredColumn, 'header' | 'because'>, cells: readonly string[]) {
  const proposal = proposeField(column.header, cells)
  return { proposal, note: leftOutNote({ entity, ...column, cells, proposal }) }
}

/** A field of the company that was put aside since is no target any more. */
function withKnownTargets({ entities }: TaskContext, { columns, entity }: DescribeInput): StoredColumn[] | null {
  const { parts } = importerIn(entities, entity)
  const isThere = (target: TargetKey): boolean =>
    !isCustomKey(target.field) || parts.some((part) => part.name === target.entity && findField(part, target.field) !== undefined)
  return columns?.map((column) => (column.target && !isThere(column.target) ? { ...column, target: null } : column)) ?? null
}

type Seen = { names: readonly string[]; samples: readonly string[][]; memory: Record<string, TargetKey | null> | null }

function propose(context: TaskContext, input: DescribeInput, { names, samples, memory }: Seen): StoredColumn[] {
  const sheet = samples.map((cells, index) => ({ header: names[index] ?? '', samples: cells }))
  return proposedColumns(importerIn(context.entities, input.entity), sheet, { closed: input.closed, memory })
}

/** What is kept of an import for the next file with these headers. */
export const memoryOf = (columns: readonly StoredColumn[], { ownRules, rulesOff, values }: ImportOptions): Memory => ({
  columns: Object.fromEntries(
    columns.flatMap(({ header, target }) => (headerKey(header) === '' ? [] : [[headerKey(header), target]])),
  ),
  rules: keptRules(ownRules, headersOf(columns), headerKey),
  rulesOff,
  values,
})

const recallOf = ({ rules, rulesOff, values }: Memory, columns: readonly StoredColumn[]) => ({
  ownRules: recalledRules(rules, headersOf(columns), headerKey),
  rulesOff,
  values,
})

function headersOf(columns: readonly StoredColumn[]): string[] {
  const headers: string[] = []
  for (const { index, header } of columns) headers[index] = header
  return Array.from(headers, (header) => header ?? '')
}

function distinct(texts: readonly string[]): string[] {
  const found = new Set<string>()
  for (const text of texts) if (text.trim() !== '') found.add(text.trim().slice(0, 200))
  return [...found]
}

const UNKNOWN: ReadonlySet<string> = new Set(['value.unknown', 'pool.unknown', 'named.stage', 'named.kept'])
const unknownIn = (problems: readonly CellProblem[]): string[] =>
  [
    ...new Set(
      problems.flatMap(({ code, detail }) => ((UNKNOWN.has(code) || code.startsWith('person.')) && detail ? [detail] : [])),
    ),
  ].slice(0, UNKNOWN_AT_MOST)

const PEOPLE: ReadonlySet<string> = new Set(['employee', 'user'])

const levelOf = (problems: readonly CellProblem[], bad: number): ColumnNote['level'] =>
  problems.some((one) => one.level === 'error') ? 'error' : bad > 0 ? 'warning' : 'info'

const codeOfNames = (reference = ''): ColumnNote['code'] =>
  reference === 'pool' ? 'pools' : PEOPLE.has(reference) ? 'people' : 'values'

/** What unknown words most likely mean, for a person to confirm. */
function likelyOnes(names: Names | null, unknown: readonly string[]): Pick<ColumnNote, 'likely'> {
  const likely = unknown.flatMap((word) => {
    const meant = names?.likely(word)
    return meant ? [[word, { value: meant.id, label: meant.name }] as const] : []
  })
  return likely.length > 0 ? { likely: Object.fromEntries(likely) } : {}
}

function noteOf(
  { importer, names }: Pick<CleanSettings, 'importer' | 'names'>,
  column: Pick<StoredColumn, 'index' | 'target'>,
  rows: readonly CleanedRow[],
  texts: readonly string[],
): ColumnNote | null {
  const filled = texts.filter((text) => text.trim() !== '').length
  if (!column.target) return null
  if (filled === 0) return { code: 'empty', level: 'info', counts: { of: rows.length }, unknown: [] }
  const part = importer.parts.find(({ name }) => name === column.target?.entity)
  const field = (part && findField(part, column.target.field)) ?? null
  const problems = rows.flatMap((row) => row.problems.filter((one) => one.column === column.index))
  const applied = rows.flatMap((row) => row.applied.filter((one) => one.column === column.index))
  const bad = problems.filter(({ code }) => !code.startsWith('email.several')).length
  const unknown = unknownIn(problems)
  const level = levelOf(problems, bad)
  const counts = { filled, of: rows.length, bad, changed: applied.length }
  if (problems.some(({ code }) => code.endsWith('digitsLost')))
    return {
      code: 'digitsLost',
      level: 'error',
      counts: { ...counts, lost: problems.filter(({ code }) => code.endsWith('digitsLost')).length },
      unknown,
    }
  switch (field?.type) {
    case 'phone': {
      const shown = rows.map((row) => row.shown[column.index] ?? '').filter((text) => text !== '')
      const mobile = shown.filter((text) => /(?:^|\D)1\d\d \d{4} \d{4}/.test(text)).length
      const masked = shown.filter((text) => text.includes('*')).length
      return {
        code: 'phones',
        level,
        counts: {
          ...counts,
          mobile,
          masked,
          several: applied.filter(({ rule }) => rule === 'severalPhones').length,
          landline: Math.max(0, shown.length - mobile - masked - bad),
        },
        unknown,
      }
    }
    case 'select':
      return {
        code: 'values',
        level,
        counts: { ...counts, distinct: new Set(texts.map((text) => text.trim()).filter((text) => text !== '')).size },
        unknown,
      }
    case 'reference':
      return {
        code: codeOfNames(field.reference),
        level,
        counts: { ...counts, distinct: new Set(texts.map((text) => text.trim()).filter((text) => text !== '')).size },
        unknown,
        ...likelyOnes(names?.(field.reference) ?? null, unknown),
      }
    case 'instant':
    case 'date':
    case 'birthday':
      return { code: 'dates', level, counts, unknown }
    default:
      return field?.group === 'address'
        ? {
            code: 'address',
            level,
            counts: { ...counts, pasted: applied.filter(({ rule }) => rule === 'pasted').length },
            unknown,
          }
        : { code: 'filled', level, counts, unknown }
  }
}
