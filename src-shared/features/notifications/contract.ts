import { z } from 'zod'
import { Ulid } from '../../kernel/ids.ts'
import { NOTICE_KINDS, TOLD_OF } from '../../kernel/notices.ts'
import { command, NO_REFUSALS, query } from '../../kernel/procedure.ts'
import { Notice, NoticeSettings, NoticeWayName } from './model.ts'

/** With a record that goes or comes back, by an undo too, goes and comes what was told of it: in the list and in the count. */
const shows = ['notification', ...TOLD_OF] as const

export const notificationsContract = {
  /** One's own, the newest first; what one may not see any more is left out. */
  list: query('signed-in', shows)
    .input(
      z.strictObject({
        only: z.literal('unread').optional(),
        before: Ulid.optional(),
        limit: z.number().int().min(1).max(100).default(30),
      }),
    )
    .output(z.strictObject({ rows: z.array(Notice), hasMore: z.boolean() })),

  /** How many are unread, counted up to 100, and the newest of them: what the bell shows and what a window announces. */
  unread: query('signed-in', shows)
    .input(z.strictObject({}))
    .output(z.strictObject({ count: z.number().int(), newest: z.array(Notice) })),

  settings: query('signed-in', ['notification']).input(z.strictObject({})).output(NoticeSettings),

  /** These, or all of them. */
  markRead: command('signed-in', NO_REFUSALS)
    .input(z.strictObject({ ids: z.array(Ulid).max(200).optional() }))
    .output(z.strictObject({ marked: z.number().int() })),

  set: command('signed-in', NO_REFUSALS)
    .input(z.strictObject({ kind: z.enum(NOTICE_KINDS), way: NoticeWayName }))
    .output(NoticeSettings),
}
