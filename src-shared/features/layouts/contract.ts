import { z } from 'zod'
import { command, NO_REFUSALS, query } from '../../kernel/procedure.ts'
import { LaidOutEntity, Layout, StoredLayout } from './model.ts'

export const layoutsContract = {
  /** The layouts that the company arranged; a kind of record that is not in it has the standard one. */
  list: query('signed-in', ['layout']).input(z.strictObject({})).output(z.array(StoredLayout)),
  save: command('fields.manage', NO_REFUSALS)
    .input(z.strictObject({ entity: LaidOutEntity, version: z.number().int(), layout: Layout }))
    .output(StoredLayout),
  /** Back to the standard. */
  reset: command('fields.manage', NO_REFUSALS)
    .input(z.strictObject({ entity: LaidOutEntity }))
    .output(z.strictObject({ entity: LaidOutEntity })),
}
