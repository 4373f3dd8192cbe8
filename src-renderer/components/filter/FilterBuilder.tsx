import { type UseQueryOptions, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { Filter } from '../../../src-shared/kernel/list.ts'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { toast } from '../../kernel/toast.tsx'
import { copyText } from '../marks.tsx'
import { type Draft, draftOf, filterOf, waitingIn } from './draft.ts'
import './filter.css'
import { FilterGroup } from './FilterGroup.tsx'
import { text } from './text.ts'
import type { FilterField } from './filterField.ts'
import { useFocusNew } from './useFocusNew.ts'

export type Counted = { count: number; capped: boolean }
export type FilterBuilderProps = {
  fields: readonly FilterField[]
  filter: Filter | null
  /** Told of every complete change; the list behind follows. */
  onFilter: (filter: Filter | null) => void
  /** Asks how many rows a filter finds, words and other limits of the list included. */
  count: (filter: Filter | null) => UseQueryOptions<Counted, Error, Counted, readonly unknown[]>
  onSaveView?: (() => void) | undefined
  onDone: () => void
}

const TYPING_MS = 300

/** 筛选: conditions in groups over the live list, with how many they let through. */
export function FilterBuilder({ fields, filter, onFilter, count, onSaveView, onDone }: FilterBuilderProps) {
  const t = useText(text)
  const [draft, setDraft] = useState<Draft>(() => draftOf(filter))
  const now = filterOf(draft, fields)
  const key = JSON.stringify(now)
  const said = useRef(JSON.stringify(filter))
  const latest = useRef({ now, onFilter })
  latest.current = { now, onFilter }
  const tell = () => {
    const next = JSON.stringify(latest.current.now)
    if (next === said.current) return
    said.current = next
    latest.current.onFilter(latest.current.now)
  }
  useEffect(() => {
    if (key === said.current) return undefined
    const timer = setTimeout(tell, TYPING_MS)
    return () => clearTimeout(timer)
  }, [key])
  // Whoever leaves at once means what he wrote.
  const leave = useRef(tell)
  leave.current = tell
  useEffect(() => () => leave.current(), [])
  const waiting = waitingIn(draft, fields)
  const focusNew = useFocusNew()
  return (
    <section className="fbuilder" aria-label={t('title')}>
      <header className="row fbuilder-head">
        <h2>{t('title')}</h2>
        <span className="grow" />
        {onSaveView && (
          <button type="button" className="bare t2 s12" onClick={onSaveView}>
            {t('saveView')}
          </button>
        )}
      </header>
      <div className="fbuilder-body">
        {draft.rules.length === 0 && <p className="t3 s12 fbuilder-empty">{t('emptyHint')}</p>}
        <FilterGroup group={draft} path={[]} root={draft} fields={fields} onRoot={setDraft} focusNew={focusNew} />
      </div>
      <footer className="row g8 fbuilder-foot">
        <span className="grow el">
          <LiveCount filter={now} count={count} />
          {waiting > 0 && <span className="t3 s12 fbuilder-waiting">{t('waiting', { n: waiting })}</span>}
        </span>
        <Button size="small" type="text" disabled={draft.rules.length === 0} onClick={() => setDraft(draftOf(null))}>
          {t('clear')}
        </Button>
        <Button size="small" onClick={() => void copyLink(t('linkCopied'), tell)}>
          {t('copyLink')}
        </Button>
        <Button size="small" type="primary" onClick={onDone}>
          {t('done')}
        </Button>
      </footer>
    </section>
  )
}

async function copyLink(said: string, settle: () => void): Promise<void> {
  settle()
  // The address follows the list a moment later.
  await new Promise((done) => setTimeout(done, 50))
  await copyText(location.href)
  toast(said)
}

/** "符合 138 个，共 356 个" */
function LiveCount({ filter, count }: Pick<FilterBuilderProps, 'filter' | 'count'>) {
  const t = useText(text)
  const late = useLater(filter)
  const found = useQuery({ ...count(late), placeholderData: (old) => old, meta: { shown: true } })
  const all = useQuery({ ...count(null), meta: { shown: true } })
  if (found.isError) return <span className="tbad s12">{t('countFailed')}</span>
  if (!found.data) return <span className="t3 s12">{t('counting')}</span>
  const n = formatNumber(found.data.count)
  return (
    <span className={`num${found.isPlaceholderData ? ' t3' : ''}`}>
      {t('found')} <b>{found.data.capped ? t('foundCapped', { n }) : n}</b> {t('foundUnit')}
      {all.data && <span className="t3">{t('ofAll', { n: formatNumber(all.data.count) })}</span>}
    </span>
  )
}

/** Counting waits until the typing stops. */
function useLater(filter: Filter | null): Filter | null {
  const [late, setLate] = useState(filter)
  const key = JSON.stringify(filter)
  const latest = useRef(filter)
  latest.current = filter
  useEffect(() => {
    const timer = setTimeout(() => setLate(latest.current), TYPING_MS)
    return () => clearTimeout(timer)
  }, [key])
  return late
}
