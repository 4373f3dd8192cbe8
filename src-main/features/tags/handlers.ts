import { setImmediate } from 'node:timers/promises'
import type { Tag, TagId } from '../../../src-shared/features/tags/model.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext, StagedContext } from '../../kernel/context.ts'
import { Stale } from '../../kernel/errors.ts'
import { onCommand, onQuery, onStagedCommand } from '../../kernel/pipeline.ts'
import { rememberWhole, WHOLE } from '../../kernel/records/bulk.ts'
import { exceptOtherTag, rulesExcepting } from '../pools/public.ts'
import { renameInViews } from '../views/public.ts'
import { deleteTag, getTag, insertTag, listTags, moveLinks, nameIsTaken, takeOff, updateTag } from './store.ts'

export const tagsHandlers = {
  list: onQuery.tags.list.handler(({ input, context }) =>
    input.counted ? context.scan<Tag[]>('tags.counted', { actor: context.actor }) : listTags(context.db),
  ),

  create: onCommand.tags.create.handler(async ({ input, context }) => {
    if (await nameIsTaken(context.tx, input.name)) throw new Refusal('nameTaken')
    const id = context.newId()
    await insertTag(context.tx, { id, name: input.name, tone: input.tone, at: context.now() })
    context.record({ entity: 'tag', id, action: 'created' })
    return { ...(await getTag(context.tx, id)), used: 0 }
  }),

  edit: onCommand.tags.edit.handler(async ({ input, context }) => {
    const tag = await getTag(context.tx, input.id)
    if (tag.version !== input.version) throw new Stale('tag', tag.id)
    if (input.name !== undefined && (await nameIsTaken(context.tx, input.name, tag.id))) throw new Refusal('nameTaken')
    const wanted = { name: input.name ?? tag.name, tone: input.tone ?? tag.tone, archived: input.archived ?? tag.archived }
    if (wanted.name === tag.name && wanted.tone === tag.tone && wanted.archived === tag.archived) {
      context.unchanged()
      return tag
    }
    const { archived, ...rest } = wanted
    await renameInViews(context, { entity: null, field: 'tags', from: tag.name, to: wanted.name })
    await updateTag(context.tx, tag.id, { ...rest, at: context.now(), ...(archived !== tag.archived && { archived }) })
    context.record({ entity: 'tag', id: tag.id, action: 'edited' })
    return getTag(context.tx, tag.id)
  }),

  merge: onStagedCommand.tags.merge.handler(({ input, context }) => mergeTags(context, input)),

  remove: onStagedCommand.tags.remove.handler(({ input, context }) => removeTag(context, input.id)),
}

/** Every link is a journaled row: so many fit a short transaction. */
const LINKS_AT_ONCE = 250
type Removed = { id: TagId; takenOff: number; batchId: string }

async function removeTag(context: StagedContext, id: TagId): Promise<Removed> {
  const answered = context.answered<Removed>(WHOLE)
  if (answered) return answered
  const { batchId } = context
  for (let [takenOff, part] = [0, 0]; ; part++) {
    const step = await context.commit((command) => removeSome(command, id), { batchId, part: `links-${part}` })
    takenOff += step.takenOff
    if (step.gone) return rememberWhole(context, { id, takenOff, batchId })
    await setImmediate()
  }
}

/** The tag itself goes with the last of its links, so nobody can put it on anew in between. */
async function removeSome(command: CommandContext, id: TagId): Promise<{ takenOff: number; gone: boolean }> {
  const tag = await getTag(command.tx, id)
  // Without its tag a rule would take whom it was to leave alone.
  const rules = await rulesExcepting(command.tx, id)
  if (rules.length > 0) throw new Refusal('inRule', { name: tag.name, rules: rules.map(({ name }) => name).join(', ') })
  const takenOff = await takeOff(command.tx, id, LINKS_AT_ONCE)
  const gone = takenOff < LINKS_AT_ONCE
  if (gone) await deleteTag(command.tx, id)
  command.record({ entity: 'tag', id, action: 'deleted', detail: { name: tag.name, takenOff } })
  return { takenOff, gone }
}

type Merged = { into: Tag; moved: number; batchId: string }

async function mergeTags(context: StagedContext, { from, into }: { from: readonly TagId[]; into: TagId }): Promise<Merged> {
  const answered = context.answered<Merged>(WHOLE)
  if (answered) return answered
  if (from.includes(into)) throw new Refusal('sameTag')
  const { batchId } = context
  await getTag(context.db, into)
  let moved = 0
  for (const id of new Set(from))
    for (let part = 0; ; part++) {
      const step = await context.commit((command) => mergeSome(command, id, into), { batchId, part: `${id}-${part}` })
      moved += step.moved
      if (step.gone) break
      await setImmediate()
    }
  return rememberWhole(context, { into: await getTag(context.db, into), moved, batchId })
}

/** The tag itself goes with the last of its links. */
async function mergeSome(command: CommandContext, id: TagId, into: TagId): Promise<{ moved: number; gone: boolean }> {
  const [tag, other] = [await getTag(command.tx, id), await getTag(command.tx, into)]
  const moved = await moveLinks(command, id, into, LINKS_AT_ONCE)
  const gone = moved < LINKS_AT_ONCE
  // With the first links: whoever lost the tag must not be anybody's in between.
  await exceptOtherTag(command, id, into)
  await renameInViews(command, { entity: null, field: 'tags', from: tag.name, to: other.name })
  if (gone) await deleteTag(command.tx, id)
  command.record({ entity: 'tag', id: into, action: 'merged', detail: { name: tag.name, into: other.name, moved } })
  return { moved, gone }
}
