import { z } from 'zod'
import { command, NO_REFUSALS, query } from '../../kernel/procedure.ts'

/** What can be kept at hand: records, and views of lists (their id, or `<entity>:<key>` of one of the program's own). */
export const KEPT = ['customer', 'contact', 'opportunity', 'lead', 'order', 'view'] as const
const Kept = z.strictObject({ entity: z.enum(KEPT), id: z.string().regex(/^[\w:-]{1,80}$/) })
export type Kept = z.infer<typeof Kept>

/** A record with its name of today and the record that opens (a contact opens his customer); of a view only its id, the list knows it. */
const Shown = Kept.extend({ title: z.string().nullable(), opensId: z.string() })
export type Shown = z.infer<typeof Shown>
const Opened = z.strictObject({ entity: z.enum(['customer', 'contact', 'opportunity', 'lead', 'order']), id: z.string().max(26) })

export const FAVOURITES_AT_MOST = 100
export const FAVOURITE_REFUSALS = ['tooMany'] as const

export const favouritesContract = {
  /** One's own, in one's own order; what one may not see any more is left out until one may again. */
  list: query('signed-in', ['favourite', 'customer', 'contact', 'opportunity', 'lead', 'order'])
    .input(z.strictObject({}))
    .output(z.array(Shown)),
  set: command('signed-in', FAVOURITE_REFUSALS)
    .input(Kept.extend({ on: z.boolean() }))
    .output(z.strictObject({ on: z.boolean() })),
  /** The new order of all or some: those not named keep their order behind them. */
  arrange: command('signed-in', NO_REFUSALS)
    .input(z.strictObject({ order: z.array(Kept).max(FAVOURITES_AT_MOST) }))
    .output(z.strictObject({ ok: z.literal(true) })),

  /** The records opened last, on whatever device, the newest first. */
  recent: query('signed-in', ['favourite', 'customer', 'contact', 'opportunity', 'lead', 'order'])
    .input(z.strictObject({ limit: z.number().int().min(1).max(20).default(5) }))
    .output(z.array(Shown)),
  opened: command('signed-in', NO_REFUSALS)
    .input(Opened)
    .output(z.strictObject({ ok: z.literal(true) })),
}
