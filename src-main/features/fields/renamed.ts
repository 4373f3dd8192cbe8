import type { Filter } from '../../../src-shared/kernel/list.ts'
import { type Renamed, withRenamed } from '../../../src-shared/kernel/filter/renamed.ts'
import type { Entity } from '../../../src-shared/kernel/procedure.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { renameSources } from '../source-costs/public.ts'
import { renameInViews } from '../views/public.ts'
import { listSettings, saveSetting } from './store.ts'

/** A word of a field is another one from now on: whatever says or asks by it follows. @returns how many views, fields and costs did */
export async function renameEverywhere(command: CommandContext, renamed: Renamed): Promise<number> {
  const { entity, field, from, to } = renamed
  const costs = entity === 'customer' && field === 'source' ? await renameSources(command, new Map([[from, to]])) : 0
  return (await renameInViews(command, renamed)) + (await renameInConditions(command, renamed)) + costs
}

/** When fields are asked for and shown. */
async function renameInConditions(command: CommandContext, renamed: Renamed): Promise<number> {
  let changed = 0
  for (const setting of await listSettings(command.tx)) {
    const entity = entityIn(command, setting.entity)
    const follow = (filter: Filter | null): Filter | null =>
      filter && withRenamed(filter, entity, renamed, (name) => entityIn(command, name as Entity))
    const after = { ...setting, requiredWhen: follow(setting.requiredWhen), visibleWhen: follow(setting.visibleWhen) }
    if (JSON.stringify(after) === JSON.stringify(setting)) continue
    await saveSetting(command.tx, after, command.now())
    changed++
  }
  return changed
}
