import './source-costs.css'
import { DeleteOutlined, EditOutlined } from '@ant-design/icons'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { Button, Drawer } from 'antd'
import { useState } from 'react'
import type { SourceCost } from '../../../src-shared/features/source-costs/model.ts'
import { KEEPS_FOCUS } from '../../components/drawer.ts'
import { IconButton } from '../../components/page.tsx'
import { LoadFailed, Nothing, SkeletonRows } from '../../components/states.tsx'
import { Money } from '../../components/values.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { CostForm } from './CostForm.tsx'
import { spanText } from './spanText.ts'
import { text } from './text.ts'

const PAGE = 50

/** 来源投入: what each source cost and when; entered, corrected and taken out by who may. */
export function SourceCosts({ onClose }: { onClose: () => void }) {
  const t = useText(text)
  const isPhone = useIsPhone()
  const mayEnter = useCan('sourceCosts.manage')
  const [edited, setEdited] = useState<SourceCost | null>(null)
  const found = useInfiniteQuery(
    useApi().sourceCosts.list.infiniteOptions({
      input: (offset: number) => ({ offset, limit: PAGE }),
      initialPageParam: 0,
      getNextPageParam: (page, pages) => (page.hasMore ? pages.length * PAGE : undefined),
      meta: { shown: true },
    }),
  )
  const rows = found.data?.pages.flatMap((page) => page.rows) ?? []
  const count = found.data?.pages[0]?.count ?? 0
  return (
    <Drawer open {...KEEPS_FOCUS} size={isPhone ? '100%' : 560} title={t('title')} onClose={onClose}>
      {mayEnter && <CostForm key={edited?.id ?? ''} cost={edited} onDone={() => setEdited(null)} />}
      {!found.data && found.error && (
        <LoadFailed error={found.error} feature="sourceCosts" onRetry={() => void found.refetch()} />
      )}
      {!found.data && !found.error && <SkeletonRows rows={6} height={48} />}
      {found.data && rows.length === 0 && <Nothing>{t('none')}</Nothing>}
      {rows.length > 0 && <p className="t3 s12">{t('count', { n: formatNumber(count) })}</p>}
      <ul className="source-costs">
        {rows.map((cost) => (
          <CostLine key={cost.id} cost={cost} mayEnter={mayEnter} isEdited={cost.id === edited?.id} onEdit={setEdited} />
        ))}
      </ul>
      {found.hasNextPage && (
        <Button block loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </Drawer>
  )
}

type LineProps = { cost: SourceCost; mayEnter: boolean; isEdited: boolean; onEdit: (cost: SourceCost | null) => void }
function CostLine({ cost, mayEnter, isEdited, onEdit }: LineProps) {
  const t = useText(text)
  const undo = useUndo()
  const about = { source: cost.source, span: spanText(cost.from, cost.to) }
  const remove = useMutation(
    useApi().sourceCosts.remove.mutationOptions({
      onSuccess: ({ id }) => {
        if (isEdited) onEdit(null)
        undo.say(t('removed', about), { recordId: id })
      },
    }),
  )
  return (
    <li className={isEdited ? 'edited' : undefined}>
      <span className="grow">
        <span className="row g8">
          <span className="b el">{cost.source}</span>
          <span className="t3 s12 num">{about.span}</span>
        </span>
        <span className="t3 s12 el source-cost-note">{[cost.note, cost.createdByName].filter(Boolean).join(' · ')}</span>
      </span>
      <Money fen={cost.amountFen} />
      {mayEnter && (
        <span className="row">
          <IconButton small icon={<EditOutlined />} title={t('editOf', about)} onClick={() => onEdit(cost)} />
          <IconButton
            small
            icon={<DeleteOutlined />}
            title={t('removeOf', about)}
            onClick={() => remove.mutate({ id: cost.id })}
          />
        </span>
      )}
    </li>
  )
}
