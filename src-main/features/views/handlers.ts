import { todayOf } from '../../kernel/clock.ts'
import type { Audience, View, Viewed } from '../../../src-shared/features/views/model.ts'
import { isShared } from '../../../src-shared/features/views/plain.ts'
import { type Actor, may } from '../../../src-shared/kernel/actor.ts'
import { findField } from '../../../src-shared/kernel/entity.ts'
import { OPENED_BY_ME } from '../../../src-shared/kernel/filter/fields.ts'
import type { Filter, Sort } from '../../../src-shared/kernel/list.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { BadInput, Forbidden, NotFound, Stale } from '../../kernel/errors.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { onCommand, onQuery } from '../../kernel/pipeline.ts'
import { mayAskBy } from '../../kernel/policy.ts'
import { filterSql } from '../../kernel/records/filter.ts'
import { settled } from '../../kernel/records/settle.ts'
import {
  arrangementOf,
  audienceExists,
  keepArrangement,
  peopleMeant,
  leftView,
  seenView,
  standingOf,
  storedView,
  type StoredView,
  storedViews,
} from './store.ts'

const MOST = 200

export const viewsHandlers = {
  list: onQuery.views.list.handler(async ({ input, context }) => {
    const today = todayOf(context)
    const standing = await standingOf(context.db, context.actor, today)
    const stored = await storedViews(context.db, today, { entity: input.entity })
    return {
      views: stored.flatMap((view) => seenView(context.actor, standing, view) ?? []),
      arrangement: await arrangementOf(context.db, context.actor.userId, input.entity),
    }
  }),

  roles: onQuery.views.roles.handler(({ context }) =>
    context.db.selectFrom('role').select(['id', 'name', 'builtin']).orderBy('name').execute(),
  ),

  departments: onQuery.views.departments.handler(({ context }) =>
    context.db.selectFrom('department').select(['id', 'name', 'parentId']).orderBy('position').orderBy('name').execute(),
  ),

  create: onCommand.views.create.handler(async ({ input, context }) => {
    const { tx, actor } = context
    await requireAudience(context, input.audience)
    requireKind(input.entity, input.kind)
    await requireSound(context, input.entity, input.definition)
    const { n } = await tx
      .selectFrom('listView')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('ownerId', '=', actor.userId)
      .where('entity', '=', input.entity)
      .executeTakeFirstOrThrow()
    if (n >= MOST) throw new Refusal('tooMany')
    const [id, at] = [context.newId(), context.now()]
    await tx
      .insertInto('listView')
      .values({
        id,
        entity: input.entity,
        kind: input.kind,
        name: input.name,
        ownerId: actor.userId,
        definition: JSON.stringify(input.definition),
        audience: JSON.stringify(input.audience),
        createdAt: at,
        updatedAt: at,
        version: 1,
      })
      .execute()
    context.record({ entity: 'view', id, action: 'created', detail: { name: input.name } })
    await tellAudience(context, { id, entity: input.entity }, input.audience)
    return answer(context, id)
  }),

  edit: onCommand.views.edit.handler(async ({ input, context }) => {
    const view = await editable(context, input.id)
    if (view.version !== input.version) throw new Stale('view', view.id)
    if (input.audience) await requireAudience(context, input.audience)
    if (input.kind) requireKind(view.entity, input.kind)
    if (input.definition) await requireSound(context, view.entity, input.definition)
    const values = {
      name: input.name ?? view.name,
      kind: input.kind ?? view.kind,
      definition: JSON.stringify(input.definition ?? view.definition),
      audience: JSON.stringify(input.audience ?? view.audience),
    }
    const action = actionOf(view, values)
    if (action === null) context.unchanged()
    else {
      await context.tx
        .updateTable('listView')
        .set((eb) => ({ ...values, updatedAt: context.now(), version: eb('version', '+', 1) }))
        .where('id', '=', view.id)
        .execute()
      context.record({ entity: 'view', id: view.id, action, detail: { name: values.name } })
      if (input.audience) await tellAudience(context, view, input.audience, view.audience)
    }
    return answer(context, view.id)
  }),

  remove: onCommand.views.remove.handler(async ({ input, context }) => {
    const view = await editable(context, input.id)
    await context.tx.deleteFrom('listView').where('id', '=', view.id).execute()
    context.record({ entity: 'view', id: view.id, action: 'deleted', detail: { name: view.name } })
    return { id: view.id }
  }),

  takeOver: onCommand.views.takeOver.handler(async ({ input, context }) => {
    const view = await storedView(context.tx, todayOf(context), input.id)
    if (!isShared(view.audience)) throw new Refusal('notShared')
    if (view.ownerId === context.actor.userId) context.unchanged()
    else {
      await context.tx
        .updateTable('listView')
        .set((eb) => ({ ownerId: context.actor.userId, updatedAt: context.now(), version: eb('version', '+', 1) }))
        .where('id', '=', view.id)
        .execute()
      context.record({ entity: 'view', id: view.id, action: 'takenOver', detail: { name: view.name } })
    }
    return answer(context, view.id)
  }),

  arrange: onCommand.views.arrange.handler(async ({ input, context }) => {
    await keepArrangement(context.tx, context.actor.userId, input.entity, input.arrangement)
    context.unchanged()
    return input.arrangement
  }),
}

async function answer(context: CommandContext, id: string): Promise<View> {
  const today = todayOf(context)
  const view = await storedView(context.tx, today, id)
  return seenView(context.actor, await standingOf(context.tx, context.actor, today), view) ?? leftView(view)
}

/** @throws NotFound for a view that the caller does not see, Refusal for one that he sees and may not change */
async function editable(context: CommandContext, id: string): Promise<StoredView> {
  const today = todayOf(context)
  const view = await storedView(context.tx, today, id)
  const seen = seenView(context.actor, await standingOf(context.tx, context.actor, today), view)
  if (!seen) throw new NotFound('view', id)
  if (!seen.mayEdit) throw new Refusal('notYours')
  return view
}

/** Who a view is for from now on, and was not before, is told. */
async function tellAudience(
  context: CommandContext,
  { id, entity }: { id: string; entity: Viewed },
  audience: Audience,
  before?: Audience,
): Promise<void> {
  const today = todayOf(context)
  const known = new Set(before ? await peopleMeant(context.tx, before, today) : [])
  const fresh = (await peopleMeant(context.tx, audience, today)).filter((employeeId) => !known.has(employeeId))
  if (fresh.length > 0)
    context.notify({ employeeIds: fresh, kind: 'viewShared', entity: 'view', recordId: id, detail: { list: entity } })
}

async function requireAudience(context: CommandContext, audience: Audience): Promise<void> {
  if (!isShared(audience)) return
  if (!may(context.actor, 'views.share')) throw new Forbidden('views.share')
  if (!(await audienceExists(context.tx, audience))) throw new Refusal('audienceUnknown')
}

/** Nobody keeps or shares a question that he may not ask himself. */
async function requireSound(
  context: CommandContext,
  name: Viewed,
  { filter, sorts, sums }: { filter: Filter | null; sorts: readonly Sort[]; sums: readonly { field: string }[] },
): Promise<void> {
  const entity = entityIn(context, name === 'pool' ? 'customer' : name)
  if (filter) {
    const which = await settled(context.tx, context.actor, entity, { filter })
    if (which.filter) filterSql(context.actor, entity, which.filter, 't')
  }
  for (const { field } of [...sorts, ...sums]) {
    if (field === OPENED_BY_ME) continue
    if (!findField(entity, field)) throw new BadInput('unknownField', ['definition', field])
    requireAskable(context.actor, entity, field)
  }
}

const requireAskable = (actor: Actor, entity: Parameters<typeof mayAskBy>[1], field: string): void => {
  if (!mayAskBy(actor, entity, field)) throw new Forbidden(`${entity.feature}.fields`, [field])
}

/** @throws BadInput for a kind that the list is not shown as */
function requireKind(entity: Viewed, kind: View['kind']): void {
  if (kind !== 'table' && entity !== 'opportunity') throw new BadInput('kindDoesNotFit', ['kind'])
}

type Written = { name: string; kind: string; definition: string; audience: string }
function actionOf(view: StoredView, values: Written): string | null {
  if (values.definition !== JSON.stringify(view.definition) || values.kind !== view.kind) return 'edited'
  if (values.audience !== JSON.stringify(view.audience)) return 'shared'
  return values.name === view.name ? null : 'renamed'
}
