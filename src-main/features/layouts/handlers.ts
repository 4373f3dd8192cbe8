import type { StoredLayout } from '../../../src-shared/features/layouts/model.ts'
import { Stale } from '../../kernel/errors.ts'
import { onCommand, onQuery } from '../../kernel/pipeline.ts'
import { deleteLayout, listLayouts, saveLayout } from './store.ts'

const told = ({ entity, layout, version }: StoredLayout): StoredLayout => ({ entity, layout, version })

export const layoutsHandlers = {
  list: onQuery.layouts.list.handler(async ({ context }) => (await listLayouts(context.db)).map(told)),

  save: onCommand.layouts.save.handler(async ({ input, context }) => {
    const { entity, layout } = input
    const known = (await listLayouts(context.tx)).find((one) => one.entity === entity)
    if ((known?.version ?? 0) !== input.version) throw new Stale('layout', entity)
    if (known && JSON.stringify(known.layout) === JSON.stringify(layout)) {
      context.unchanged()
      return told(known)
    }
    const id = await saveLayout(context, known, entity, layout)
    context.record({ entity: 'layout', id, action: 'saved', detail: { on: entity } })
    return { entity, layout, version: input.version + 1 }
  }),

  reset: onCommand.layouts.reset.handler(async ({ input, context }) => {
    const known = (await listLayouts(context.tx)).find((one) => one.entity === input.entity)
    if (known) {
      await deleteLayout(context.tx, known.id)
      context.record({ entity: 'layout', id: known.id, action: 'reset', detail: { on: input.entity } })
    } else context.unchanged()
    return { entity: input.entity }
  }),
}
