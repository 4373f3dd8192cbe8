import { z } from 'zod'
import { command, query } from '../../kernel/procedure.ts'
import { Aimed, Attained, MOST_CELLS, Period, Target, TargetCell, TargetKind } from './model.ts'

export const SET_REFUSALS = ['aimUnknown'] as const
const SHOWS = ['target', 'employee', 'department'] as const
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
  /** Who reached what in a period, the furthest first; only of whom both targets and opportunities are in reach. */
  attainment: query('targets.read', [...SHOWS, 'opportunity'])
    .input(z.strictObject({ period: Period, kind: TargetKind.default('won') }))
    .output(
      z.strictObject({
        from: z.string(),
        to: z.string(),
        people: z.array(Attained),
        departments: z.array(Attained),
        /** Of the period, how much of its days has passed by the end of today: 0 to 1. */
        elapsed: z.number(),
      }),
    ),
}
