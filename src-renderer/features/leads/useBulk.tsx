import {
  DeleteOutlined,
  DownloadOutlined,
  ExportOutlined,
  InboxOutlined,
  StopOutlined,
  SwapOutlined,
  UserAddOutlined,
} from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { LeadId } from '../../../src-shared/features/leads/model.ts'
import type { BulkResult, Selection, Which } from '../../../src-shared/kernel/list.ts'
import { confirm } from '../../components/confirm.ts'
import type { BulkAction } from '../../components/table/BulkBar.tsx'
import { countSelected, type RowSelection, selectionInput } from '../../components/table/selection.ts'
import { useApi, useCan, useClient } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { longCall } from '../../kernel/longCall.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { useExport } from '../exports/public.ts'
import { text } from './text.ts'
import { useLeadPools } from './words.ts'

export type GiveDialog = 'transfer' | 'assign' | 'release'
export type BulkDialog = GiveDialog | 'invalidate'
export type Invalid = { reasonId: string; note: string | null }

const ICONS = {
  claim: <DownloadOutlined />,
  assign: <UserAddOutlined />,
  transfer: <SwapOutlined />,
  release: <InboxOutlined />,
  invalidate: <StopOutlined />,
  export: <ExportOutlined />,
  remove: <DeleteOutlined />,
} as const
/** So many can be claimed at once. */
const CLAIMED_AT_ONCE = 200

/** What can be done with many leads at once; each ends in a toast with counts and a way back. */
export function useBulk(selection: RowSelection, which: Which, total: number | undefined, onDone: () => void) {
  const t = useText(text)
  const exporting = useExport()
  const [dialog, setDialog] = useState<BulkDialog | null>(null)
  const n = countSelected(selection, total) ?? 0
  const input = (): Selection => selectionInput(selection, which)
  const calls = useCalls(n, input, onDone)
  const may = {
    edit: useCan('leads.edit'),
    transfer: useCan('leads.transfer'),
    assign: useCan('leads.assign'),
    claim: useCan('leads.claim'),
    export: useCan('leads.export'),
    remove: useCan('leads.delete'),
  }
  const hasPools = useLeadPools().length > 0
  const action = (key: keyof typeof ICONS, onClick: () => void, more: Partial<BulkAction> = {}): BulkAction => ({
    key,
    icon: ICONS[key],
    label: t(key),
    onClick,
    ...more,
  })
  const chosen = 'ids' in input() ? (input() as { ids: string[] }).ids : []
  const mayClaim = may.claim && hasPools && chosen.length > 0 && chosen.length <= CLAIMED_AT_ONCE
  const actions: BulkAction[] = [
    ...(mayClaim ? [action('claim', () => calls.claim.mutate({ ids: chosen as LeadId[] }))] : []),
    ...(may.assign ? [action('assign', () => setDialog('assign'))] : []),
    ...(may.transfer ? [action('transfer', () => setDialog('transfer'))] : []),
    ...(may.edit && hasPools ? [action('release', () => setDialog('release'))] : []),
    ...(may.edit ? [action('invalidate', () => setDialog('invalidate'))] : []),
    ...(may.export
      ? [
          action('export', () => exporting.start({ entity: 'lead', selection: input(), format: 'xlsx' }), {
            disabled: exporting.isRunning,
          }),
        ]
      : []),
    ...(may.remove ? [action('remove', () => void calls.askRemove(), { danger: true, disabled: calls.remove.isPending })] : []),
  ]
  return {
    n,
    actions,
    dialog,
    close: () => setDialog(null),
    give: (how: GiveDialog, to: string) => {
      setDialog(null)
      calls.give.mutate({ how, to })
    },
    invalidate: (why: Invalid) => {
      setDialog(null)
      calls.invalidate.mutate(why)
    },
  }
}

const DONE = { transfer: 'transferred', assign: 'assigned', release: 'released' } as const

/** The calls behind them, with how far they are while they last. */
function useCalls(n: number, input: () => Selection, onDone: () => void) {
  const t = useText(text)
  const client = useClient()
  const undo = useUndo()
  const say = useResult(onDone)
  const long = (label: string) => ({ label, total: n, look: (key: string) => client.leads.progress({ key }) })
  const give = useMutation({
    mutationFn: ({ how, to }: { how: GiveDialog; to: string }) =>
      longCall({
        ...long(t('bulkWorking')),
        call: (options): Promise<BulkResult> => {
          if (how === 'assign') return client.leads.assign({ selection: input(), ownerId: to }, options)
          if (how === 'release') return client.leads.release({ selection: input(), poolId: to as never }, options)
          return client.leads.editMany({ selection: input(), values: { ownerId: to } }, options)
        },
      }),
    onSuccess: (result, { how }) => say(DONE[how], result),
  })
  const invalidate = useMutation({
    mutationFn: ({ reasonId, note }: Invalid) =>
      longCall({
        ...long(t('bulkWorking')),
        call: (options) => client.leads.invalidateMany({ selection: input(), reasonId: reasonId as never, note }, options),
      }),
    onSuccess: (result) => say('invalidated', result),
  })
  const claim = useMutation(
    useApi().leads.claim.mutationOptions({
      onSuccess: ({ claimed, refused }) => {
        onDone()
        const rest = refused > 0 ? t('notClaimed', { n: formatNumber(refused) }) : ''
        undo.say(`${t('claimedMany', { n: formatNumber(claimed) })}${rest}`, { procedure: 'leads.claim' })
      },
    }),
  )
  const remove = useMutation({
    mutationFn: (chosen: Selection) =>
      longCall({
        ...long(t('bulkRemoving')),
        call: (options) => client.leads.removeMany({ selection: chosen }, options),
      }),
    onSuccess: (result) => say('removed', result),
  })
  const askRemove = async () => {
    const chosen = input()
    const { changed } = await client.leads.previewMany({ act: 'remove', selection: chosen })
    const count = { n: formatNumber(changed) }
    const asked = { title: t('removeTitle', count), body: t('removeBody'), yes: t('removeYes', count) }
    if (await confirm({ ...asked, danger: true, undoable: true })) remove.mutate(chosen)
  }
  return { give, invalidate, claim, remove, askRemove }
}

type Word = 'transferred' | 'assigned' | 'released' | 'invalidated' | 'removed'
/** "已分配 12 条线索，2 条没有权限 · 撤销" */
function useResult(onDone: () => void) {
  const t = useText(text)
  const undo = useUndo()
  return (word: Word, { changed, refused, unchanged, batchId }: BulkResult) => {
    onDone()
    const part = (key: 'refusedRows' | 'unchangedRows', n: number) => (n > 0 ? t(key, { n: formatNumber(n) }) : '')
    const rest = `${part('refusedRows', refused)}${part('unchangedRows', unchanged)}`
    undo.say(`${t(word, { n: formatNumber(changed) })}${rest}`, { batchId: changed > 0 ? batchId : null })
  }
}
