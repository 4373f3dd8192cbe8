import { useMutation } from '@tanstack/react-query'
import type { Arrangement, Audience, View, ViewDefinition } from '../../../src-shared/features/views/plain.ts'
import { isShared, PRIVATE } from '../../../src-shared/features/views/plain.ts'
import { useApi } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { confirm } from '../confirm.ts'
import type { Tab } from './tabs.ts'
import { text } from './text.ts'
import type { ListViews } from './useListViews.ts'

/** What one can do with views; each ends in a toast with a way back. */
export function useViewActions(list: ListViews) {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const { entity } = list
  const create = useMutation(
    api.views.create.mutationOptions({
      onSuccess: (view) => {
        undo.say(t('made', { name: view.name }), { recordId: view.id, before: () => list.choose('all') })
        list.revert()
        list.choose(view.id)
      },
    }),
  )
  const edit = useMutation(
    api.views.edit.mutationOptions({
      onSuccess: (view) => {
        undo.say(t('saved', { name: view.name }), { recordId: view.id })
        if (view.id === list.current.key) list.revert()
      },
    }),
  )
  const remove = useMutation(api.views.remove.mutationOptions({}))
  const takeOver = useMutation(
    api.views.takeOver.mutationOptions({
      onSuccess: (view) => undo.say(t('takenOver', { name: view.name }), { recordId: view.id }),
    }),
  )
  const arrange = useMutation(api.views.arrange.mutationOptions({}))
  return {
    isBusy: create.isPending || edit.isPending,
    save: () => {
      const { view } = list.current
      if (view) edit.mutate({ id: view.id, version: view.version, kind: list.state.kind, definition: list.definition })
    },
    saveAs: (name: string, audience: Audience, definition: ViewDefinition, done: () => void) =>
      create.mutate({ entity, kind: list.state.kind, name, audience, definition }, { onSuccess: done }),
    change: (view: View, values: { name: string; audience: Audience }, done: () => void) =>
      edit.mutate({ id: view.id, version: view.version, ...values }, { onSuccess: done }),
    duplicate: (tab: Tab) =>
      create.mutate({
        entity,
        kind: tab.kind,
        name: t('copyOf', { name: tab.label }).slice(0, 60),
        audience: PRIVATE,
        definition: tab.definition,
      }),
    remove: async (view: View) => {
      const sure = await confirm({
        title: t('removeTitle', { name: view.name }),
        body: t(isShared(view.audience) ? 'removeBodyShared' : 'removeBody'),
        yes: t('removeYes'),
        danger: true,
        undoable: true,
      })
      if (!sure) return
      await remove.mutateAsync({ id: view.id })
      if (list.current.key === view.id) list.choose(list.tabs.find(({ view: other }) => other === null)?.key ?? '')
      undo.say(t('removed', { name: view.name }), { recordId: view.id })
    },
    takeOver: (view: View) => takeOver.mutate({ id: view.id }),
    arrange: (arrangement: Arrangement) => arrange.mutate({ entity, arrangement }),
  }
}
export type ViewActions = ReturnType<typeof useViewActions>
