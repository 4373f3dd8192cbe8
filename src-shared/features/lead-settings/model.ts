import { z } from 'zod'
import { cleanText } from '../../kernel/cleaning/text.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'

export const LeadSourceId = idOf<'leadSource'>()
export type LeadSourceId = z.infer<typeof LeadSourceId>
export const LeadReasonId = idOf<'leadReason'>()
export type LeadReasonId = z.infer<typeof LeadReasonId>
export const LeadPoolId = idOf<'leadPool'>()
export type LeadPoolId = z.infer<typeof LeadPoolId>
export const LeadRuleId = idOf<'leadRule'>()
export type LeadRuleId = z.infer<typeof LeadRuleId>

export const MOST_LINES = 50
export const MOST_POOLS = 50
export const MOST_RULES = 50
export const MOST_MEMBERS = 200

/** The two lists of words that a company gives leads: where they come from, and why one is invalid. */
export const WORD_LISTS = ['source', 'reason'] as const
export type WordList = (typeof WORD_LISTS)[number]

const Name = z.string().overwrite(cleanText).min(1, 'required').max(40)
/** A word of a list. `used`: living leads that say it; those out of reach count. */
export const ListedWord = z.strictObject({
  id: z.string().max(26),
  name: z.string(),
  archived: z.boolean(),
  used: z.number().int(),
})
export type ListedWord = z.infer<typeof ListedWord>
export const WordLine = z.strictObject({ id: z.string().max(26).optional(), name: Name })
export type WordLine = z.infer<typeof WordLine>

const EmployeeId = z.string().max(26)
/** `cap`: open leads that one member may hold while he claims from it. `recycleDays`: after so many silent days a lead comes back to it. */
export const LeadPoolValues = z.strictObject({
  name: Name,
  cap: z.number().int().min(1).max(100_000).nullable(),
  recycleDays: z.number().int().min(1).max(3650).nullable(),
  memberIds: z.array(EmployeeId).max(MOST_MEMBERS),
})
export type LeadPoolValues = z.infer<typeof LeadPoolValues>

/** A pool with its members. `used`: living leads that lie in it. */
export const LeadPool = z.strictObject({
  id: LeadPoolId,
  name: z.string(),
  cap: z.number().int().nullable(),
  recycleDays: z.number().int().nullable(),
  members: z.array(z.strictObject({ id: z.string(), name: z.string(), left: z.boolean() })),
  archived: z.boolean(),
  used: z.number().int(),
  version: z.number().int(),
})
export type LeadPool = z.infer<typeof LeadPool>

/** In turn; to whom the region belongs; to who has the fewest open leads. */
export const LEAD_METHODS = ['roundRobin', 'byRegion', 'byLoad'] as const
export type LeadMethod = (typeof LEAD_METHODS)[number]

const Place = z.string().overwrite(cleanText).min(1).max(40)
const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
/** Weekdays 1 (Monday) to 7 and times of day in the workspace's zone; holidays are off, and days worked instead are on. */
export const LeadHours = z.strictObject({
  weekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7),
  from: Time,
  to: Time,
})
export type LeadHours = z.infer<typeof LeadHours>

/** `sources` and `places` empty: any. `places`: provinces or cities. `hours` null: at any time. */
export const LeadRuleValues = z.strictObject({
  name: Name,
  enabled: z.boolean(),
  sources: z.array(LeadSourceId).max(MOST_LINES),
  places: z.array(Place).max(100),
  method: z.enum(LEAD_METHODS),
  members: z
    .array(z.strictObject({ employeeId: EmployeeId, regions: z.array(Place).max(100).default([]) }))
    .min(1, 'required')
    .max(MOST_MEMBERS),
  hours: LeadHours.nullable(),
  /** Where a lead that it gave goes back to when its owner stays silent. */
  poolId: LeadPoolId.nullable(),
})
export type LeadRuleValues = z.infer<typeof LeadRuleValues>

export const LeadRule = LeadRuleValues.extend({
  id: LeadRuleId,
  name: z.string(),
  members: z.array(z.strictObject({ employeeId: z.string(), name: z.string(), regions: z.array(z.string()), left: z.boolean() })),
  poolName: z.string().nullable(),
  version: z.number().int(),
  /** When it last gave a lead, and how many it ever gave. */
  lastAt: Instant.nullable(),
  given: z.number().int(),
})
export type LeadRule = z.infer<typeof LeadRule>
