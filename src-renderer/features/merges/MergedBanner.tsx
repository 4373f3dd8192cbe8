import './merges.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import type { PastMerge } from '../../../src-shared/features/merges/model.ts'
import { confirm } from '../../components/confirm.ts'
import { useApi, useMe } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { seenKinds } from './counts.ts'
import { text } from './text.ts'

/** "由 2 个客户合并而来 · 取消合并（还剩 29 天）", for as long as it can be taken back. */
export function MergedBanner({ customer }: { customer: Customer }) {
  const past = useQuery(useApi().merges.ofCustomer.queryOptions({ input: { id: customer.id }, meta: { shown: true } }))
  const open = (past.data ?? []).filter(({ daysLeft }) => daysLeft > 0)
  return open.map((merge) => <OneMerge key={merge.seq} merge={merge} />)
}

function OneMerge({ merge }: { merge: PastMerge }) {
  const t = useText(text)
  const undo = useUndo()
  const me = useMe()
  const n = formatNumber(merge.absorbed.length + 1)
  const names = merge.absorbed.flatMap(({ name }) => name ?? []).join(t('listSeparator'))
  const takeBack = useMutation(
    useApi().merges.unmerge.mutationOptions({
      onSuccess: ({ customers, keptFields, kept }) => {
        const fields = keptFields.map((key) => fieldWord('customers', key)).join(t('listSeparator'))
        const said = t('unmerged', { n: formatNumber(customers.length + 1) })
        const more = `${fields === '' ? '' : t('keptFields', { fields })}${kept > 0 ? t('keptRows', { n: formatNumber(kept) }) : ''}`
        undo.say(`${said}${more}`, { procedure: 'merges.unmerge' })
      },
    }),
  )
  const ask = async () => {
    const sure = await confirm({
      title: t('unmergeTitle', { n }),
      body: t('unmergeBody', {
        kinds: seenKinds(me)
          .map((kind) => t(`${kind}Name`))
          .join(t('listSeparator')),
      }),
      yes: t('unmergeYes', { n }),
      no: t('keepMerged'),
      undoable: true,
    })
    if (sure) takeBack.mutate({ seq: merge.seq })
  }
  return (
    <div className="banner merge-banner">
      <span className="el">{names === '' ? t('banner', { n }) : t('bannerNames', { n, names })}</span>
      {merge.mayTakeBack && (
        <>
          <span className="t3 num">{t('daysLeft', { n: merge.daysLeft })}</span>
          <Button size="small" loading={takeBack.isPending} onClick={() => void ask()}>
            {t('unmerge')}
          </Button>
        </>
      )}
    </div>
  )
}
