import type BetterSqlite3 from 'better-sqlite3'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { type PairScore, scorePair } from '../../../src-shared/kernel/matching/score.ts'
import { matchingOn } from '../../kernel/matchingSetting.ts'
import { askable, readCompared } from '../customers/public.ts'
import { speaking, thousandths } from './groupTask.ts'

/** A group as the search found it, which compared everything there is. */
export type FoundAlike = { n: number; ids: readonly string[] }
export type SeenAlike = { sure: boolean; score: number; because: string[]; ids: string[] }

/** Whether groups stand for somebody as they were found: nothing that was compared is kept from him. */
export const seesAll = (actor: Actor): boolean => askable(actor).all

/**
 * What of each group is left when only that is compared which the caller may ask by: that two share a number he does not see must not be told
 * by their standing together. Who resembles nobody then is no member, and what is left without two is no group.
 */
export function seenAlike(raw: BetterSqlite3.Database, actor: Actor, groups: readonly FoundAlike[]): Map<number, SeenAlike> {
  const known = readCompared(raw, [...new Set(groups.flatMap(({ ids }) => ids))], askable(actor))
  const rules = { matching: matchingOn(raw) }
  const seen = new Map<number, SeenAlike>()
  for (const { n, ids } of groups) {
    const members = ids.slice(0, COMPARED_AT_MOST).flatMap((id) => known.get(id) ?? [])
    const best = new Map<string, PairScore>()
    const note = (id: string, score: PairScore): void => {
      if ((best.get(id)?.bits ?? Number.NEGATIVE_INFINITY) < score.bits) best.set(id, score)
    }
    for (const [at, a] of members.entries())
      for (const b of members.slice(at + 1)) {
        const score = scorePair(a.record, b.record, rules)
        if (score.verdict === 'different') continue
        note(a.id, score)
        note(b.id, score)
      }
    if (members.filter(({ id, deleted }) => best.has(id) && !deleted).length < 2) continue
    const scores = [...best.values()].toSorted((a, b) => b.bits - a.bits)
    seen.set(n, {
      sure: scores.every(({ verdict }) => verdict === 'same'),
      score: thousandths(scores.at(-1)?.bits ?? 0),
      because: scores[0] ? speaking(scores[0]) : [],
      ids: [...best.keys()],
    })
  }
  return seen
}

/** Each with each; more of one group nobody compares at once. */
const COMPARED_AT_MOST = 60
