import { candidatePairs } from '../../src-shared/kernel/matching/cluster.ts'
import { matchKeys, type MatchRecord } from '../../src-shared/kernel/matching/keys.ts'
import { scorePair } from '../../src-shared/kernel/matching/score.ts'
import { recogniseColumns } from '../../src-shared/kernel/matching/table/columns.ts'
import { recordOf } from '../../src-shared/kernel/matching/table/linkCustomers.ts'
import { type ReasonCode, WEIGHTS } from '../../src-shared/kernel/matching/weights.ts'

/** Reasons that answer one question; m and u are shares of the pairs in which the question could be answered. */
const QUESTIONS: readonly (readonly ReasonCode[])[] = [
  ['codeSame', 'codeDiffers'],
  ['mobileSame', 'maskedFits', 'maskedDiffers', 'phonesDiffer'],
  ['lineSame', 'lineOfOthers'],
  ['coreSame', 'coreShortSame', 'personNameSame', 'coreSounds', 'coreOneSign', 'coreWithin', 'coreDiffers'],
  ['branchSame', 'branchDiffers'],
  ['regionSame', 'namePlaceSame', 'regionDiffers', 'cityDiffers'],
  ['contactSame', 'contactSounds', 'contactFits', 'contactDiffers'],
  ['emailSame', 'domainSame', 'emailDiffers'],
  ['addressSame'],
]
const ROUNDS = 20

export type EstimatedWeight = { reason: ReasonCode; m: number; u: number; bits: number; pairs: number; table: number }
export type Estimated = { pairs: number; prior: number; weights: EstimatedWeight[] }

/**
 * Estimates m, u and log2(m / u) of every reason over the pairs that share a key: by labels where the file has them, otherwise by expectation and
 * maximisation that begins with the product's own table.
 */
export function estimateWeights(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  labels: readonly string[] | null,
): Estimated {
  const fields = recogniseColumns(header, rows)
  const records = rows.map((row) => recordOf(fields, row))
  const said = candidatePairs(records.map((record) => matchKeys(record))).map(({ a, b }) => ({
    known: labels === null ? null : labels[a] === labels[b],
    reasons: new Set(scorePair(records[a] as MatchRecord, records[b] as MatchRecord).reasons.map(({ code }) => code)),
  }))
  let bits: Record<string, number> = { ...WEIGHTS }
  let prior: number = WEIGHTS.prior
  let weights: EstimatedWeight[] = []
  for (let round = 0; round < (labels === null ? ROUNDS : 1); round++) {
    const sure = said.map(({ known, reasons }) => {
      if (known !== null) return known ? 1 : 0
      return 1 / (1 + 2 ** -[...reasons].reduce((sum, code) => sum + (bits[code] ?? 0), prior))
    })
    weights = QUESTIONS.flatMap((codes) => countQuestion(codes, said, sure))
    bits = Object.fromEntries(weights.map(({ reason, bits: own }) => [reason, own]))
    const share = Math.min(0.999, Math.max(0.001, sure.reduce((sum, one) => sum + one, 0) / Math.max(1, said.length)))
    prior = Math.log2(share / (1 - share))
  }
  return { pairs: said.length, prior, weights }
}

function countQuestion(
  codes: readonly ReasonCode[],
  said: readonly { readonly reasons: ReadonlySet<ReasonCode> }[],
  sure: readonly number[],
): EstimatedWeight[] {
  const one = codes.length === 1
  const [yes, no] = [new Map<ReasonCode, number>(), new Map<ReasonCode, number>()]
  let [all, none, pairs] = [0, 0, 0]
  for (const [at, { reasons }] of said.entries()) {
    const answer = codes.filter((code) => reasons.has(code))
    if (answer.length === 0 && !one) continue
    const p = sure[at] ?? 0
    all += p
    none += 1 - p
    pairs++
    for (const code of answer) {
      yes.set(code, (yes.get(code) ?? 0) + p)
      no.set(code, (no.get(code) ?? 0) + 1 - p)
    }
  }
  return codes.map((reason) => {
    const m = ((yes.get(reason) ?? 0) + 0.5) / (all + 1)
    const u = ((no.get(reason) ?? 0) + 0.5) / (none + 1)
    return { reason, m, u, bits: Math.log2(m / u), pairs, table: WEIGHTS[reason] }
  })
}
