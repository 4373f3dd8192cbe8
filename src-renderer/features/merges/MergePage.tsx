import './merges.css'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import type { MergeLook } from '../../../src-shared/features/merges/model.ts'
import { PageHead } from '../../components/page.tsx'
import { EmptyState, LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { idsIn } from './address.ts'
import { countsText, hangingOn } from './counts.ts'
import { MergeMore } from './MergeMore.tsx'
import { MergeTable } from './MergeTable.tsx'
import { text } from './text.ts'
import { useChoices, useLook, useMerging } from './useMerge.ts'

/** 合并客户: two to five customers side by side, and which value the one that stays takes of each field. */
export function MergePage() {
  const t = useText(text)
  const navigate = useNavigate()
  const { ids: asked } = useSearch({ strict: false }) as { ids?: unknown }
  const ids = idsIn(asked)
  const [isSent, setSent] = useState(false)
  const look = useLook(ids, isSent)
  const back = () => (window.history.length > 1 ? window.history.back() : void navigate({ to: '/customers' }))
  return (
    <main className="page merge-page">
      <PageHead title={t('title')} note={ids.length > 1 ? t('note', { n: ids.length }) : undefined} onBack={back} />
      {ids.length < 2 && (
        <EmptyState title={t('tooFew')} hint={t('tooFewHint')}>
          <Button type="primary" onClick={() => void navigate({ to: '/customers' })}>
            {t('toList')}
          </Button>
        </EmptyState>
      )}
      {look.isLoading && <SkeletonRows rows={12} />}
      {look.error && !look.data && <LoadFailed error={look.error} feature="merges" onRetry={() => void look.refetch()} />}
      {look.data && <Comparison key={ids.join()} look={look.data} onBack={back} onSent={setSent} />}
    </main>
  )
}

type ComparisonProps = { look: MergeLook; onBack: () => void; onSent: (isSent: boolean) => void }

function Comparison({ look, onBack, onSent }: ComparisonProps) {
  const t = useText(text)
  const { sides } = look
  const choices = useChoices(look)
  const { merge, problem } = useMerging(sides, onSent)
  const sum = hangingOn(sides)
  const after = sum.contacts === undefined ? sum : { ...sum, contacts: sum.contacts - choices.joined.length }
  const n = formatNumber(sides.length)
  return (
    <>
      <div className="merge-body">
        {choices.isBlocked && (
          <Alert
            type="warning"
            title={t('blocked', { n: sides.filter(({ mayGoUp }) => !mayGoUp).length })}
            className="gap-below"
          />
        )}
        <MergeTable sides={sides} choices={choices} />
        <MergeMore sides={sides} choices={choices} />
      </div>
      <footer className="merge-foot">
        {problem && (
          <span className="field-error grow" role="alert">
            {problem}
          </span>
        )}
        {!problem && (
          <span className="grow merge-after">
            <span className="el">{t('after', { counts: countsText(after, t) })}</span>
            <span className="t3 s12 el">{t('afterHint', { n: sides.length - 1 })}</span>
          </span>
        )}
        <Button onClick={onBack}>{t('cancel')}</Button>
        <Button type="primary" loading={merge.isPending} disabled={choices.isBlocked} onClick={() => merge.mutate(choices.input)}>
          {t('yes', { n })}
        </Button>
      </footer>
    </>
  )
}
