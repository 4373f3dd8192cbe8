import { z } from 'zod'
import { Ulid } from '../../kernel/ids.ts'
import { NOTICE_WAYS } from '../../kernel/notices.ts'
import { EntityName } from '../../kernel/procedure.ts'
import { Instant } from '../../kernel/time.ts'

/** One thing that somebody was told. What it is about is read anew each time, by today's rights. */
export const Notice = z.strictObject({
  id: Ulid,
  /** One of NOTICE_KINDS; a newer program may have written one that this one has no words for. */
  kind: z.string(),
  entity: EntityName,
  recordId: z.string().nullable(),
  /** The record that opens: the customer behind a follow-up. Null when there is nothing to open. */
  opens: z.strictObject({ entity: EntityName, id: z.string() }).nullable(),
  title: z.string().nullable(),
  many: z.number().int(),
  byName: z.string(),
  detail: z.record(z.string(), z.unknown()),
  at: Instant,
  readAt: Instant.nullable(),
})
export type Notice = z.infer<typeof Notice>

export const NoticeWayName = z.enum(NOTICE_WAYS)
/** By kind; a kind without an entry is told outside of the window too. */
export const NoticeSettings = z.record(z.string().max(40), NoticeWayName)
export type NoticeSettings = z.infer<typeof NoticeSettings>
