import './duplicates.css'
import { SearchOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { DUPLICATE_FILTERS, type DuplicateFilter, type DuplicateRun } from '../../../src-shared/features/duplicates/model.ts'
import type { Job } from '../../../src-shared/features/jobs/model.ts'
import { PageHead } from '../../components/page.tsx'
import { EmptyState, LoadFailed, Nothing, SkeletonRows } from '../../components/states.tsx'
import { useClock } from '../../kernel/context.tsx'
import { formatInstant, formatNumber } from '../../kernel/format.ts'
import { useShortcut } from '../../kernel/keyboard.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { JobProgress, JobStatus, Steering } from '../jobs/public.ts'
import { GroupDetail } from './GroupDetail.tsx'
import { GroupList } from './GroupList.tsx'
import { text } from './text.ts'
import { isGoing, useGroups, useSearchState, useStart } from './useDuplicates.ts'

const DOTS: Readonly<Record<DuplicateFilter, string | null>> = { all: null, sure: 'plum', maybe: 'warn' }

/** 疑似重复客户: searches the whole base, and shows what it found group by group. */
export function DuplicatesPage() {
  const t = useText(text)
  const clock = useClock()
  const state = useSearchState()
  const start = useStart()
  const { last, job } = state.data ?? { last: null, job: null }
  const begin = (
    <Button
      type="primary"
      icon={<SearchOutlined />}
      disabled={isGoing(job?.state) || job?.state === 'paused'}
      loading={start.isPending}
      onClick={() => start.mutate({})}
    >
      {t(last ? 'again' : 'start')}
    </Button>
  )
  const note =
    last && t('lastRun', { who: last.userName, when: formatInstant(last.finishedAt, clock), n: formatNumber(last.customers) })
  return (
    <main className="page dup-page">
      <PageHead title={t('title')} note={note}>
        {(last ?? job) && begin}
      </PageHead>
      {state.isPending && <SkeletonRows rows={10} height={64} />}
      {state.error && !state.data && <LoadFailed error={state.error} feature="duplicates" onRetry={() => void state.refetch()} />}
      {job && <Going job={job} hasResult={last !== null} />}
      {state.data && !last && !job && (
        <EmptyState title={t('never')} hint={t('neverHint')}>
          {begin}
        </EmptyState>
      )}
      {last && <Result key={last.id} run={last} />}
    </main>
  )
}

/** The search at work, or how it stopped. */
function Going({ job, hasResult }: { job: Job; hasResult: boolean }) {
  const t = useText(text)
  const isWorking = isGoing(job.state)
  return (
    <div className="row g12 dup-going" role="status">
      {job.state === 'running' && !job.wanted ? <b>{t('searching')}</b> : <JobStatus job={job} />}
      {(isWorking || job.state === 'paused') && <JobProgress job={job} />}
      <span className="t3 s12 el dup-going-hint">{isWorking ? t('searchingHint') : hasResult && t('stoppedHint')}</span>
      <span className="grow" />
      {job.mine && <Steering job={job} />}
    </div>
  )
}

function Result({ run }: { run: DuplicateRun }) {
  const t = useText(text)
  const [filter, setFilter] = useState<DuplicateFilter>('all')
  const { pages, rows, counts } = useGroups(run.id, filter)
  const open = counts && { all: counts.sure + counts.maybe, ...counts }
  const found = run.sure + run.maybe
  if (found === 0) return <EmptyState title={t('none')} hint={t('noneHint', { n: formatNumber(run.customers) })} />
  const nothingOpen = open ? open.all === 0 : pages.data !== undefined && filter === 'all' && rows.length === 0
  if (nothingOpen && rows.length === 0)
    return <EmptyState title={t('settled')} hint={t('settledHint', { n: formatNumber(found) })} />
  return (
    <>
      <div className="row g8 dup-chips">
        {DUPLICATE_FILTERS.map((key) => (
          <button
            type="button"
            key={key}
            className={`pill${filter === key ? ' on' : ''}`}
            aria-pressed={filter === key}
            onClick={() => setFilter(key)}
          >
            {DOTS[key] && <i className="dot" style={{ background: `var(--kz-${DOTS[key]})` }} />}
            {t(key)} <b className="num">{open ? formatNumber(open[key]) : ''}</b>
          </button>
        ))}
      </div>
      {pages.isPending && <SkeletonRows rows={10} height={64} />}
      {pages.error && !pages.data && <LoadFailed error={pages.error} feature="duplicates" onRetry={() => void pages.refetch()} />}
      {pages.data && rows.length === 0 && <Nothing>{t('filterEmpty')}</Nothing>}
      {rows.length > 0 && (
        <Groups
          key={filter}
          run={run}
          rows={rows}
          total={open?.[filter] ?? rows.length}
          more={pages.hasNextPage ? { load: () => void pages.fetchNextPage(), isLoading: pages.isFetchingNextPage } : null}
        />
      )}
    </>
  )
}

type GroupsProps = Pick<Parameters<typeof GroupList>[0], 'rows' | 'more'> & { run: DuplicateRun; total: number }

/** List and group side by side; on a phone the group covers the list. A settled group leaves its place to the next. */
function Groups({ run, rows, total, more }: GroupsProps) {
  const t = useText(text)
  const isPhone = useIsPhone()
  const [at, setAt] = useState(isPhone ? -1 : 0)
  const shown = Math.min(at, rows.length - 1)
  const group = rows[shown]
  const move = (by: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, shown + by))
    setAt(next)
    // The list goes on before its end is reached.
    if (more && !more.isLoading && next > rows.length - 10) more.load()
  }
  useShortcut('ArrowDown', { label: t('next'), group: t('title') }, () => move(1))
  useShortcut('ArrowUp', { label: t('before'), group: t('title') }, () => move(-1))
  return (
    <div className="row stretch grow mh0 dup-body">
      {!(isPhone && group) && <GroupList rows={rows} at={shown} onAt={setAt} more={more} />}
      {group && (
        <GroupDetail
          key={group.n}
          group={{ runId: run.id, n: group.n }}
          place={{ at: shown, total: Math.max(total, rows.length), move, close: () => setAt(-1) }}
        />
      )}
    </div>
  )
}
