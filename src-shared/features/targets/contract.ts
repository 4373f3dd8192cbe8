import { z } from 'zod'
import { command, query } from '../../kernel/procedure.ts'
import { Aim, Aimed, Attained, MOST_CELLS, Period, Reached, Target, TargetCell, TargetKind, Together } from './model.ts'

export const SET_REFUSALS = ['aimUnknown'] as const
const SHOWS = ['target', 'employee', 'department'] as const
const REACHED = ['opportunity', 'order', 'payment'] as const
const Asked = z.strictObject({
  period: Period,
  kind: TargetKind.default('won'),
  whose: z.array(z.string().max(26)).max(500).nullable().default(null),
})
const Year = z.number().int().min(2000).max(2199)

export const targetsContract = {
  /** The grid of a year: who is in reach, and every target of the year, its quarters and months. */
  grid: query('targets.read', SHOWS)
    .input(z.strictObject({ year: Year, kind: TargetKind.default('won') }))
    .output(z.strictObject({ aims: z.array(Aimed), targets: z.array(Target) })),
  /** Writes a block of the grid: all of it or, when one cell is out of reach, nothing. @returns how many cells changed. */
  set: command('targets.manage', SET_REFUSALS)
    .input(z.strictObject({ kind: TargetKind.default('won'), cells: z.array(TargetCell).min(1).max(MOST_CELLS) }))
    .output(z.strictObject({ changed: z.number().int() })),
  /**
   * Who reached what in a period, the furthest first; only of whom both targets and what was reached are in reach. `whose`: these people alone,
   * and no departments. `together`: all of them; their target is that of the department they are, where it has one, else the sum of theirs.
   */
  attainment: query('targets.read', [...SHOWS, ...REACHED])
    .input(Asked)
    .output(
      z.strictObject({
        from: z.string(),
        to: z.string(),
        people: z.array(Attained),
        departments: z.array(Attained),
        together: Together,
        /** Of the period, how much of its days has passed by the end of today: 0 to 1. */
        elapsed: z.number(),
      }),
    ),
  /** The rows behind one number of `attainment`, the dearest first: of one person or department, or of all together. */
  reached: query('targets.read', [...SHOWS, ...REACHED, 'customer'])
    .input(
      Asked.extend({
        aim: Aim.nullable().default(null),
        offset: z.number().int().min(0).max(5_000_000).default(0),
        limit: z.number().int().min(1).max(200).default(50),
      }),
    )
    .output(z.strictObject({ rows: z.array(Reached), count: z.number().int(), amount: z.number().int(), hasMore: z.boolean() })),
}
