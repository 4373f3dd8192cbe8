import { z } from 'zod'
import { idOf } from '../../kernel/ids.ts'
import { TARGET_KINDS } from './keys.ts'

export const TargetId = idOf<'target'>()
export type TargetId = z.infer<typeof TargetId>

export const TargetKind = z.enum(TARGET_KINDS)
export type TargetKind = z.infer<typeof TargetKind>

/** 2026, 2026-Q4 or 2026-11. */
export const Period = z.string().regex(/^\d{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?$/, 'notAPeriod')
/** A hundred billion yuan. */
const MOST_FEN = 10_000_000_000_000

/** Whose target it is: a person's or a department's, never both. */
export const Aim = z.strictObject({ of: z.enum(['employee', 'department']), id: z.string().max(26) })
export type Aim = z.infer<typeof Aim>

export const Target = z.strictObject({
  id: TargetId,
  kind: TargetKind,
  period: z.string(),
  aim: Aim,
  /** In fen. */
  amount: z.number().int(),
})
export type Target = z.infer<typeof Target>

/** One cell of the grid; null takes the target away. */
export const TargetCell = z.strictObject({
  period: Period,
  aim: Aim,
  amount: z.number().int().min(0).max(MOST_FEN).nullable(),
})
export type TargetCell = z.infer<typeof TargetCell>
/** As many as one transaction writes without holding anybody up. */
export const MOST_CELLS = 500

/** Who stands in the grid: departments as a tree with their people behind them. */
export const Aimed = z.strictObject({
  aim: Aim,
  name: z.string(),
  depth: z.number().int(),
  mayEdit: z.boolean(),
})
export type Aimed = z.infer<typeof Aimed>

/** What somebody reached in a period; `attainment`: part of the target, to six decimals, null without one. */
export const Attained = z.strictObject({
  aim: Aim,
  name: z.string(),
  target: z.number().int().nullable(),
  achieved: z.number().int(),
  count: z.number().int(),
  attainment: z.number().nullable(),
  /** Among the people of the list, by attainment: those level share a rank. Departments and who has no target have none. */
  rank: z.number().int().nullable(),
})
export type Attained = z.infer<typeof Attained>

/** Everybody who is looked at together. */
export const Together = Attained.pick({ target: true, achieved: true, count: true, attainment: true })
export type Together = z.infer<typeof Together>

/** A row behind what was reached: an opportunity that was won, an order that was signed, or what came for one (below nothing: given back). */
export const Reached = z.strictObject({
  key: z.string(),
  entity: z.enum(['opportunity', 'order']),
  id: z.string(),
  name: z.string(),
  /** Null for a customer out of sight. */
  customerName: z.string().nullable(),
  ownerName: z.string(),
  on: z.string(),
  amount: z.number().int(),
})
export type Reached = z.infer<typeof Reached>
