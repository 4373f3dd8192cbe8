import './workbench.css'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import type { BenchLayout } from '../../../src-shared/features/workbench/layout.ts'
import { shownOf } from '../../../src-shared/features/workbench/places.ts'
import { EmptyState, LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { hasPlace } from '../../kernel/places.ts'
import { useText } from '../../kernel/text.ts'
import { Agenda } from './Agenda.tsx'
import { Figures } from './Figures.tsx'
import { Head } from './Head.tsx'
import { KNOWN } from './known.ts'
import { text } from './text.ts'
import { Todos, useAsksBy, useCount } from './Todos.tsx'
import { type Looking, useWorkbench } from './useWorkbench.ts'

// A table is heavy, and stands below what one looks at first.
const Ranking = lazy(() => import('./Ranking.tsx').then((module) => ({ default: module.Ranking })))
const Attainment = lazy(() => import('./Attainment.tsx').then((module) => ({ default: module.Attainment })))
const Forgotten = lazy(() => import('./Forgotten.tsx').then((module) => ({ default: module.Forgotten })))

const EditLayout = later(() => import('./EditLayout.tsx').then((module) => module.EditLayout))

const NOBODY = { combinator: 'and' as const, rules: [] }

/** 工作台: what waits today, what the period brought, whom nobody has spoken to; every number opens its rows. */
export function WorkbenchPage() {
  const bench = useWorkbench()
  const { looking, who } = bench
  const [edits, setEdits] = useState(false)
  const laid = useQuery(useApi().workbench.layout.queryOptions({ input: {}, staleTime: 60_000 }))
  const layout = laid.data ?? {}
  const stands = looking && !laid.isPending
  const isEmpty = useCount(NOBODY) === 0
  return (
    <main className="page paper">
      <Head bench={bench} onEdit={() => setEdits(true)} />
      {!looking && who.error && <LoadFailed error={who.error} feature="workbench" onRetry={() => void who.refetch()} />}
      {!stands && !who.error && <SkeletonRows rows={12} height={40} />}
      {stands && isEmpty && <Empty />}
      {stands && !isEmpty && (
        <div className="wb">
          <div className="wb-side">
            {shownOf(layout.side, KNOWN.side).map((key) =>
              key === 'todo' ? (
                <Todos key={key} looking={looking} places={layout.todos} />
              ) : (
                <Agenda key={key} looking={looking} />
              ),
            )}
          </div>
          <div className="wb-main">
            <Main looking={looking} layout={layout} />
          </div>
        </div>
      )}
      <Suspense>{edits && <EditLayout layout={layout} onClose={() => setEdits(false)} />}</Suspense>
    </main>
  )
}

/** Cards stand next to each other as far as there is room for them. */
function Main({ looking, layout }: { looking: Looking; layout: BenchLayout }) {
  const asksBy = useAsksBy()
  const keys = shownOf(layout.main, KNOWN.main).filter((key) => key !== 'forgotten' || asksBy('lastFollowUpAt'))
  const at = keys.indexOf('figures')
  const figures = at >= 0 && <Figures looking={looking} places={layout.figures} />
  const cards = (some: readonly (typeof keys)[number][]) =>
    some.length > 0 && (
      <div className="wb-cards">
        {some.map((key) => (
          <Suspense key={key} fallback={<div />}>
            {key === 'ranking' ? (
              <Ranking looking={looking} />
            ) : key === 'attainment' ? (
              <Attainment looking={looking} />
            ) : (
              <Forgotten looking={looking} />
            )}
          </Suspense>
        ))}
      </div>
    )
  return (
    <>
      {cards(keys.slice(0, Math.max(0, at)))}
      {figures}
      {cards(keys.slice(at + 1))}
    </>
  )
}

function Empty() {
  const t = useText(text)
  const navigate = useNavigate()
  const mayImport = useCan('imports.run') && hasPlace('/imports')
  return (
    <EmptyState title={t('empty')} hint={t('emptyHint')} links={<Link to="/customers">{t('toCustomers')}</Link>}>
      {mayImport && (
        <Button type="primary" onClick={() => void navigate({ to: '/imports' })}>
          {t('toImport')}
        </Button>
      )}
    </EmptyState>
  )
}
