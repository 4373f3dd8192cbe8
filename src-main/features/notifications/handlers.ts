import type { CommandContext } from '../../kernel/context.ts'
import { onCommand, onQuery } from '../../kernel/pipeline.ts'
import { readNotices, readSettings, writeSettings } from './store.ts'

const COUNTED = 100
const ANNOUNCED = 5

export const notificationsHandlers = {
  list: onQuery.notifications.list.handler(({ input, context }) =>
    readNotices(context, { before: input.before, unread: input.only === 'unread', limit: input.limit }),
  ),

  unread: onQuery.notifications.unread.handler(async ({ context }) => {
    const { rows } = await readNotices(context, { unread: true, limit: COUNTED })
    return { count: rows.length, newest: rows.slice(0, ANNOUNCED) }
  }),

  settings: onQuery.notifications.settings.handler(({ context }) => readSettings(context.db, context.actor.userId)),

  markRead: onCommand.notifications.markRead.handler(async ({ input, context }) => {
    const { tx, actor } = context
    let update = tx
      .updateTable('notification')
      .set({ readAt: context.now() })
      .where('employeeId', '=', actor.employeeId ?? '')
      .where('readAt', 'is', null)
    if (input.ids) update = update.where('id', 'in', [...input.ids])
    const { numUpdatedRows } = await update.executeTakeFirstOrThrow()
    tellMyWindows(context)
    return { marked: Number(numUpdatedRows) }
  }),

  set: onCommand.notifications.set.handler(async ({ input, context }) => {
    const settings = { ...(await readSettings(context.tx, context.actor.userId)), [input.kind]: input.way }
    await writeSettings(context.tx, context.actor.userId, settings)
    tellMyWindows(context)
    return settings
  }),
}

/** What one has read or muted is no history; only one's own windows hear of it. */
function tellMyWindows(context: CommandContext): void {
  const { employeeId } = context.actor
  context.unchanged()
  if (employeeId !== null) context.afterCommit(() => context.services.noticesChanged([employeeId]))
}
