import { DownloadOutlined, InboxOutlined, StopOutlined, SwapOutlined, UserAddOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Lead, LeadId } from '../../../src-shared/features/leads/model.ts'
import type { BulkResult } from '../../../src-shared/kernel/list.ts'
import type { BulkAction } from '../../components/table/BulkBar.tsx'
import { useApi, useCan, useClient } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { type RecordList, useBulkWork } from '../lists/public.ts'
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
} as const
/** So many can be claimed at once. */
const CLAIMED_AT_ONCE = 200

/** What can be done with many leads at once; each ends in a toast with counts and a way back. */
export function useBulk(records: RecordList<Lead>) {
  const t = useText(text)
  const [asking, setAsking] = useState<BulkDialog | null>(null)
  const may = {
    edit: useCan('leads.edit'),
    transfer: useCan('leads.transfer'),
    assign: useCan('leads.assign'),
    claim: useCan('leads.claim'),
  }
  const calls = useCalls(records)
  const hasPools = useLeadPools().length > 0
  const action = (key: keyof typeof ICONS, onClick: () => void): BulkAction => ({ key, icon: ICONS[key], label: t(key), onClick })
  const ask = (key: BulkDialog) => action(key, () => setAsking(key))
  const chosen = records.chosen()
  const ids = 'ids' in chosen ? chosen.ids : []
  const mayClaim = may.claim && hasPools && ids.length > 0 && ids.length <= CLAIMED_AT_ONCE
  const actions: readonly BulkAction[] = [
    ...(mayClaim ? [action('claim', () => calls.claim.mutate({ ids: ids as LeadId[] }))] : []),
    ...(may.assign ? [ask('assign')] : []),
    ...(may.transfer ? [ask('transfer')] : []),
    ...(may.edit && hasPools ? [ask('release')] : []),
    ...(may.edit ? [ask('invalidate')] : []),
    ...calls.exporting,
    ...calls.removing,
  ]
  const close = () => setAsking(null)
  return {
    actions,
    dialog: asking && {
      dialog: asking,
      onGive: (how: GiveDialog, to: string) => {
        close()
        calls.give.mutate({ how, to })
      },
      onInvalidate: (why: Invalid) => {
        close()
        calls.invalidate.mutate(why)
      },
      onClose: close,
    },
  }
}

const DONE = { transfer: 'transferred', assign: 'assigned', release: 'released' } as const

/** The calls behind them, with how far they are while they last. */
function useCalls(records: RecordList<Lead>) {
  const t = useText(text)
  const { leads } = useClient()
  const undo = useUndo()
  const { chosen, clear } = records
  const { run, say, ...others } = useBulkWork(records, { words: t, calls: leads, mayRemove: useCan('leads.delete') })
  const give = useMutation({
    mutationKey: [['leads', 'give']],
    mutationFn: ({ how, to }: { how: GiveDialog; to: string }) =>
      run(t('bulkWorking'), (options): Promise<BulkResult> => {
        if (how === 'assign') return leads.assign({ selection: chosen(), ownerId: to }, options)
        if (how === 'release') return leads.release({ selection: chosen(), poolId: to as never }, options)
        return leads.editMany({ selection: chosen(), values: { ownerId: to } }, options)
      }),
    onSuccess: (result, { how }) => say(DONE[how], result),
  })
  const invalidate = useMutation({
    mutationKey: [['leads', 'invalidateMany']],
    mutationFn: ({ reasonId, note }: Invalid) =>
      run(t('bulkWorking'), (options) =>
        leads.invalidateMany({ selection: chosen(), reasonId: reasonId as never, note }, options),
      ),
    onSuccess: (result) => say('invalidated', result),
  })
  const claim = useMutation(
    useApi().leads.claim.mutationOptions({
      onSuccess: ({ claimed, refused }) => {
        clear()
        const rest = refused > 0 ? t('notClaimed', { n: formatNumber(refused) }) : ''
        undo.say(`${t('claimedMany', { n: formatNumber(claimed) })}${rest}`, { procedure: 'leads.claim' })
      },
    }),
  )
  return { give, invalidate, claim, ...others }
}
