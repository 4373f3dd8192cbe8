import './approvals.css'
import { ArrowLeftOutlined } from '@ant-design/icons'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Button } from 'antd'
import type { Approval, ApprovalId } from '../../../src-shared/features/approvals/model.ts'
import { Chip } from '../../components/marks.tsx'
import { ViewTabs } from '../../components/page.tsx'
import { EmptyState, LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { InstantText, Money } from '../../components/values.tsx'
import { useApi } from '../../kernel/context.tsx'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { ApprovalCard } from './ApprovalCard.tsx'
import { text } from './text.ts'
import { STATUS_TONE, subjectWord, whyText } from './words.ts'

const VIEWS = ['mine', 'started', 'decided'] as const
type View = (typeof VIEWS)[number]

/** 审批: what waits for me, what I asked for, what I decided; one of them in full beside the list. */
export function ApprovalsPage() {
  const t = useText(text)
  const isPhone = useIsPhone()
  const navigate = useNavigate()
  const { id } = useParams({ strict: false }) as { id?: string }
  const { view: asked } = useSearch({ strict: false }) as { view?: unknown }
  const view = VIEWS.find((one) => one === asked) ?? 'mine'
  const waiting = useQuery(useApi().approvals.waiting.queryOptions({ input: {}, meta: { shown: true } })).data
  const go = (to: string, at: View) => void navigate({ to, search: { view: at } as never })
  return (
    <main className="page">
      <ViewTabs
        views={VIEWS.map((key) => ({ key, label: t(key), count: key === 'mine' ? waiting?.count : undefined }))}
        at={view}
        onChange={(next) => go('/approvals', next)}
      />
      <div className="approvals-body">
        {(!isPhone || id === undefined) && <List view={view} openId={id} onOpen={(row) => go(`/approvals/${row.id}`, view)} />}
        {id !== undefined && (
          <div className="approvals-one">
            {isPhone && (
              <Button type="text" icon={<ArrowLeftOutlined />} onClick={() => go('/approvals', view)}>
                {t(view)}
              </Button>
            )}
            <One id={id as ApprovalId} />
          </div>
        )}
      </div>
    </main>
  )
}

const AT_ONCE = 50
type ListProps = { view: View; openId: string | undefined; onOpen: (row: Approval) => void }
function List({ view, openId, onOpen }: ListProps) {
  const t = useText(text)
  const pages = useInfiniteQuery(
    useApi().approvals.list.infiniteOptions({
      input: (offset: number) => ({ which: view, offset, limit: AT_ONCE }),
      initialPageParam: 0,
      getNextPageParam: (last, all) => (last.hasMore ? all.length * AT_ONCE : undefined),
      meta: { shown: true },
    }),
  )
  if (pages.isPending) return <SkeletonRows rows={6} height={56} />
  if (pages.error && !pages.data)
    return <LoadFailed error={pages.error} feature="approvals" onRetry={() => void pages.refetch()} />
  const rows = (pages.data?.pages ?? []).flatMap((page) => page.rows)
  if (rows.length === 0)
    return view === 'mine' ? (
      <EmptyState title={t('nothingMine')} hint={t('nothingMineHint')} />
    ) : (
      <EmptyState title={t('nothing')} hint={undefined} />
    )
  return (
    <div className="approvals-list">
      {rows.map((row) => (
        <button
          type="button"
          key={row.id}
          className={`approvals-row${row.id === openId ? ' on' : ''}`}
          aria-current={row.id === openId}
          onClick={() => onOpen(row)}
        >
          <span className="row g8">
            <span className="b el grow">{row.title}</span>
            <Chip tone={STATUS_TONE[row.status]}>{t(`status_${row.status}`)}</Chip>
          </span>
          <span className="t2 el">{whyText(t, row.summary)}</span>
          <span className="row g8 t3 s12">
            <span className="el grow">
              {[subjectWord(row.subject), row.summary.customerName, row.applicantName].filter(Boolean).join(' · ')}
            </span>
            {row.summary.amountFen !== null && <Money fen={row.summary.amountFen} short />}
            <InstantText at={row.startedAt} />
          </span>
        </button>
      ))}
      {pages.hasNextPage && (
        <Button type="text" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </div>
  )
}

function One({ id }: { id: ApprovalId }) {
  const found = useQuery(useApi().approvals.get.queryOptions({ input: { id }, meta: { shown: true } }))
  if (found.data) return <ApprovalCard row={found.data} withLink />
  if (found.error) return <LoadFailed error={found.error} feature="approvals" onRetry={() => void found.refetch()} />
  return <SkeletonRows rows={6} height={40} />
}
