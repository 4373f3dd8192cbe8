import { DeleteOutlined, ExportOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import type { BulkResult, Selection } from '../../../src-shared/kernel/list.ts'
import { confirm } from '../../components/confirm.ts'
import type { BulkAction } from '../../components/table/BulkBar.tsx'
import type { CallContext } from '../../kernel/api.ts'
import { formatNumber } from '../../kernel/format.ts'
import { longCall } from '../../kernel/longCall.ts'
import { useText, type Values } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { type ExportWhat, useExport } from '../exports/public.ts'
import { text } from './text.ts'
import type { RecordList } from './useRecordList.ts'

export type CallOptions = { context: CallContext }
type Preview = { readonly changed: number; readonly refused: number; readonly unchanged: number }
/** The calls of a slice that deleting many needs: `useClient().orders`. */
type BulkCalls = {
  readonly previewMany: (input: { act: 'remove'; selection: Selection }) => Promise<Preview>
  readonly removeMany: (input: { selection: Selection }, options: CallOptions) => Promise<BulkResult>
  /** Of a slice whose records are never so many, nothing is asked. */
  readonly progress?: (input: { key: string }) => Promise<{ done: number | null }>
}
type RemovalWord = 'removeTitle' | 'removeBody' | 'removeYes' | 'removed' | 'bulkRemoving'
type ResultWord = 'refusedRows' | 'unchangedRows'
type Say<Word extends string> = (key: Word, values?: Values) => string

const numbered = (n: number): Values => ({ n: formatNumber(n) })

/** What came of a command on many: how many are done, how many stayed and why; with its way back. `stays`: reasons with their words. */
export function useBulkResult<Word extends string>(
  words: Say<Word | ResultWord>,
  { stays = {}, onDone }: { stays?: Readonly<Record<string, NoInfer<Word>>>; onDone?: () => void },
) {
  const undo = useUndo()
  return (done: Word, { changed, refused, unchanged, because = {}, batchId }: BulkResult) => {
    onDone?.()
    const because_ = Object.entries(stays).map(([reason, word]) => ({ word, n: because[reason] ?? 0 }))
    const explained = because_.reduce((sum, { n }) => sum + n, 0)
    const told = because_.map(({ word, n }) => (n > 0 ? words(word, numbered(n)) : '')).join('')
    const without = refused - explained > 0 ? words('refusedRows', numbered(refused - explained)) : ''
    const same = unchanged > 0 ? words('unchangedRows', numbered(unchanged)) : ''
    undo.say(`${words(done, numbered(changed))}${without}${told}${same}`, { batchId: changed > 0 ? batchId : null })
  }
}

/** The chosen records as a workbook; nothing where that is not allowed. */
export function useExportAction<Row extends { readonly id: string }>(records: RecordList<Row>): readonly BulkAction[] {
  const t = useText(text)
  const exporting = useExport()
  if (!records.mayExport) return []
  const entity = records.entity.name as ExportWhat['entity']
  return [
    {
      key: 'export',
      icon: <ExportOutlined />,
      label: t('export'),
      disabled: exporting.isRunning,
      onClick: () => exporting.start({ entity, selection: records.chosen(), format: 'xlsx' }),
    },
  ]
}

type BulkWorkOptions<Word extends string> = {
  words: Say<Word | RemovalWord | ResultWord>
  calls: BulkCalls
  mayRemove: boolean
  /** Why a record stays, by reason, in words of its own. */
  stays?: Readonly<Record<string, NoInfer<Word>>>
  /** What is said before they are deleted. */
  body?: (preview: Preview) => string
}

export type BulkWork<Word extends string> = {
  readonly exporting: readonly BulkAction[]
  readonly removing: readonly BulkAction[]
  readonly run: (label: string, call: (options: CallOptions) => Promise<BulkResult>) => Promise<BulkResult>
  readonly say: (done: Word, result: BulkResult) => void
}

/**
 * What every list can do with many records: export them and delete them. `run` is for whatever else is done with them, with how far it is
 * while it lasts; `say` tells what came of it.
 */
export function useBulkWork<Row extends { readonly id: string }, Word extends string>(
  records: RecordList<Row>,
  { words, calls, mayRemove, stays, body }: BulkWorkOptions<Word>,
): BulkWork<Word> {
  const t = useText(text)
  const { n, chosen, clear, entity } = records
  const say = useBulkResult<Word | RemovalWord>(words, { ...(stays && { stays }), onDone: clear })
  const { progress } = calls
  const run = (label: string, call: (options: CallOptions) => Promise<BulkResult>): Promise<BulkResult> =>
    progress ? longCall({ label, total: n, look: (key) => progress({ key }), call }) : call({ context: {} })
  const remove = useMutation({
    mutationKey: [[entity.feature, 'removeMany']],
    mutationFn: (selection: Selection) => run(words('bulkRemoving'), (options) => calls.removeMany({ selection }, options)),
    onSuccess: (result) => say('removed', result),
  })
  const ask = async () => {
    const selection = chosen()
    const preview = await calls.previewMany({ act: 'remove', selection })
    const count = numbered(preview.changed)
    const asked = {
      title: words('removeTitle', count),
      body: body?.(preview) ?? words('removeBody'),
      yes: words('removeYes', count),
    }
    if (await confirm({ ...asked, danger: true, undoable: true })) remove.mutate(selection)
  }
  const removing: readonly BulkAction[] = mayRemove
    ? [
        {
          key: 'remove',
          icon: <DeleteOutlined />,
          label: t('remove'),
          onClick: () => void ask(),
          danger: true,
          disabled: remove.isPending,
        },
      ]
    : []
  return { exporting: useExportAction(records), removing, run, say }
}
