import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { type KeyHash, keyHash, numberOf } from '../../../src-shared/kernel/matching/keyNumber.ts'
import { matchKeys, type MatchRecord } from '../../../src-shared/kernel/matching/keys.ts'
import type { Matching } from '../../../src-shared/kernel/matching/language.ts'
import { scorePair } from '../../../src-shared/kernel/matching/score.ts'
import { said } from '../../../src-shared/kernel/matching/weights.ts'
import { Recent } from '../../../src-shared/kernel/recent.ts'
import type { ImportOptions } from '../../../src-shared/features/imports/model.ts'
import type { Candidate, Importer, Likeness, Parts, Read, RowKey, RowRecord } from '../../kernel/importer.ts'
import { maskValue } from '../../kernel/policy.ts'
import { FileKeys } from './fileKeys.ts'
import type { StagedMatch } from './staging.ts'

/** `visible`: of an earlier row, whether the record it goes into is; of a record the rights say it. */
type Found = { target: StagedMatch['target']; record: RowRecord; name: string; candidate: Candidate | null; visible?: boolean }
export type Matched = { match: StagedMatch | null; seen: string[] }

/** Rows compared under one key, and of these at most so many of one customer. */
const IN_FILE_AT_MOST = 40
const OF_ONE_AT_MOST = 8
/** Records kept at hand: those that rows were compared with. */
const AT_HAND = 4000

const OF_NAMES: ReadonlySet<string> = new Set(['pinyin', 'name'])
/** Keys by which the user wants rows compared; a homophone is a name, too. */
export function keysFor(record: MatchRecord, identity: ImportOptions['identity']): readonly RowKey[] {
  const keys = matchKeys(record)
  for (const key of keys) if (!isWanted(key, identity)) return keys.filter((one) => isWanted(one, identity))
  return keys
}

const isWanted = ({ kind }: RowKey, identity: readonly string[]): boolean => identity.includes(OF_NAMES.has(kind) ? 'core' : kind)

/** A row as it is looked for. */
export type Looked = {
  readonly row: number
  readonly record: RowRecord
  readonly keys: readonly RowKey[]
  readonly hashes: readonly KeyHash[]
}

type MatcherOptions = {
  importer: Importer
  read: Read
  actor: Actor
  identity: ImportOptions['identity']
  matching: Matching
  /** The keys that the base carries, where they are known. */
  base: FileKeys | null
  /** What an earlier row was staged with. */
  staged: (row: number) => Parts | null
}

/**
 * Finds for each row whom it is taken for: a record of the base or an earlier row of the file. Every row is compared with every
 * earlier one of its record, so a third row that only resembles the second still finds the first.
 */
export class Matcher {
  readonly #options: MatcherOptions
  readonly #inFile = new FileKeys()
  readonly #goes = new Goes()
  readonly #records = new Recent<number, RowRecord>(AT_HAND)
  readonly #known = new Recent<string, Candidate>(AT_HAND)

  constructor(options: MatcherOptions) {
    this.#options = options
  }

  look(row: number, parts: Parts): Looked {
    const { importer, identity } = this.#options
    const record = importer.matchRecord(parts)
    const keys = importer.keys?.(parts) ?? keysFor(record, identity)
    return { row, record, keys, hashes: keys.map(keyHash) }
  }

  /** Which of these rows have a key that stands in the base at all: one question for many rows, for most rows are new. */
  carried(rows: readonly Looked[]): ReadonlySet<Looked> {
    const { importer, read, base } = this.#options
    // Keys of an importer's own stand in no index: each row asks for itself.
    if (importer.keys) return new Set(rows)
    if (base) return new Set(rows.filter(({ hashes }) => hashes.some((hash) => base.has(hash))))
    const numbers: number[] = []
    const of: Looked[] = []
    for (const looked of rows) {
      for (const hash of looked.hashes) {
        numbers.push(numberOf(hash))
        of.push(looked)
      }
    }
    return new Set(read(CARRIED, JSON.stringify(numbers)).map(({ at }) => of[Number(at)] as Looked))
  }

  /** @param mayStand whether a record of the base may carry one of its keys. */
  match(looked: Looked, mayStand: boolean): Matched {
    const { importer, actor, matching } = this.#options
    const { row, record, keys, hashes } = looked
    const candidates = mayStand ? this.#candidates(keys) : NO_CANDIDATES
    const found: Found[] = candidates.map((candidate) => ({
      target: { record: candidate.id },
      record: candidate.record,
      name: candidate.name,
      candidate,
    }))
    this.#earlier(row, hashes, found)
    const match = found.length === 0 ? null : best(importer, record, found, { actor, matching })
    this.recall(looked, match)
    return { match, seen: candidates.map(({ id }) => id) }
  }

  /** Takes a row in as whom it was taken for, so that later ones are compared with it. */
  recall({ row, hashes }: Looked, match: StagedMatch | null): void {
    this.#goes.note(row, match?.sure ? match.target : null, !match?.sure || match.visible)
    const mayJoin = (rows: readonly number[]): boolean => rows.length < IN_FILE_AT_MOST && this.#ofOne(row, rows) < OF_ONE_AT_MOST
    for (const hash of hashes) this.#inFile.add(hash, row, mayJoin)
  }

  #candidates(keys: readonly RowKey[]): readonly Candidate[] {
    if (keys.length === 0) return NO_CANDIDATES
    const { sql, parameter, read } = this.#options.importer.candidates
    return this.#options.read(sql, parameter(keys)).map((row) => {
      const candidate = read(row, this.#options.actor)
      // Comparing prepares a record once per object; the same one must come back.
      const as = candidate.comparedAs ?? candidate.id
      const known = this.#known.get(as)
      if (known) return known
      this.#known.set(as, candidate)
      return candidate
    })
  }

  #earlier(row: number, hashes: readonly KeyHash[], found: Found[]): void {
    // No sum over all keys is capped: a key that many share by chance must not crowd out those who share the name.
    let numbers: Set<number> | null = null
    for (const hash of hashes)
      for (const number of this.#inFile.rowsOf(hash) ?? NO_ROWS) if (number < row) (numbers ??= new Set()).add(number)
    if (!numbers) return
    for (const number of numbers) {
      const record = this.#recordOf(number)
      const { target, visible } = this.#goes.of(number)
      found.push({ target, record, name: record.name ?? '', candidate: null, visible })
    }
  }

  #recordOf(row: number): RowRecord {
    const known = this.#records.get(row)
    if (known) return known
    const parts = this.#options.staged(row)
    if (!parts) throw new Error(`row ${row} is not staged`)
    const record = this.#options.importer.matchRecord(parts)
    this.#records.set(row, record)
    return record
  }

  /** How many rows of one customer stand under a key already: of a list of invoices the first few tell enough. */
  #ofOne(row: number, rows: readonly number[]): number {
    let count = 0
    for (const other of rows) if (this.#goes.alike(row, other)) count++
    return count
  }
}

const NO_ROWS: readonly number[] = []
const NO_CANDIDATES: readonly Candidate[] = []

/** Where in a list of keys those stand that somebody carries. */
const CARRIED = 'select w.key as at from json_each(?) w where exists (select 1 from match_key k where k.key = w.value)'

/** Into which record or which row of the file each row goes; only what goes elsewhere takes room. */
class Goes {
  readonly #elsewhere = new Map<number, string | number>()
  readonly #hidden = new Set<number>()

  note(row: number, target: StagedMatch['target'] | null, visible: boolean): void {
    if (target) this.#elsewhere.set(row, 'record' in target ? target.record : target.row)
    if (!visible) this.#hidden.add(row)
  }

  of(row: number): { target: StagedMatch['target']; visible: boolean } {
    const to = this.#elsewhere.get(row) ?? row
    return { target: typeof to === 'string' ? { record: to } : { row: to }, visible: !this.#hidden.has(row) }
  }

  alike(row: number, other: number): boolean {
    return (this.#elsewhere.get(row) ?? row) === (this.#elsewhere.get(other) ?? other)
  }
}

/** The likeliest of those that are the same or may be; a living record goes before one in the recycle bin. */
export function best(
  importer: Importer,
  record: RowRecord,
  found: readonly Found[],
  { actor, matching }: { actor: Actor; matching: Matching },
): StagedMatch | null {
  const compare: (a: RowRecord, b: RowRecord) => Likeness = importer.compare ?? ((a, b) => scorePair(a, b, { matching }))
  let chosen: { score: Likeness; found: Found; rank: number } | null = null
  for (const one of found) {
    const score = compare(record, one.record)
    if (score.verdict === 'different') continue
    const rank = score.bits + (score.verdict === 'same' ? 100 : 0) - (one.candidate?.deleted ? 50 : 0)
    if (!chosen || rank > chosen.rank) chosen = { score, found: one, rank }
  }
  if (!chosen) return null
  const { target, name, candidate } = chosen.found
  const visible = candidate === null ? chosen.found.visible !== false : importer.sees(actor, candidate)
  return {
    target,
    recordId: candidate && visible ? candidate.id : null,
    row: 'row' in target ? target.row : null,
    // A name of the file is the reader's own; one of the base shows no more than its mask to who may not see the record.
    name: visible || candidate === null ? name : String(maskValue('text', name)),
    ownerName: candidate?.ownerName ?? null,
    score: Math.round(chosen.score.score * 1000) / 1000,
    sure: chosen.score.verdict === 'same',
    because: toldOf(chosen.score, visible),
    deleted: candidate?.deleted ?? false,
    visible,
  }
}

/** Of somebody out of reach no more is told than why he was found. */
const toldOf = ({ reasons }: Likeness, visible: boolean): string[] =>
  said(visible ? reasons : reasons.filter(({ weight }) => weight > 0))
