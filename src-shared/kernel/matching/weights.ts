import type { Matching } from './language.ts'

/**
 * How surely two records are one customer, after Fellegi and Sunter: every field that can be compared adds log2(m / u), the bits by which its
 * agreement (or disagreement) is likelier among true pairs (m) than among chance pairs of one block (u). The sum, with `prior`, is the logarithm of
 * the odds that two records of one block are one.
 *
 * Where the figures come from: they are set by judgement and held by tests on labelled lists, not copied from an estimate. The m and u beside each
 * figure say what it claims; they are not counts. `npm run weights -- FILE [LABEL COLUMN]` counts m and u over the pairs of a file that share a
 * key (by labels, or by expectation and maximisation) and prints log2(m / u) beside this table, for whoever wants to change it. The counts of one
 * list lean towards how that list was made (one contact for each customer makes a differing contact nearly proof), so the table stays nearer to
 * zero where people really differ: several contacts, mobiles and mails of one house. "Set": what rules a pair out or says nothing by decree.
 */
export const WEIGHTS = {
  /** One block pair in 17: blocks are gathered by agreeing keys, but common names and switchboards fill them, too. */
  prior: -4,
  /** m 0.95, u 0.00001. */
  codeSame: 16,
  /** Set: two registered codes are two companies. */
  codeDiffers: -12,
  /** m 0.55, u 0.0003: a block of one name hardly ever holds one mobile twice by chance. */
  mobileSame: 11,
  /** m 0.08, u 0.0025. */
  lineSame: 5,
  /** Set: one switchboard, two names; the number says nothing. */
  lineOfOthers: 0,
  /** m 0.05, u 0.4: people have two mobiles. */
  phonesDiffer: -3,
  /** m 0.25, u 0.001: seven digits shown. */
  maskedFits: 8,
  /** m 0.02, u 0.3. */
  maskedDiffers: -4,
  /** m 0.85, u 0.0033. */
  coreSame: 8,
  /** m 0.85, u 0.013: two signs without a trade are borne by several. */
  coreShortSame: 6,
  /** m 0.95, u 0.06: namesakes of one city are in each other's blocks. */
  personNameSame: 4,
  /** m 0.06, u 0.0027. */
  coreSounds: 4.5,
  /** m 0.02, u 0.005. */
  coreOneSign: 2,
  /** m 0.04, u 0.005. */
  coreWithin: 3,
  /** m 0.001, u 0.5. */
  coreDiffers: -9,
  /** m 1, u 0.5, of pairs of two branches. */
  branchSame: 1,
  /** Set: a branch is a customer of its own. */
  branchDiffers: -20,
  /** m 0.98, u 0.35. */
  regionSame: 1.5,
  /** The names speak of one city and the addresses of two: as much as one city, said in other words. */
  namePlaceSame: 1.5,
  /** Set: said to whoever decides; the place was weighed by the names. */
  addressCityDiffers: 0,
  /** Set: a place in the name is part of it; 达科 of Suzhou and of Wuxi are two. */
  regionDiffers: -12,
  /** m 0.01, u 0.6. */
  cityDiffers: -6,
  /** m 0.8, u 0.025. */
  contactSame: 5,
  /** m 0.03, u 0.002. */
  contactSounds: 4,
  /** m 0.1, u 0.05: 王总 fits every 王. */
  contactFits: 1,
  /** m 0.15, u 0.85; companies have several contacts. */
  contactDiffers: -2.5,
  /** m 0.9, u 0.001. */
  emailSame: 10,
  /** m 0.05, u 0.006. */
  domainSame: 3,
  /** m 0.4, u 0.8: people have several addresses. */
  emailDiffers: -1,
  /** m 0.9, u 0.03: street and number. */
  addressSame: 5,
  /** Set: said to whoever decides; one address is written in too many ways for its letters to weigh. */
  addressDiffers: 0,
  /** Set: said to whoever decides; a house has many lines. */
  linesDiffer: 0,
} as const

export type Weights = { readonly [key in keyof typeof WEIGHTS]: number }
export type ReasonCode = Exclude<keyof typeof WEIGHTS, 'prior'>

/**
 * Where names are those of an alphabet: people's names are rarer than Chinese ones (a surname and a given name of many letters), a slip in a long word
 * says more than a strange sign, and a city written otherwise is often the same.
 */
export const WEIGHTS_EN: Weights = {
  ...WEIGHTS,
  personNameSame: 5.5,
  coreOneSign: 4,
  coreSounds: 4,
  coreWithin: 2.5,
  cityDiffers: -2.5,
}

export const weightsOf = (matching: Matching): Weights => (matching === 'en' ? WEIGHTS_EN : WEIGHTS)

/** Above `same` no person is asked; between the two a person decides. Names that differ need more: one person runs two companies. */
export const THRESHOLDS = { same: 2.5, sameOtherName: 7, maybe: -1 } as const

/** Weighs nothing and yet speaks against it, so a person is told. */
const TOLD_AGAINST: ReadonlySet<string> = new Set<ReasonCode>(['addressCityDiffers', 'addressDiffers', 'linesDiffer'])

/** What is kept of the reasons of a pair to be said later, for and against; what only fails to speak for it is not. */
export const said = (reasons: readonly { readonly code: string; readonly weight: number }[]): string[] =>
  reasons.filter(({ code, weight }) => weight !== 0 || TOLD_AGAINST.has(code)).map(({ code }) => code)

/** Whether a reason speaks against two records being one, whichever language is compared. */
export const speaksAgainst = (code: string): boolean =>
  TOLD_AGAINST.has(code) || (code in WEIGHTS && WEIGHTS[code as ReasonCode] < 0)

/** What rules a pair out whatever else agrees. */
export const CONFLICTS: ReadonlySet<ReasonCode> = new Set(['branchDiffers', 'codeDiffers', 'regionDiffers'])
/** Who has one of these in common is at least asked about: a person has to know that the number is already there. */
export const ASKED: ReadonlySet<ReasonCode> = new Set(['mobileSame', 'codeSame', 'emailSame'])
