import type { Matching } from '../../../src-shared/kernel/matching/language.ts'
import { ASKED, CONFLICTS, type ReasonCode, THRESHOLDS, weightsOf } from '../../../src-shared/kernel/matching/weights.ts'

export const WEIGHED = ['name', 'code', 'phone', 'email', 'contact', 'place', 'address', 'branch'] as const
type Weighed = (typeof WEIGHED)[number]
type Sides = { readonly agree: readonly ReasonCode[]; readonly differ: readonly ReasonCode[] }

/** What is compared, and the reasons that come of it; every reason of the model stands here once. */
const REASONS: Readonly<Record<Weighed, Sides>> = {
  name: {
    agree: ['coreSame', 'coreShortSame', 'coreSounds', 'personNameSame', 'coreWithin', 'coreOneSign'],
    differ: ['coreDiffers'],
  },
  code: { agree: ['codeSame'], differ: ['codeDiffers'] },
  phone: {
    agree: ['mobileSame', 'maskedFits', 'lineSame', 'lineOfOthers'],
    differ: ['maskedDiffers', 'phonesDiffer', 'linesDiffer'],
  },
  email: { agree: ['emailSame', 'domainSame'], differ: ['emailDiffers'] },
  contact: { agree: ['contactSame', 'contactSounds', 'contactFits'], differ: ['contactDiffers'] },
  place: { agree: ['regionSame', 'namePlaceSame'], differ: ['regionDiffers', 'cityDiffers', 'addressCityDiffers'] },
  address: { agree: ['addressSame'], differ: ['addressDiffers'] },
  branch: { agree: ['branchSame'], differ: ['branchDiffers'] },
}

export type WeighedReason = {
  readonly code: ReasonCode
  readonly weight: number
  /** Rules a pair out whatever else agrees. */
  readonly rulesOut: boolean
  /** With this in common two are at least asked about. */
  readonly isAsked: boolean
}
export type WeighedField = {
  readonly field: Weighed
  readonly agree: readonly WeighedReason[]
  readonly differ: readonly WeighedReason[]
}

/** The documented model as a table, in the figures it judges by. */
export function weightTable(matching: Matching): WeighedField[] {
  const weights = weightsOf(matching)
  const weigh = (codes: readonly ReasonCode[]): WeighedReason[] =>
    codes
      .map((code) => ({ code, weight: weights[code], rulesOut: CONFLICTS.has(code), isAsked: ASKED.has(code) }))
      .toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
  return WEIGHED.map((field) => ({ field, agree: weigh(REASONS[field].agree), differ: weigh(REASONS[field].differ) }))
}

export type Threshold = { readonly bits: number; readonly percent: number }
/** How likely two are one at so many points, as the pages say it beside a pair. */
const likely = (bits: number): Threshold => ({ bits, percent: Math.floor(100 / (1 + 2 ** -bits)) })

export const thresholds = (matching: Matching) => ({
  start: weightsOf(matching).prior,
  same: likely(THRESHOLDS.same),
  sameOtherName: likely(THRESHOLDS.sameOtherName),
  maybe: likely(THRESHOLDS.maybe),
})

/** +11, −2.5, 0: the sign is what counts. */
export const points = (bits: number): string => (bits > 0 ? `+${bits}` : bits < 0 ? `−${-bits}` : '0')
