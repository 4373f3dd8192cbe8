import { DownOutlined, UpOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Segmented, Select } from 'antd'
import { type KeyboardEvent, useRef, useState } from 'react'
import {
  type CheckRow,
  type ImportDetail,
  type OnDuplicate,
  type PlanCounts,
  type RowMatch,
} from '../../../src-shared/features/imports/model.ts'
import { explain } from '../../../src-shared/kernel/matching/explain.ts'
import { Chip, Kbd } from '../../components/marks.tsx'
import { IconButton } from '../../components/page.tsx'
import { LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { useApi } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useShortcut } from '../../kernel/keyboard.ts'
import { usePanelOpen } from '../../kernel/panel.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { useLanguage, useText } from '../../kernel/text.ts'
import { bandsOf } from './bands.ts'
import { bandWord } from './bandWord.ts'
import { besideOrder, besideWords, type DuplicateField as Field, differs } from './beside.ts'
import { duplicateChoice, kindOf } from './kinds.ts'
import { text } from './text.ts'
import type { ImportSteps } from './useImport.ts'
import { ownerWritten, useHolders } from './usePutTo.ts'

type PanelProps = { detail: ImportDetail; steps: ImportSteps; plan: PlanCounts; at: number; onAt: (at: number) => void }

/** Above such likeness the rest may be decided at once, in percent. */
const THRESHOLDS = [99, 95, 90, 80] as const

/** A row of the file beside the customer it looks like; one choice for it, or for all that are left. */
export function DuplicatePanel({ detail, steps, plan, at, onAt }: PanelProps) {
  const t = useText(text)
  const language = useLanguage()
  usePanelOpen()
  const found = useQuery(
    useApi().imports.duplicate.queryOptions({ input: { id: detail.id, at }, placeholderData: keepPreviousData }),
  )
  const row = found.data?.row ?? null
  const { decision, left, rest, setRest, choose, settle } = useDecision({ detail, steps, plan, at, onAt }, row)
  const panel = useRef<HTMLElement>(null)
  // Only who is in the panel has read it: Enter with the focus nowhere, or in the grid, decides nothing.
  useShortcut('Enter', { label: t('confirmNext'), group: t('title') }, (event) => {
    if (!event.repeat && panel.current?.contains(document.activeElement)) settle(decision)
  })
  // The choice of one of four is made by a radio, which has no Enter of its own.
  const enter = (event: KeyboardEvent) => {
    const { target } = event
    if (event.key !== 'Enter' || event.repeat || !(target instanceof HTMLInputElement && target.type === 'radio')) return
    event.preventDefault()
    settle(decision)
  }
  if (!row?.match)
    return (
      <aside className="imp-dups">
        {found.error && !found.data ? (
          <LoadFailed error={found.error} feature="imports" onRetry={() => void found.refetch()} />
        ) : found.isPending ? (
          <SkeletonRows rows={8} />
        ) : (
          <div className="t3 imp-pad">{t('dupNone')}</div>
        )}
      </aside>
    )
  const { match } = row
  const kind = kindOf(detail)
  return (
    <aside ref={panel} className="imp-dups" tabIndex={0} aria-label={t('dupTitle')} onKeyDown={enter}>
      <div className="row g8 imp-dups-head">
        <b>{t('dupTitle')}</b>
        <span className="t3 num">{t('dupAt', { at: formatNumber(at + 1), total: formatNumber(plan.duplicates) })}</span>
        <span className="grow" />
        <IconButton icon={<UpOutlined />} title={t('dupBefore')} disabled={at === 0} onClick={() => onAt(at - 1)} />
        <IconButton
          icon={<DownOutlined />}
          title={t('dupNext')}
          disabled={at + 1 >= plan.duplicates}
          onClick={() => onAt(at + 1)}
        />
      </div>
      <div className="s12 t2 imp-why">
        <Chip tone="plum">{t('alike', { percent: `${Math.floor(match.score * 100)}%` })}</Chip> {explain(match.because, language)}
      </div>
      <Beside found={found.data?.fields ?? []} row={row} match={match} detail={detail} isNew={decision === 'create'} />
      <div className="col g12 imp-pad">
        <Segmented
          block
          value={decision}
          options={kind.duplicates.map((value) => ({ value, label: t(`d_${value}`) }))}
          onChange={choose}
        />
        {left > 0 && <AlsoFor left={left} value={rest} onChange={setRest} />}
        <div className="row g8">
          <Button type="primary" className="grow" loading={steps.decide.isPending} onClick={() => settle(decision)}>
            {t('confirmNext')} <Kbd>Enter</Kbd>
          </Button>
          <Button disabled={steps.decide.isPending} onClick={() => settle('create')}>
            {t(detail.entity === 'customer' ? 'notSame' : 'notSameOne')}
          </Button>
        </div>
      </div>
    </aside>
  )
}

/** Whether the choice is for this one, for all that are left, or for those that are alike enough. */
function AlsoFor({ left, value, onChange }: { left: number; value: string; onChange: (value: string) => void }) {
  const t = useText(text)
  return (
    <label className="row g8">
      <span className="t3 nowrap">{t('alsoFor')}</span>
      <Select
        size="small"
        className="grow"
        value={value}
        aria-label={t('alsoFor')}
        options={[
          { value: 'one', label: t('onlyThis') },
          { value: 'all', label: t('restAlike', { n: formatNumber(left) }) },
          ...THRESHOLDS.map((percent) => ({ value: String(percent), label: t('restAtLeast', { percent: `${percent}%` }) })),
        ]}
        onChange={onChange}
      />
    </label>
  )
}

/** What is to become of the duplicate in sight, and of those nobody has decided yet. */
function useDecision({ detail, steps, plan, at, onAt }: PanelProps, row: CheckRow | null) {
  const [choice, setChoice] = useState<{ row: number; decision: OnDuplicate } | null>(null)
  const [rest, setRest] = useState('one')
  const decision =
    (choice && choice.row === row?.row ? choice.decision : row?.decision) ??
    (row?.match?.sure ? duplicateChoice(kindOf(detail), detail.options.onDuplicate) : 'create')
  const left = Math.max(0, plan.undecided - (row?.decision === null ? 1 : 0))
  const settle = (wanted: OnDuplicate) => {
    if (!row || steps.decide.isPending) return
    const one = { id: detail.id, rows: [row.row], decision: wanted }
    const all = rest !== 'one' && wanted === decision
    const rows = rest === 'all' ? ('undecided' as const) : { atLeast: Number(rest) / 100 }
    steps.decide.mutate(one, {
      onSuccess: () =>
        all ? steps.decide.mutate({ id: detail.id, rows, decision: wanted }) : onAt(Math.min(at + 1, plan.duplicates - 1)),
    })
    setRest('one')
  }
  const choose = (wanted: OnDuplicate) => row && setChoice({ row: row.row, decision: wanted })
  return { decision, left, rest, setRest, choose, settle }
}

type BesideProps = { found: readonly Field[]; row: CheckRow; match: RowMatch; detail: ImportDetail; isNew: boolean }

function Beside({ found, row, match, detail, isNew }: BesideProps) {
  const t = useText(text)
  const { page } = kindOf(detail)
  const hidden = !match.visible
  const owner = ownerWritten(detail, useHolders(detail), row, isNew)
  const words = { yes: t('yes'), no: t('no') }
  const withOwner = (one: Field): Field =>
    one.field === 'ownerId' && one.entity === 'customer' && owner !== null && owner !== one.file
      ? { ...one, file: owner, said: one.said ?? one.file }
      : one
  const fields = besideOrder(found.map((one) => besideWords(withOwner(one), words)))
  const bands = bandsOf(detail.columns, detail.entity)
  return (
    <div className="imp-beside">
      <div className="imp-pair head s12 t2">
        <span />
        <span>{t('dupRow', { n: row.row })}</span>
        <span>
          {match.row === null ? t(`there_${detail.entity}`) : t('dupEarlier', { n: match.row })}{' '}
          {match.deleted && <Chip tone="warn">{t('dupDeleted')}</Chip>}
          {match.recordId && page !== null && (
            <Link to={`${page}${match.recordId}` as string} target="_blank">
              {t('openRecord')}
            </Link>
          )}
        </span>
      </div>
      {hidden && (
        <div className="imp-hidden s12 t2">{t('dupHidden', { name: match.name, owner: match.ownerName ?? t('nobody') })}</div>
      )}
      {fields.map(({ entity, feature, field, at, file, there, said }, index) => (
        <div key={`${entity}.${field}.${index}`} className={`imp-pair${differs({ file, there }) ? ' differs' : ''}`}>
          <span className="t3">
            {bands.some((band) => band.entity === entity && band.several) && `${bandWord(t, detail, { entity, at }, true)} `}
            {fieldWord(feature, field)}
          </span>
          {[file, there].map((value, side) => (
            <span
              key={side}
              title={side === 0 && said && said !== file ? t('inFile', { value: said }) : undefined}
              className={`num lit${file === there ? ' t3' : differs({ file, there }) ? ' b' : ''}`}
            >
              {value === '' ? <span className="t3">{hidden && side === 1 ? '—' : t('emptyValue')}</span> : value}
            </span>
          ))}
        </div>
      ))}
    </div>
  )
}
