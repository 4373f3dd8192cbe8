import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { matchKeys, type MatchRecord } from '../../../src-shared/kernel/matching/keys.ts'
import type { Matching } from '../../../src-shared/kernel/matching/language.ts'
import { scorePair } from '../../../src-shared/kernel/matching/score.ts'
import type { ImportOptions } from '../../../src-shared/features/imports/model.ts'
import type { Candidate, Importer, Likeness, Parts, Read, RowKey, RowRecord } from '../../kernel/importer.ts'
import { maskValue } from '../../kernel/policy.ts'
import type { StagedMatch } from './staging.ts'

/** `visible`: of an earlier row, whether the record it goes into is; of a record the rights say it. */
type Found = { target: StagedMatch['target']; record: RowRecord; name: string; candidate: Candidate | null; visible?: boolean }
type Known = { record: RowRecord; name: string; target: StagedMatch['target']; visible: boolean }
export type Matched = { keys: RowKey[]; match: StagedMatch | null; seen: string[] }

/** Rows compared under one key, and of these at most so many of one customer. */
const IN_FILE_AT_MOST = 40
const OF_ONE_AT_MOST = 8
const KNOWN_AT_MOST = 50_000

/** Keys by which the user wants rows compared; a homophone is a name, too. */
export const keysFor = (record: MatchRecord, identity: ImportOptions['identity']): RowKey[] =>
  matchKeys(record).filter(({ kind }) => (identity as readonly string[]).includes(kind === 'pinyin' ? 'core' : kind))

/**
 * Finds for each row whom it is taken for: a record of the base or an earlier row of the file. Every row is compared with every
 * earlier one of its record, so a third row that only resembles the second still finds the first.
 */
export class Matcher {
  readonly #importer: Importer
  readonly #read: Read
  readonly #actor: Actor
  readonly #identity: ImportOptions['identity']
  readonly #matching: Matching
  readonly #byKey = new Map<string, number[]>()
  readonly #rows = new Map<number, Known>()
  readonly #known = new Map<string, Candidate>()

  constructor(options: {
    importer: Importer
    read: Read
    actor: Actor
    identity: ImportOptions['identity']
    matching: Matching
  }) {
    this.#importer = options.importer
    this.#read = options.read
    this.#actor = options.actor
    this.#identity = options.identity
    this.#matching = options.matching
  }

  /** @param row null for a row that is not going to be written: others must not be taken for it. */
  match(row: number, parts: Parts, written: boolean): Matched {
    const record = this.#importer.matchRecord(parts)
    const keys = [...(this.#importer.keys?.(parts) ?? keysFor(record, this.#identity))]
    const candidates = this.#candidates(keys)
    const found: Found[] = [
      ...candidates.map((candidate) => ({
        target: { record: candidate.id },
        record: candidate.record,
        name: candidate.name,
        candidate,
      })),
      ...this.#inFile(keys, row),
    ]
    const match = best(this.#importer, record, found, { actor: this.#actor, matching: this.#matching })
    if (written)
      this.#remember(row, keys, {
        record,
        name: record.name ?? '',
        target: match?.sure ? match.target : { row },
        visible: !match?.sure || match.visible,
      })
    return { keys, match, seen: candidates.map(({ id }) => id) }
  }

  #candidates(keys: readonly RowKey[]): Candidate[] {
    if (keys.length === 0) return []
    const { sql, parameter, read } = this.#importer.candidates
    return this.#read(sql, parameter(keys)).map((row) => {
      const candidate = read(row)
      // Comparing prepares a record once per object; the same one must come back.
      const known = this.#known.get(candidate.id)
      if (known) return known
      if (this.#known.size >= KNOWN_AT_MOST) this.#known.clear()
      this.#known.set(candidate.id, candidate)
      return candidate
    })
  }

  #inFile(keys: readonly RowKey[], row: number): Found[] {
    // No sum over all keys is capped: a key that many share by chance must not crowd out those who share the name.
    const numbers = new Set<number>()
    for (const { kind, key } of keys)
      for (const number of this.#byKey.get(`${kind} ${key}`) ?? []) if (number < row) numbers.add(number)
    return [...numbers].flatMap((number) => {
      const known = this.#rows.get(number)
      return known ? [{ ...known, candidate: null }] : []
    })
  }

  #remember(row: number, keys: readonly RowKey[], entry: Known): void {
    this.#rows.set(row, entry)
    for (const { kind, key } of keys) {
      const name = `${kind} ${key}`
      const list = this.#byKey.get(name)
      if (!list) this.#byKey.set(name, [row])
      else if (list.length < IN_FILE_AT_MOST && this.#rowsOf(entry.target, list) < OF_ONE_AT_MOST) list.push(row)
    }
  }

  /** How many rows of one customer stand under a key already: of a list of invoices the first few tell enough. */
  #rowsOf(target: Known['target'], list: readonly number[]): number {
    const id = 'record' in target ? target.record : target.row
    return list.filter((number) => {
      const other = this.#rows.get(number)?.target
      return other !== undefined && ('record' in other ? other.record : other.row) === id
    }).length
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
    because: chosen.score.reasons.filter(({ weight }) => weight > 0).map(({ code }) => code),
    deleted: candidate?.deleted ?? false,
    visible,
  }
}
