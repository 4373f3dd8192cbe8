import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { Stale } from '../../kernel/errors.ts'
import { onCommand, onQuery } from '../../kernel/pipeline.ts'
import { deleteTag, getTag, insertTag, listTags, nameIsTaken, updateTag } from './store.ts'

export const tagsHandlers = {
  list: onQuery.tags.list.handler(({ context }) => listTags(context.db, context.actor)),

  create: onCommand.tags.create.handler(async ({ input, context }) => {
    if (await nameIsTaken(context.tx, input.name)) throw new Refusal('nameTaken')
    const id = context.newId()
    await insertTag(context.tx, { id, name: input.name, tone: input.tone, at: context.now() })
    context.record({ entity: 'tag', id, action: 'created' })
    return getTag(context.tx, context.actor, id)
  }),

  edit: onCommand.tags.edit.handler(async ({ input, context }) => {
    const tag = await getTag(context.tx, context.actor, input.id)
    if (tag.version !== input.version) throw new Stale('tag', tag.id)
    if (input.name !== undefined && (await nameIsTaken(context.tx, input.name, tag.id))) throw new Refusal('nameTaken')
    const wanted = { name: input.name ?? tag.name, tone: input.tone ?? tag.tone }
    if (wanted.name === tag.name && wanted.tone === tag.tone) {
      context.unchanged()
      return tag
    }
    await updateTag(context.tx, tag.id, { ...wanted, at: context.now() })
    context.record({ entity: 'tag', id: tag.id, action: 'edited' })
    return getTag(context.tx, context.actor, tag.id)
  }),

  remove: onCommand.tags.remove.handler(async ({ input, context }) => {
    const tag = await getTag(context.tx, context.actor, input.id)
    const takenOff = await deleteTag(context.tx, tag.id)
    context.record({ entity: 'tag', id: tag.id, action: 'deleted', detail: { name: tag.name, takenOff } })
    return { id: input.id, takenOff }
  }),
}
