import type BetterSqlite3 from 'better-sqlite3'
import { cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import type { ImportOptions } from '../../../src-shared/features/imports/model.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { Importer } from '../../kernel/importer.ts'
import { prepared } from '../../kernel/journal.ts'
import { type Into, problem, type Slot } from './cellInto.ts'

type Named = { readonly id: string; readonly name: string; readonly also?: string | null }
/** Records that cells name by a word of their own: stages, reasons, products. */
export type Names = {
  /** Of two records of one name neither is guessed. */
  readonly idOf: (word: string) => string | null
  /** Whose name differs by no more than blanks and marks; somebody has to confirm it. */
  readonly likely: (word: string) => Named | null
  readonly has: (id: string) => boolean
}
export type NamesOf = (reference: string | undefined) => Names | null

/** In the order in which the first of one name is meant; `also`: a further word. */
const SOURCES: Readonly<Record<string, { sql: string; first: boolean }>> = {
  // The same stage stands in several pipelines: the first of them is meant.
  stage: {
    sql: `select s.id, s.name, iif(s.kind = 'open', null, s.kind) as also from stage s join pipeline p on p.id = s.pipeline_id
      where s.archived_at is null and p.archived_at is null order by p.position, p.created_at, p.id, s.position`,
    first: true,
  },
  pipeline: {
    sql: 'select id, name, null as also from pipeline where archived_at is null order by position, created_at',
    first: true,
  },
  leadSource: { sql: 'select id, name, null as also from lead_source where archived_at is null order by position', first: false },
  lostReason: { sql: 'select id, name, null as also from lost_reason where archived_at is null order by position', first: true },
  warehouse: { sql: 'select id, name, null as also from warehouse where archived = 0 order by position, id', first: false },
  product: { sql: 'select id, name, number as also from product where deleted_at is null order by created_at, id', first: false },
}

const folded = (word: string): string => cleanText(word).normalize('NFKC').toLowerCase()
const bare = (word: string): string => folded(word).replace(/[^\p{L}\p{N}]/gu, '')

function sole(rows: readonly Named[], keyOf: (row: Named) => string, first: boolean): Map<string, Named> {
  const found = new Map<string, Named>()
  for (const [key, [one, ...others]] of Map.groupBy(rows, keyOf))
    if (one && key !== '' && (first || others.length === 0)) found.set(key, one)
  return found
}

/**
 * The names of the base, read once per pass over a file. `words`: what sheets call them besides, as `reference` → name → words.
 */
export function namesIn(
  raw: BetterSqlite3.Database,
  words: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>,
): NamesOf {
  const known = new Map<string, Names>()
  return (reference = '') => {
    const source = SOURCES[reference]
    if (!source) return null
    const there = known.get(reference)
    if (there) return there
    const rows = prepared(raw, source.sql).all() as Named[]
    const byName = sole(rows, ({ name }) => folded(name), source.first)
    const byWord = sole(rows, ({ also }) => folded(also ?? ''), source.first)
    const aliases = new Map<string, Named>()
    for (const [name, list] of Object.entries(words[reference] ?? {})) {
      const meant = byName.get(folded(name)) ?? byWord.get(name)
      if (meant) for (const word of list) aliases.set(folded(word), meant)
    }
    const byBare = sole(rows, ({ name }) => bare(name), false)
    const ids = new Set(rows.map(({ id }) => id))
    const found = (word: string): Named | undefined =>
      byName.get(folded(word)) ?? byWord.get(folded(word)) ?? aliases.get(folded(word))
    const byId = (word: string): string | null => (ids.has(word.trim().toUpperCase()) ? word.trim().toUpperCase() : null)
    const made: Names = {
      idOf: (word) => found(word)?.id ?? byId(word),
      likely: (word) => (found(word) ? null : (byBare.get(bare(word)) ?? null)),
      has: (id) => ids.has(id),
    }
    known.set(reference, made)
    return made
  }
}

/**
 * What words of a file were put to, by the words of this base: 'GTXPro' to 'GTX Pro', 'Prospecting' to a stage.
 * @param put by the field (`stageId`, or `stage`)
 * @throws Refusal fieldUnknown (field) | valueUnknown (value)
 */
export function putWords(
  raw: BetterSqlite3.Database,
  importer: Importer,
  put: Readonly<Record<string, Readonly<Record<string, string | null>>>>,
): ImportOptions['values'] {
  const [own] = importer.parts
  const names = namesIn(raw, importer.named ?? {})
  const values: ImportOptions['values'] = {}
  for (const [key, words] of Object.entries(put)) {
    const field = own?.fields.find((one) => one.key === key || one.key === `${key}Id`)
    if (!own || !field) throw new Refusal('fieldUnknown', { entity: importer.entity, field: key })
    const known = names(field.reference)
    values[`${own.name}.${field.key}`] = Object.fromEntries(
      Object.entries(words).map(([word, meant]) => {
        const value = meant === null || !known ? meant : known.idOf(meant)
        if (value === null && meant !== null) throw new Refusal('valueUnknown', { value: meant })
        return [word, value]
      }),
    )
  }
  return values
}

/** Without its stage, or its warehouse, a row would count for another. */
const STOPS: Readonly<Record<string, string>> = {
  stage: 'named.stage',
  pipeline: 'named.stage',
  warehouse: 'named.warehouse',
}

/** The record that a word names, or that it was put to; another word is told. */
export function namedRecord(into: Into, slot: Slot, names: Names, word: string): string | null {
  const chosen = into.settings.options.values[`${slot.entity}.${slot.field.key}`]?.[word]
  if (chosen === null) return null
  const id = chosen === undefined ? names.idOf(word) : names.has(chosen) ? chosen : null
  if (id === null) {
    const stops = STOPS[slot.field.reference ?? '']
    const code = stops ?? (slot.field.keepsWord === undefined ? 'value.unknown' : 'named.kept')
    problem(into, slot.column, stops === undefined ? 'warning' : 'error', code, word)
  }
  return id
}
