import './imports.css'
import { ImportOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Segmented } from 'antd'
import { type ReactNode, useState } from 'react'
import { text as words } from '../../../src-shared/features/imports/text.ts'
import type { ImportStateName, ImportSummary } from '../../../src-shared/features/imports/model.ts'
import { type Tone, StatusDot } from '../../components/marks.tsx'
import { PageHead } from '../../components/page.tsx'
import { ListTable } from '../../components/settings/ListTable.tsx'
import type { SimpleColumn } from '../../components/SimpleTable.tsx'
import { EmptyState, LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { Count, InstantText } from '../../components/values.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { registerSlice } from '../../kernel/slices.ts'
import { type Translate, useText } from '../../kernel/text.ts'
import { rowsThrough } from './rowCounts.ts'
import { type ImportWord, text } from './text.ts'
import { isOpen, isWorking } from './useImport.ts'

registerSlice('imports', words)

const TONES: Partial<Record<ImportStateName, Tone>> = {
  done: 'ok',
  running: 'brand',
  preparing: 'brand',
  undoing: 'brand',
  cancelling: 'brand',
  paused: 'warn',
  interrupted: 'warn',
  failed: 'bad',
}
const PAGE = 50

/** 导入记录: who brought in which file, what came of it, and the way to take it back. */
export function ImportHistoryPage() {
  const t = useText(text)
  const navigate = useNavigate()
  const seesAll = useCan('imports.readAll')
  const [all, setAll] = useState(seesAll)
  const [limit, setLimit] = useState(PAGE)
  const found = useQuery(
    useApi().imports.list.queryOptions({
      input: { all, offset: 0, limit: Math.min(limit, 100) },
      placeholderData: keepPreviousData,
      meta: { shown: true },
      refetchInterval: (query) => (query.state.data?.imports.some(({ state }) => isWorking(state)) ? 1000 : false),
    }),
  )
  const open = (run: ImportSummary) => void navigate({ to: `/imports/${run.id}` })
  const state = (run: ImportSummary) => (
    <span className="row g6 inline">
      <StatusDot tone={TONES[run.state] ?? 'ink'}>{t(`s_${run.state}`)}</StatusDot>
      {isOpen(run) && run.mine && <span className="link s12">{t('goOn')}</span>}
    </span>
  )
  const rows = found.data?.imports ?? []
  return (
    <main className="page">
      <PageHead title={t('historyTitle')} onBack={() => void navigate({ to: '/customers' })}>
        {seesAll && (
          <Segmented
            size="small"
            value={all ? 'all' : 'mine'}
            options={[
              { value: 'mine', label: t('mine') },
              { value: 'all', label: t('everybody') },
            ]}
            onChange={(value) => setAll(value === 'all')}
          />
        )}
        <Button type="primary" icon={<ImportOutlined />} onClick={() => void navigate({ to: '/imports' })}>
          {t('newImport')}
        </Button>
      </PageHead>
      <div className="imp-history">
        {found.isPending && <SkeletonRows rows={8} />}
        {found.error && !found.data && <LoadFailed error={found.error} feature="imports" onRetry={() => void found.refetch()} />}
        {found.data && (
          <ListTable
            rows={rows}
            rowKey={(run) => run.id}
            onOpen={open}
            empty={<EmptyState title={t('noImports')} hint={t('noImportsHint')} />}
            columns={columns(t, state, open)}
            describe={(run) => ({
              title: run.fileName,
              facts: [
                t(`kind_${run.entity}`),
                run.userName,
                <InstantText key="at" at={run.finishedAt ?? run.createdAt} />,
                <Rows key="rows" run={run} word />,
              ],
              state: state(run),
            })}
          />
        )}
        {found.data?.hasMore && limit < 100 && (
          <Button type="text" onClick={() => setLimit(limit + PAGE)}>
            {t('more')}
          </Button>
        )}
      </div>
    </main>
  )
}

/** 20,000, or 2,104 / 20,000 while it is not through. */
function Rows({ run, word = false }: { run: ImportSummary; word?: boolean }) {
  const t = useText(text)
  const { n, of } = rowsThrough(run)
  return (
    <span className="num">
      <Count n={n} />
      {of !== null && ` / ${formatNumber(of)}`}
      {word && ` ${t('rows')}`}
    </span>
  )
}

const columns = (
  t: Translate<ImportWord>,
  state: (run: ImportSummary) => ReactNode,
  open: (run: ImportSummary) => void,
): SimpleColumn<ImportSummary>[] => [
  {
    key: 'file',
    title: t('file'),
    // The row takes the mouse; the keyboard has the name.
    render: (run) => (
      <button
        type="button"
        className="bare b lit name-link"
        onClick={(event) => {
          event.stopPropagation()
          open(run)
        }}
      >
        {run.fileName}
      </button>
    ),
  },
  { key: 'kind', title: t('kind'), width: 110, render: (run) => t(`kind_${run.entity}`) },
  { key: 'who', title: t('who'), width: 110, render: (run) => run.userName },
  {
    key: 'when',
    title: t('when'),
    width: 120,
    render: (run) => <InstantText at={run.finishedAt ?? run.createdAt} />,
  },
  { key: 'state', title: t('state'), width: 140, render: state },
  { key: 'rows', title: t('rows'), width: 130, align: 'right', render: (run) => <Rows run={run} /> },
  ...(['created', 'updated', 'skipped', 'failed'] as const).map((key) => ({
    key,
    title: t(key),
    width: 80,
    align: 'right' as const,
    render: (run: ImportSummary) => <Count n={run.startedAt === null ? 0 : run.counts[key]} />,
  })),
]
