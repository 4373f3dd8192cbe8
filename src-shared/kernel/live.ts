import { z } from 'zod'
import { EntityName } from './procedure.ts'

/** What one committed command did, as far as the listener sees or saw it. `ids` null = many: refetch what shows the entity. */
export const LiveChange = z.strictObject({
  seq: z.number().int(),
  changes: z.array(z.strictObject({ entity: EntityName, ids: z.array(z.string()).nullable() })),
  /** Set when the listener's own rights changed or the session ended. */
  session: z.enum(['changed', 'ended']).optional(),
  /** Set on the first message when the listener asked for more than is kept: refetch everything. */
  missed: z.boolean().optional(),
})
export type LiveChange = z.infer<typeof LiveChange>
