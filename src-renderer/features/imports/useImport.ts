import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ImportDetail, ImportStateName, ImportSummary } from '../../../src-shared/features/imports/model.ts'
import { useApi } from '../../kernel/context.tsx'

const WORKING: readonly ImportStateName[] = ['preparing', 'running', 'cancelling', 'undoing']
export const isWorking = (state: ImportStateName): boolean => WORKING.includes(state)
/** Nothing of it has been written: mapping, cleaning and decisions are open. */
export const isOpen = (detail: ImportSummary): boolean =>
  detail.startedAt === null && ['uploaded', 'preparing', 'ready', 'failed'].includes(detail.state)

const POLL_MS = 500

/** One import; asked again and again while the backend works on it. */
export function useImport(id: string) {
  return useQuery(
    useApi().imports.get.queryOptions({
      input: { id },
      meta: { shown: true },
      refetchInterval: (query) => (query.state.data && isWorking(query.state.data.state) ? POLL_MS : false),
    }),
  )
}

/** The steps of the wizard; each answer is the new state of the import. */
export function useImportSteps(id: string) {
  const api = useApi()
  const cache = useQueryClient()
  const key = api.imports.get.queryKey({ input: { id } })
  const put = (detail: ImportDetail) => cache.setQueryData(key, detail)
  const again = () =>
    Promise.all([cache.invalidateQueries({ queryKey: key }), cache.invalidateQueries({ queryKey: api.imports.list.key() })])
  const rows = () =>
    Promise.all([
      again(),
      cache.invalidateQueries({ queryKey: api.imports.check.key() }),
      cache.invalidateQueries({ queryKey: api.imports.duplicate.key() }),
    ])
  return {
    setLayout: useMutation(api.imports.setLayout.mutationOptions({ onSuccess: put })),
    setKind: useMutation(
      api.imports.setKind.mutationOptions({
        onSuccess: (detail) => {
          put(detail)
          return cache.invalidateQueries({ queryKey: api.imports.list.key() })
        },
      }),
    ),
    setMapping: useMutation(api.imports.setMapping.mutationOptions({ onSuccess: put })),
    setOptions: useMutation(
      api.imports.setOptions.mutationOptions({
        onSuccess: (detail) => {
          put(detail)
          return rows()
        },
      }),
    ),
    setRules: useMutation(api.imports.setRules.mutationOptions({ onSuccess: put })),
    prepare: useMutation(api.imports.prepare.mutationOptions({ onSuccess: again })),
    decide: useMutation(api.imports.decide.mutationOptions({ onSuccess: rows })),
    editCell: useMutation(api.imports.editCell.mutationOptions({ onSuccess: rows })),
    discard: useMutation(
      api.imports.discard.mutationOptions({ onSuccess: () => cache.invalidateQueries({ queryKey: api.imports.list.key() }) }),
    ),
    again: useMutation(
      api.imports.again.mutationOptions({ onSuccess: () => cache.invalidateQueries({ queryKey: api.imports.list.key() }) }),
    ),
    run: useMutation(api.imports.run.mutationOptions({ onSuccess: again })),
    pause: useMutation(api.imports.pause.mutationOptions({ onSuccess: again })),
    resume: useMutation(api.imports.resume.mutationOptions({ onSuccess: again })),
    cancel: useMutation(api.imports.cancel.mutationOptions({ onSuccess: again })),
    undo: useMutation(api.imports.undo.mutationOptions({ onSuccess: again })),
  }
}
export type ImportSteps = ReturnType<typeof useImportSteps>
