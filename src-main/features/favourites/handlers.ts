import { sql } from 'kysely'
import { FAVOURITES_AT_MOST, type Kept, type Shown } from '../../../src-shared/features/favourites/contract.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext, QueryContext } from '../../kernel/context.ts'
import { plain, type WriteTx } from '../../kernel/database.ts'
import { onCommand, onQuery } from '../../kernel/pipeline.ts'
import { namesOf } from '../../kernel/records/names.ts'
import { HEIR, predecessorsOf } from '../customers/public.ts'

/** How many opened records are remembered of one person. */
const REMEMBERED = 50

export const favouritesHandlers = {
  list: onQuery.favourites.list.handler(async ({ context }) => {
    const { rows } = await sql<Kept>`
      select entity, ${standing('favourite')} as id from favourite where user_id = ${context.actor.userId} order by position, at`.execute(
      plain(context.db),
    )
    return shownOf(context, once(rows))
  }),

  set: onCommand.favourites.set.handler(async ({ input: { entity, id, on }, context }) => {
    const { tx, actor } = context
    const mine = tx.selectFrom('favourite').where('userId', '=', actor.userId)
    if (!on)
      await tx
        .deleteFrom('favourite')
        .where('userId', '=', actor.userId)
        .where('entity', '=', entity)
        .where('recordId', 'in', await keptFor(tx, { entity, id }))
        .execute()
    else {
      const { n, last } = await mine
        .select((eb) => [eb.fn.countAll<number>().as('n'), eb.fn.max('position').as('last')])
        .executeTakeFirstOrThrow()
      if (n >= FAVOURITES_AT_MOST) throw new Refusal('tooMany')
      await tx
        .insertInto('favourite')
        .values({ userId: actor.userId, entity, recordId: id, position: (last ?? 0) + 1, at: context.now() })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }
    tellMyWindows(context)
    return { on }
  }),

  arrange: onCommand.favourites.arrange.handler(async ({ input, context }) => {
    const { tx, actor } = context
    await tx
      .updateTable('favourite')
      .set((eb) => ({ position: eb('position', '+', input.order.length + 1) }))
      .where('userId', '=', actor.userId)
      .execute()
    for (const [position, { entity, id }] of input.order.entries())
      await tx
        .updateTable('favourite')
        .set({ position })
        .where('userId', '=', actor.userId)
        .where('entity', '=', entity)
        .where('recordId', 'in', await keptFor(tx, { entity, id }))
        .execute()
    tellMyWindows(context)
    return { ok: true as const }
  }),

  recent: onQuery.favourites.recent.handler(async ({ input, context }) => {
    const { rows } = await sql<Kept>`
      select entity, ${standing('recent_record')} as id from recent_record where user_id = ${context.actor.userId} order by at desc limit ${REMEMBERED}`.execute(
      plain(context.db),
    )
    return (await shownOf(context, once(rows))).slice(0, input.limit)
  }),

  opened: onCommand.favourites.opened.handler(async ({ input: { entity, id }, context }) => {
    const { tx, actor } = context
    const at = context.now()
    await tx
      .insertInto('recentRecord')
      .values({ userId: actor.userId, entity, recordId: id, at })
      .onConflict((conflict) => conflict.columns(['userId', 'entity', 'recordId']).doUpdateSet({ at }))
      .execute()
    await sql`delete from recent_record where user_id = ${actor.userId} and at < (
      select at from recent_record where user_id = ${actor.userId} order by at desc limit 1 offset ${REMEMBERED - 1})`.execute(tx)
    tellMyWindows(context)
    return { ok: true as const }
  }),
}

/** Whoever was merged is kept as the one who took his place, for as long as he stands there; taken apart again, each is what he was. */
const standing = (table: 'favourite' | 'recent_record') =>
  sql`iif(${sql.ref(`${table}.entity`)} = 'customer', coalesce((select ${sql.raw(HEIR)} from customer c where c.id = ${sql.ref(`${table}.record_id`)}), ${sql.ref(`${table}.record_id`)}), ${sql.ref(`${table}.record_id`)})`

const once = (rows: readonly Kept[]): Kept[] =>
  rows.filter(({ entity, id }, at) => rows.findIndex((other) => other.entity === entity && other.id === id) === at)

/** Under which numbers a record may be kept: its own, and of those whose place it took. */
const keptFor = async (tx: WriteTx, { entity, id }: Kept): Promise<string[]> =>
  entity === 'customer' ? [id, ...(await predecessorsOf(tx, id))] : [id]

/** Records with their names; what may not be seen, or lies in the recycle bin, is not shown. Views are the list's to name. */
async function shownOf({ db, actor, entities }: QueryContext, rows: readonly Kept[]): Promise<Shown[]> {
  const named = new Map<string, { title: string; opensId: string }>()
  for (const name of ['customer', 'contact', 'opportunity', 'lead', 'order'] as const) {
    const entity = entities.get(name)
    const ids = rows.flatMap((row) => (row.entity === name ? [row.id] : []))
    if (!entity) continue
    for (const [id, { title, opens }] of await namesOf(db, actor, entity, ids))
      if (opens) named.set(`${name} ${id}`, { title, opensId: opens.id })
  }
  return rows.flatMap((row): Shown[] => {
    if (row.entity === 'view') return [{ ...row, title: null, opensId: row.id }]
    const found = named.get(`${row.entity} ${row.id}`)
    return found ? [{ ...row, ...found }] : []
  })
}

/** What one keeps at hand is no history; only one's own windows hear of it. */
function tellMyWindows(context: CommandContext): void {
  const { employeeId } = context.actor
  context.unchanged()
  if (employeeId !== null) context.afterCommit(() => context.services.noticesChanged([employeeId]))
}
