import {
  CLEANING_RULES,
  type CleaningRule,
  type ImportOptions,
  type OwnReport,
  type RuleReport,
  type RuleSample,
} from '../../../src-shared/features/imports/model.ts'
import type { Applied } from './cellInto.ts'

const SAMPLES = 6
const LONGEST = 120

type Entry = { count: number; samples: RuleSample[] }

/** How often each rule spoke, with the first cells it changed. */
export class RuleCounter {
  readonly #counts = new Map<CleaningRule | 'own', Entry>()
  readonly #own = new Map<string, Entry>()
  readonly #options: ImportOptions
  readonly #headers: ReadonlyMap<number, string>

  constructor(options: ImportOptions, headers: ReadonlyMap<number, string>) {
    this.#options = options
    this.#headers = headers
  }

  add(row: number, { rule, own, column, before, after }: Applied): void {
    const entry = own === undefined ? entryOf(this.#counts, rule) : entryOf(this.#own, own)
    entry.count++
    if (entry.samples.length >= SAMPLES || entry.samples.some((sample) => sample.before === before)) return
    const header = this.#headers.get(column) ?? ''
    entry.samples.push({ row, column, header, before: before.slice(0, LONGEST), after: after.slice(0, LONGEST) })
  }

  reports(): RuleReport[] {
    return CLEANING_RULES.flatMap((rule) => {
      const entry = this.#counts.get(rule)
      const on = !this.#options.rulesOff.includes(rule)
      // What somebody switched off stays in sight, so that he can switch it on again.
      const isKept = !on && rule !== 'simplified'
      return entry || isKept ? [{ rule, on, count: entry?.count ?? 0, samples: entry?.samples ?? [] }] : []
    })
  }

  own(): OwnReport[] {
    return this.#options.ownRules.map(({ id }) => ({ id, count: 0, samples: [], ...this.#own.get(id) }))
  }
}

function entryOf<Key>(map: Map<Key, Entry>, key: Key): Entry {
  const known = map.get(key)
  if (known) return known
  const entry: Entry = { count: 0, samples: [] }
  map.set(key, entry)
  return entry
}
