import './history.css'
import { UndoOutlined } from '@ant-design/icons'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Segmented, Tooltip } from 'antd'
import { useMemo, useState } from 'react'
import type { HistoryEntry } from '../../../src-shared/features/history/model.ts'
import { Person } from '../../components/Avatar.tsx'
import { confirm } from '../../components/confirm.tsx'
import { Chip } from '../../components/marks.tsx'
import { ListTable } from '../../components/settings/ListTable.tsx'
import { Loaded, SettingsPage } from '../../components/settings/SettingsPage.tsx'
import { EmptyState } from '../../components/states.tsx'
import { Count } from '../../components/values.tsx'
import { actorWord, programWord } from '../../kernel/actor.ts'
import { useApi, useCan, useClient, useClock } from '../../kernel/context.tsx'
import { formatInstantFull, formatNumber } from '../../kernel/format.ts'
import { hasPlace } from '../../kernel/places.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { type Line, linesOf, openOf } from './groups.ts'
import { text } from './text.ts'
import { actionText, originWord, whyNot } from './words.ts'

type Whose = 'mine' | 'everybody'

/** 操作记录: what was done, by whom and from where, each step with its way back. */
export function HistoryPage() {
  const t = useText(text)
  const seesAll = useCan('history.readAll')
  const [whose, setWhose] = useState<Whose>(seesAll ? 'everybody' : 'mine')
  const history = useInfiniteQuery(
    useApi().history.recent.infiniteOptions({
      input: (before: number | undefined) => ({ mine: whose === 'mine', limit: 60, ...(before !== undefined && { before }) }),
      initialPageParam: undefined as number | undefined,
      getNextPageParam: (last) => (last.hasMore ? last.entries.at(-1)?.seq : undefined),
      meta: { shown: true },
    }),
  )
  const choice = seesAll && (
    <Segmented<Whose>
      value={whose}
      onChange={setWhose}
      options={(['everybody', 'mine'] as const).map((value) => ({ value, label: t(value) }))}
    />
  )
  return (
    <SettingsPage title={t('title')} actions={choice} foot={t('note')} flush>
      <Loaded query={history} feature="history" rows={16} height={32}>
        {({ pages }) => (
          <div className="set-scroll">
            <Lines entries={pages.flatMap((page) => page.entries)} withWho={whose === 'everybody'} />
            {history.hasNextPage && (
              <div className="history-more">
                <Button size="small" loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
                  {t('loadMore')}
                </Button>
              </div>
            )}
          </div>
        )}
      </Loaded>
    </SettingsPage>
  )
}

function Lines({ entries, withWho }: { entries: readonly HistoryEntry[]; withWho: boolean }) {
  const t = useText(text)
  const lines = useMemo(() => linesOf(entries), [entries])
  const bySeq = useMemo(() => new Map(entries.map((entry) => [entry.seq, entry])), [entries])
  const what = (line: Line) => <What line={line} bySeq={bySeq} />
  return (
    <ListTable<Line>
      rows={lines}
      rowKey={(line) => String(line.entry.seq)}
      empty={<EmptyState title={t('empty')} hint={t('emptyHint')} />}
      columns={[
        { key: 'at', title: t('at'), width: 132, render: (line) => <At at={line.entry.at} /> },
        ...(withWho ? [{ key: 'who', title: t('who'), width: 112, render: (line: Line) => <Who line={line} /> }] : []),
        { key: 'what', title: t('what'), render: what },
        {
          key: 'origin',
          title: t('origin'),
          width: 92,
          render: (line) => <span className="t2">{originWord(line.entry.origin)}</span>,
        },
        { key: 'rows', title: t('rows'), width: 72, align: 'right', render: (line) => <Count n={line.rows} /> },
        { key: 'undo', title: '', width: 128, align: 'right', render: (line) => <Way line={line} /> },
      ]}
      describe={(line) => ({
        title: what(line),
        facts: [
          <At key="at" at={line.entry.at} />,
          withWho && actorWord(line.entry.actorName, line.entry.origin),
          originWord(line.entry.origin),
        ],
        state: <Way line={line} />,
      })}
    />
  )
}

/** To the minute: what happened when is the point of this page. */
function At({ at }: { at: string }) {
  const { zone } = useClock()
  return <span className="num t2">{formatInstantFull(at, zone)}</span>
}

function Who({ line }: { line: Line }) {
  const { actorName, origin } = line.entry
  const program = programWord(actorName, origin)
  return program === null ? <Person name={actorName} /> : <span className="t3">{program}</span>
}

const PAGES: Partial<Record<string, string>> = { customer: '/customers' }

function What({ line, bySeq }: { line: Line; bySeq: ReadonlyMap<number, HistoryEntry> }) {
  const t = useText(text)
  const { entry, entries } = line
  const page = PAGES[entry.entity ?? '']
  return (
    <span className="row g6 inline history-what">
      <span className="set-nowrap">{actionText(t, entry, bySeq)}</span>
      {entries.length === 1 &&
        entry.recordName !== null &&
        (page && entry.recordId && hasPlace(page) ? (
          <Link className="el" to={`${page}/${entry.recordId}`}>
            {entry.recordName}
          </Link>
        ) : (
          <span className="t2 el">{t('quoted', { name: entry.recordName })}</span>
        ))}
      {entries.length > 1 && <Chip>{t('batch', { n: entries.length })}</Chip>}
    </span>
  )
}

/** Its way back: undo, or why there is none. */
function Way({ line }: { line: Line }) {
  const t = useText(text)
  const undo = useUndo()
  const client = useClient()
  const [busy, setBusy] = useState(false)
  const { entry } = line
  // Only the backend knows the whole batch: its other steps may not be loaded, or stand between those of others.
  const ask = useMutation({
    mutationKey: [['history', 'batch']],
    mutationFn: (batchId: string) => client.history.batch({ batchId }),
  })
  const open = openOf(line)
  if (open.length === 0) {
    if (entry.undoneBySeq !== null)
      return (
        <Tooltip title={t('reversedBy', { seq: entry.undoneBySeq })}>
          <span className="t3">{t('undone')}</span>
        </Tooltip>
      )
    // What steers the program and changes no row has nothing to take back.
    if (entry.irreversible === null || line.rows === 0) return null
    return (
      <Tooltip title={whyNot(t, entry)}>
        <span className="t3 s12 set-nowrap" tabIndex={0}>
          {t('cannot')}
        </span>
      </Tooltip>
    )
  }
  const what = actionText(t, entry)
  const doing = async (work: Promise<void>) => {
    setBusy(true)
    await work
    setBusy(false)
  }
  const whole = async (batchId: string, rows: number) => {
    const n = formatNumber(rows)
    if (await confirm({ title: t('undoTitle', { n }), body: t('undoBody'), yes: t('undoYes', { n }) }))
      await doing(undo.nowBatch(what, batchId))
  }
  const run = () => {
    const { batchId } = entry
    if (batchId === null || entry.undoesSeq !== null) return void doing(undo.now(what, entry.seq))
    ask.mutate(batchId, {
      onSuccess: ({ commands, rows }) => void (commands > 1 ? whole(batchId, rows) : doing(undo.now(what, entry.seq))),
    })
  }
  return (
    <Button
      size="small"
      type="text"
      className="history-undo"
      icon={<UndoOutlined />}
      loading={busy || ask.isPending}
      onClick={run}
    >
      {entry.undoesSeq === null ? t('undo') : t('redo')}
    </Button>
  )
}
