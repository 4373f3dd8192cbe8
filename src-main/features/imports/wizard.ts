import {
  DEFAULT_OPTIONS,
  IMPORTABLE,
  type ImportableEntity,
  type ImportColumn,
  type ImportDetail,
  type ImportOptions,
  type TargetKey,
  type PlanCounts,
} from '../../../src-shared/features/imports/model.ts'
import { type Actor, fieldRight, may } from '../../../src-shared/kernel/actor.ts'
import type { Permission } from '../../../src-shared/kernel/permissions.ts'
import type { Entity } from '../../../src-shared/kernel/procedure.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { Importer } from '../../kernel/importer.ts'
import { Forbidden } from '../../kernel/errors.ts'
import type { Entities } from '../../kernel/livingEntities.ts'
import { WorkerFault, type TaskPool } from '../../kernel/workers.ts'
import { placeText, type WorkbookPlace } from '../../kernel/workbook/refusal.ts'
import type { DescribeInput, Described } from './describeTask.ts'
import type { FileFacts } from './readTask.ts'
import { importerIn, importerOf, targetsOf } from './registry.ts'
import type { StoredColumn } from './settings.ts'
import { type Run, stateOf, summaryOf } from './store.ts'
import type { Trial } from './rehearse.ts'
import type { DecideInput } from './tasks.ts'

type Scan = TaskPool['run']

/** A refusal of the reader comes out of its worker as a fault that carries the reader's own word. */
export async function orRefuse<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof WorkerFault) || error.kind !== 'WorkbookRefusal') throw error
    const { code, sheet, row, column, kind, ...deeper } = error.data as WorkbookPlace & { code: string; kind?: string }
    const place = Object.fromEntries(Object.entries({ sheet, row, column, kind }).filter(([, value]) => value !== undefined))
    const where = placeText({ ...place, ...deeper })
    // In brackets, so that the sentence reads on without it where nobody knows the place.
    throw new Refusal(code, { message: error.message, ...place, ...(where === '' ? {} : { place: ` [${where}]` }) })
  }
}

export const readFile = (
  scan: Scan,
  input: { id: string; entity: ImportableEntity; fileName: string; sheet: number | null },
): Promise<FileFacts> => orRefuse(scan<FileFacts>('imports.read', input, { lane: 'long' }))

export type Describing = {
  id: string
  entity: ImportableEntity
  options: ImportOptions
  facts: FileFacts
  headerRow: number
  groupsRow: number | null
  columns: StoredColumn[] | null
}
/** @param lane where the sheet has just been read its code is at hand; a choice made in the wizard waits for no import. */
export const describeColumns = (
  scan: Scan,
  actor: Actor,
  { facts, ...input }: Describing,
  lane: 'quick' | 'long' = 'quick',
): Promise<Described> =>
  scan<Described>(
    'imports.describe',
    {
      ...input,
      actor,
      width: facts.columns,
      closed: closedTo(importerOf(input.entity), actor),
      others: kindsOf(actor)
        .filter((kind) => kind !== input.entity)
        .map((entity) => ({ entity, closed: closedTo(importerOf(entity), actor) })),
    } satisfies DescribeInput,
    { lane },
  )

/** Who empties a cell of a file that was exported here means it. */
export const returnsHere = ({ columns }: { columns: readonly StoredColumn[] }): boolean =>
  columns.some(({ target }) => target?.field === 'id')

/** Who looks, and the fields there are. */
type Sight = { readonly actor: Actor; readonly entities: Entities }
const NO_FACTS = { format: '', encoding: null, sheets: [], sheet: 0, notes: [] }
const NO_MAPPING = { headerRow: 0, groupsRow: null, dataRows: 0, remembered: false, looksLike: null, columns: [], preview: [] }

export function detailOf(run: Run, { actor, entities }: Sight): ImportDetail {
  const importer = importerIn(entities, run.entity)
  const { format, encoding, sheets, sheet, notes } = run.summary.facts ?? NO_FACTS
  const { headerRow, groupsRow, dataRows, remembered, looksLike = null, columns, preview } = run.mapping ?? NO_MAPPING
  return {
    ...summaryOf(run, actor),
    format,
    encoding,
    sheets,
    sheet,
    notes,
    headerRow,
    groupsRow,
    dataRows,
    remembered,
    // Who imported such a file as what it is has said so.
    looksLike: remembered ? null : looksLike,
    identified: [...importer.identified],
    unidentified: importer.unidentified,
    columns,
    preview,
    targets: targetsOf(importer)
      .filter((target) => mayWrite(importer, actor, { entity: target.entity, field: target.field }))
      .map(({ synonyms: _words, ...target }) => target),
    options: run.options,
    makesMissing: mayMakeMissing(actor, run.entity, { columns }),
    makesOfWon: run.entity === 'opportunity' && mayMakeOfWon(actor),
    rules: run.summary.rules ?? null,
    own: run.summary.own ?? null,
    plan: run.summary.plan ?? null,
    skips: run.summary.skips ?? {},
  }
}

export const mayWrite = (importer: Importer, actor: Actor, target: TargetKey): boolean => {
  const { entity, field } = target
  // What a line tells of its document is said by who may say it there.
  if (importer.lookedUp?.[entity as Entity] !== undefined)
    return tellsOf(importer, target).every((key) => fieldRight(actor, importer.entity, key) === 'write')
  const needed = neededFor(importer, target)
  return (
    mayWriteKind(importer, actor, entity) &&
    fieldRight(actor, entity, field) === 'write' &&
    (needed === null || may(actor, needed))
  )
}

/** What one needs beside the right to write the field: for what nobody writes in a form. */
function neededFor({ parts }: Importer, { entity, field }: TargetKey): Permission | null {
  const found = parts.find(({ name }) => name === entity)?.fields.find(({ key }) => key === field)
  return found?.importOnce ? 'imports.readAll' : (found?.importBy ?? null)
}

const tellsOf = ({ parts }: Importer, { entity, field }: TargetKey): readonly string[] =>
  parts.find(({ name }) => name === entity)?.fields.find(({ key }) => key === field)?.tellsOf ?? []

/** Fields that are not even proposed: when and by whom a record was made, or into which pool it goes, is not for everybody to say. */
export const closedTo = (importer: Importer, actor: Actor): string[] =>
  targetsOf(importer).flatMap((target) =>
    (neededFor(importer, target) !== null || tellsOf(importer, target).length > 0) && !mayWrite(importer, actor, target)
      ? [`${target.entity}.${target.field}`]
      : [],
  )

export function mayWriteKind(importer: Importer, actor: Actor, entity: string): boolean {
  const needed = importer.writes[entity as Entity]
  return needed === undefined || may(actor, needed)
}

type Mapping = { columns: readonly StoredColumn[] }

/** Fields of what is made because nobody knows it that the actor may not write: the one that names it, and those with a column. */
function closedOfMade(actor: Actor, entity: ImportableEntity, { columns }: Mapping): string[] {
  const { makes } = importerOf(entity)
  if (!makes) return []
  const isMapped = (field: string): boolean =>
    columns.some(({ target }) => target?.entity === makes.entity && target.field === field)
  return makes.fields.flatMap((field, at) =>
    (at === 0 || isMapped(field)) && fieldRight(actor, makes.entity, field) !== 'write' ? [`${makes.entity}.${field}`] : [],
  )
}

const mayMakeMissing = (actor: Actor, entity: ImportableEntity, mapping: Mapping): boolean => {
  const { makes } = importerOf(entity)
  return makes !== undefined && may(actor, makes.creates) && closedOfMade(actor, entity, mapping).length === 0
}

/** @throws Forbidden or Refusal for who wants made what rows hang on and may not make it, or not write a field it gets from the file. */
export function requireMissing(actor: Actor, { entity, options }: Pick<Run, 'entity' | 'options'>, mapping: Mapping): void {
  const { makes } = importerOf(entity)
  if (options.missing !== 'create' || !makes) return
  if (!may(actor, makes.creates)) throw new Forbidden(makes.creates)
  const fields = closedOfMade(actor, entity, mapping)
  if (fields.length > 0) throw new Refusal('fieldsNotWritable', { fields })
}

/** @throws Refusal naming the fields that the actor's roles do not let him write, of what is made beside the rows as well. */
export function requireWritableMapping(actor: Actor, run: Pick<Run, 'entity' | 'options'>, mapping: Mapping): void {
  const importer = importerOf(run.entity)
  const fields = mapping.columns.flatMap(({ target }) =>
    target && !mayWrite(importer, actor, target) ? [`${target.entity}.${target.field}`] : [],
  )
  if (fields.length > 0) throw new Refusal('fieldsNotWritable', { fields })
  requireMissing(actor, run, mapping)
}

/** Spreadsheets keep the cells of a workbook as they are; of a csv they retype what looks like a figure or a day. */
export const isRetyped = (run: Run): boolean => ['csv', 'html'].includes(run.summary.facts?.format ?? '')

export const kindsOf = (actor: Actor): ImportableEntity[] => IMPORTABLE.filter((entity) => may(actor, importerOf(entity).needs))

/** With what an import begins: what a file has as won becomes orders and payments for who may make them. */
export const optionsFor = (actor: Actor): ImportOptions => ({ ...DEFAULT_OPTIONS, wonOrders: mayMakeOfWon(actor) })

const OF_WON: readonly Permission[] = ['orders.create', 'payments.write']
export const mayMakeOfWon = (actor: Actor): boolean => OF_WON.every((needed) => may(actor, needed))

/** @throws Forbidden for who wants orders and payments made of what is won and may not make them. */
export function requireOfWon(actor: Actor, { entity, options }: Pick<Run, 'entity' | 'options'>): void {
  if (entity !== 'opportunity' || !options.wonOrders) return
  for (const needed of OF_WON) if (!may(actor, needed)) throw new Forbidden(needed)
}

/** @throws Forbidden for who may not import this kind at all. */
export function requireKind(actor: Actor, entity: ImportableEntity): void {
  const { needs } = importerOf(entity)
  if (!may(actor, needs)) throw new Forbidden(needs)
}

/** @throws Forbidden for who may not make such records, Refusal naming the fields of the defaults he may not write. */
export function requireCreating(run: Run, actor: Actor): void {
  const { creates } = importerOf(run.entity)
  if (!may(actor, creates)) throw new Forbidden(creates)
  requireDefaults(run, actor, Object.keys(run.options.defaults))
}

/** @throws Refusal naming those of these defaults that are given and not for the actor to write. */
export function requireDefaults(
  { entity, options }: Pick<Run, 'entity' | 'options'>,
  actor: Actor,
  keys: readonly string[],
): void {
  const given = new Map(Object.entries(options.defaults).filter(([, value]) => !isNothing(value)))
  const closed = keys.filter((field) => given.has(field) && !mayWrite(importerOf(entity), actor, { entity, field }))
  if (closed.length > 0) throw new Refusal('fieldsNotWritable', { fields: closed.map((field) => `${entity}.${field}`) })
}

const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** @throws Refusal when nothing says what a row is; a file of one column that means nothing has most likely lost its separators. */
export function requireMappedTitle(run: Run, mapping: { columns: readonly ImportColumn[] }): void {
  const mapped = new Set(mapping.columns.flatMap(({ target }) => (target ? [`${target.entity}.${target.field}`] : [])))
  const { identified, unidentified } = importerOf(run.entity)
  if (identified.some((key) => mapped.has(key))) return
  // A column of delivery texts names whom they go to.
  if (mapping.columns.some(({ note }) => (note?.counts['pasted'] ?? 0) > 0)) return
  if ((run.summary.facts?.columns ?? 0) <= 1) throw new Refusal('oneColumn')
  throw new Refusal(mapped.size === 0 && unidentified === 'titleNotMapped' ? 'nothingMapped' : unidentified)
}

/** @throws Refusal when a column is unknown, or a field that holds one value is given two columns. */
export function chosenColumns(
  entities: Entities,
  run: Run,
  chosen: readonly { index: number; target: { entity: string; field: string } | null }[],
): StoredColumn[] {
  const targets = new Map(
    targetsOf(importerIn(entities, run.entity)).map((target) => [`${target.entity}.${target.field}`, target]),
  )
  const columns = (run.mapping?.columns ?? []).map((column) => {
    const choice = chosen.find(({ index }) => index === column.index)
    if (!choice) return column
    if (choice.target && !targets.has(`${choice.target.entity}.${choice.target.field}`))
      throw new Refusal('fieldUnknown', choice.target)
    return { ...column, target: choice.target, confidence: 1, because: 'chosen' as const }
  })
  const used = new Set<string>()
  for (const { target } of columns) {
    if (!target) continue
    const key = `${target.entity}.${target.field}`
    if (used.has(key) && !targets.get(key)?.repeatable) throw new Refusal('fieldTwice', target)
    used.add(key)
  }
  return columns
}

const OPEN = ['uploaded', 'ready', 'failed', 'preparing']
/** @throws Refusal when the import has begun to write: its mapping and rows stay as they were. */
export function requireOpen(run: Run): void {
  const state = stateOf(run)
  if (state === 'preparing') throw new Refusal('busy')
  if (!OPEN.includes(state) || (run.summary.cursor ?? -1) >= 0) throw new Refusal('alreadyRun')
}

/** The type of the field that a column goes to. */
export function typeOf(run: Run, column: number): string | null {
  const target = run.mapping?.columns.find(({ index }) => index === column)?.target
  if (!target) return null
  return targetsOf(importerOf(run.entity)).find((one) => one.entity === target.entity && one.field === target.field)?.type ?? null
}

type Trying = { readonly actor: Actor; readonly now: () => string; readonly scan: Scan }
/** How the run would be written, for trying it out. */
export function trialOf({ entity, mapping, options, batchId, summary }: Run, { actor, now }: Omit<Trying, 'scan'>): Trial {
  if (!mapping) throw new Refusal('fileGone')
  return { entity, mapping, options, actor, now: now(), batchId, asOf: summary.asOf ?? null }
}

/** So many rows are tried at once among the short questions; more wait their turn among the long ones. */
const SHORT = 2000

export function planAnew(context: Trying, run: Run, decided: Pick<DecideInput, 'rows' | 'decision'>): Promise<PlanCounts> {
  const isShort = Array.isArray(decided.rows) || (run.summary.plan?.duplicates ?? 0) <= SHORT
  const input: DecideInput = { id: run.id, ...decided, trial: trialOf(run, context) }
  return context.scan<PlanCounts>('imports.decide', input, { lane: isShort ? 'quick' : 'long' })
}
