import './history.css'
import { RedoOutlined, UndoOutlined } from '@ant-design/icons'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Segmented, Tooltip } from 'antd'
import { useState } from 'react'
import type { HistoryEntry } from '../../../src-shared/features/history/model.ts'
import { Person } from '../../components/Avatar.tsx'
import { confirm } from '../../components/confirm.ts'
import { ListTable } from '../../components/settings/ListTable.tsx'
import { Loaded, SettingsPage } from '../../components/settings/SettingsPage.tsx'
import { EmptyState } from '../../components/states.tsx'
import { Count } from '../../components/values.tsx'
import { actorWord, programWord } from '../../kernel/actor.ts'
import { useApi, useCan, useClient, useClock } from '../../kernel/context.tsx'
import { formatInstantFull, formatMinute, formatNumber } from '../../kernel/format.ts'
import { hasPlace } from '../../kernel/places.ts'
import { type Translate, useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { factsText } from './filterText.ts'
import { type HistoryWord, text } from './text.ts'
import { isTakenBack } from './WayBack.tsx'
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
          <div className="set-scroll history-lines">
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
  return (
    <ListTable<HistoryEntry>
      rows={entries}
      rowKey={(entry) => String(entry.seq)}
      empty={<EmptyState title={t('empty')} hint={t('emptyHint')} />}
      columns={[
        { key: 'at', title: t('at'), width: 132, render: (entry) => <At at={entry.at} /> },
        ...(withWho ? [{ key: 'who', title: t('who'), width: 112, render: (entry: HistoryEntry) => <Who entry={entry} /> }] : []),
        { key: 'what', title: t('what'), render: (entry) => <What entry={entry} /> },
        {
          key: 'origin',
          title: t('origin'),
          width: 92,
          render: (entry) => <span className="t2">{originWord(entry.origin)}</span>,
        },
        {
          key: 'rows',
          title: t('rows'),
          width: 72,
          align: 'right',
          render: (entry) => <Count n={entry.facts.records ?? entry.rows} />,
        },
        { key: 'undo', title: '', width: 128, align: 'right', render: (entry) => <Way entry={entry} /> },
      ]}
      describe={(entry) => ({
        title: <What entry={entry} />,
        facts: [<At key="at" at={entry.at} />, withWho && actorWord(entry.actorName, entry.origin), originWord(entry.origin)],
        state: <Way entry={entry} />,
      })}
    />
  )
}

/** To the minute: what happened when is the point of this page; the year only where it is another. */
function At({ at }: { at: string }) {
  const clock = useClock()
  return (
    <span className="num t2" title={formatInstantFull(at, clock.zone)}>
      {formatMinute(at, clock)}
    </span>
  )
}

function Who({ entry }: { entry: HistoryEntry }) {
  const { actorName, origin } = entry
  const program = programWord(actorName, origin)
  return program === null ? <Person name={actorName} /> : <span className="t3">{program}</span>
}

const PAGES: Partial<Record<string, string>> = { customer: '/customers' }

function What({ entry }: { entry: HistoryEntry }) {
  const t = useText(text)
  const clock = useClock()
  const page = PAGES[entry.entity ?? '']
  const facts = factsText(t, clock, entry)
  return (
    <span className="row g6 inline history-what">
      <span className="set-nowrap">{actionText(t, entry)}</span>
      {entry.recordName !== null &&
        (page && entry.recordId && hasPlace(page) ? (
          <Link className="el" title={entry.recordName} to={`${page}/${entry.recordId}`}>
            {entry.recordName}
          </Link>
        ) : (
          <span className="t2 el" title={entry.recordName}>
            {t('quoted', { name: entry.recordName })}
          </span>
        ))}
      {entry.firstNames.length > 0 && (
        <Among names={entry.firstNames} more={(entry.facts.records ?? entry.rows) > entry.firstNames.length} />
      )}
      {facts !== '' && (
        <span className="t3 s12 el" title={facts}>
          {facts}
        </span>
      )}
    </span>
  )
}

/** Of many the first by their names. */
function Among({ names, more }: { names: readonly string[]; more: boolean }) {
  const t = useText(text)
  const said = t(more ? 'amongMore' : 'among', { names: names.join(t('namesBetween')) })
  return (
    <span className="t2 el" title={said}>
      {said}
    </span>
  )
}

/** Its way back: undo, or why there is none. */
function Way({ entry }: { entry: HistoryEntry }) {
  const t = useText(text)
  const undo = useUndo()
  const client = useClient()
  const [busy, setBusy] = useState(false)
  // What is left of the batch now: some of its steps may have been taken back one by one.
  const ask = useMutation({
    mutationKey: [['history', 'batch']],
    mutationFn: (batchId: string) => client.history.batch({ batchId }),
  })
  if (!entry.undoable) return <NoWay entry={entry} />
  const isRedo = isTakenBack(entry)
  const what = actionText(t, entry)
  const doing = async (work: Promise<void>) => {
    setBusy(true)
    await work
    setBusy(false)
  }
  const whole = async (batchId: string, left: Left) => {
    const title = t('undoTitle', { what: isRedo ? t('redo') : t('undoOf', { what }) })
    if (
      await confirm({
        title,
        body: t('undoBody'),
        yes: isRedo
          ? t('redoYes')
          : yesOf(t, entry.entity === 'import' ? { ...left, rows: left.records ?? left.rows, records: null } : left),
      })
    )
      await doing(undo.nowBatch(what, batchId, isRedo))
  }
  const run = () => {
    const { batchId } = entry
    if (batchId === null) return void doing(undo.now(what, entry))
    ask.mutate(batchId, {
      onSuccess: (left) => void (left.commands > 1 ? whole(batchId, left) : doing(undo.now(what, entry))),
    })
  }
  return (
    <Button
      size="small"
      type="text"
      className="history-undo"
      icon={isRedo ? <RedoOutlined /> : <UndoOutlined />}
      loading={busy || ask.isPending}
      onClick={run}
    >
      {isRedo ? t('redo') : t('undo')}
    </Button>
  )
}

function NoWay({ entry }: { entry: HistoryEntry }) {
  const t = useText(text)
  if (entry.undoneBySeq !== null)
    return (
      <Tooltip title={t('reversedBy', { seq: entry.undoneBySeq })}>
        <span className="t3">{t('undone')}</span>
      </Tooltip>
    )
  // What steers the program and changes no row has nothing to take back; an export says why it cannot.
  if (entry.irreversible === null || (entry.rows === 0 && entry.action !== 'exported')) return null
  return (
    <Tooltip title={whyNot(t, entry)}>
      <span className="t3 s12 set-nowrap" tabIndex={0}>
        {t('cannot')}
      </span>
    </Tooltip>
  )
}

type Left = { rows: number; records: number | null }
const yesOf = (t: Translate<HistoryWord>, { rows, records }: Left): string =>
  records === null ? t('undoYesRows', { n: formatNumber(rows) }) : t('undoYes', { n: formatNumber(records) })
