import { CloseOutlined, DownloadOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { Button, Segmented } from 'antd'
import { useRef, useState } from 'react'
import type { CheckFilter, CheckRow, ImportOptions, PlanCounts } from '../../../src-shared/features/imports/model.ts'
import { LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { useApi } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { allSaved } from '../../kernel/saved.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { toast } from '../../kernel/toast.tsx'
import { asked, CheckGrid, PAGE } from './CheckGrid.tsx'
import { DuplicatePanel } from './DuplicatePanel.tsx'
import { Equation } from './Equation.tsx'
import { columnWord } from './columnWord.ts'
import { Layout, type OnlyValue, type StepProps } from './ImportLayout.tsx'
import { duplicateChoice, kindOf } from './kinds.ts'
import { RecalledNote } from './RecalledNote.tsx'
import { titleRows } from './rowCounts.ts'
import { type ImportWord, text } from './text.ts'
import { useFailedRows } from './useFailedRows.ts'

const CHIPS: readonly { key: CheckFilter; dot: string | null; of: (plan: PlanCounts) => number }[] = [
  { key: 'all', dot: null, of: (plan) => plan.rows },
  { key: 'create', dot: 'ok', of: (plan) => plan.create },
  { key: 'update', dot: 'brand', of: (plan) => plan.update },
  { key: 'skip', dot: 'ink4', of: (plan) => plan.skip },
  { key: 'fail', dot: 'bad', of: (plan) => plan.fail },
  { key: 'duplicate', dot: 'plum', of: (plan) => plan.duplicates },
  { key: 'warning', dot: 'warn', of: (plan) => plan.warnings },
]

/** Step 4: every row with what will become of it; the switches that decide about data are in sight, the sum is the file's. */
export function CheckStep({ detail, steps, go }: StepProps) {
  const t = useText(text)
  const isPhone = useIsPhone()
  const [filter, setFilter] = useState<CheckFilter>('all')
  const [at, setAt] = useState(0)
  const only = useOnlyValue()
  const { first, shown } = useFirstPage(detail.id, filter, only)
  // The plan is of all rows whatever is shown; before there is one, nothing adds up to anything.
  const plan = first.data?.plan ?? detail.plan
  const writes = plan ? plan.create + plan.update : 0
  const leaveOut = useLeaveOut(detail.id, steps)
  const run = useRunOnce(detail.id, steps)
  return (
    <Layout
      detail={detail}
      step={3}
      go={go}
      left={<Button onClick={() => go(2)}>{t('back')}</Button>}
      sum={<Promised plan={plan} titles={titleRows({ plan, dataRows: detail.dataRows })} />}
      primary={
        <Button type="primary" disabled={writes === 0} loading={steps.run.isPending} onClick={run}>
          {t('importN', { n: formatNumber(writes) })}
        </Button>
      }
    >
      <Chips detail={detail} plan={plan} filter={filter} onFilter={setFilter} only={only} onAll={() => go(3)} />
      {isPhone ? <div className="imp-notes s12">{t('readOnlyPhone')}</div> : <Switches detail={detail} steps={steps} />}
      <RecalledNote detail={detail} onLook={() => go(2)} />
      {plan && plan.duplicates > 0 && !isPhone && <Explained plan={plan} />}
      <div className="row stretch grow mh0">
        {first.data ? (
          <CheckGrid
            // Heights are measured by place: under another filter other rows stand there.
            key={`${shown} ${only?.value ?? ''}`}
            detail={detail}
            filter={shown}
            only={only}
            total={first.data.total}
            stale={shown !== filter}
            readOnly={isPhone}
            onEdit={(row, column, value) => steps.editCell.mutate({ id: detail.id, row, column, text: value })}
            onLeaveOut={leaveOut}
          />
        ) : (
          <div className="grow">
            {first.error ? (
              <LoadFailed error={first.error} feature="imports" onRetry={() => void first.refetch()} />
            ) : (
              <SkeletonRows rows={12} />
            )}
          </div>
        )}
        {plan && plan.duplicates > 0 && !isPhone && (
          <DuplicatePanel detail={detail} steps={steps} plan={plan} at={Math.min(at, plan.duplicates - 1)} onAt={setAt} />
        )}
      </div>
    </Layout>
  )
}

/** Rows of one value, where the address says so. */
function useOnlyValue(): OnlyValue | null {
  const { column, value } = useSearch({ strict: false }) as { column?: unknown; value?: unknown }
  return typeof column === 'number' && typeof value === 'string' ? { column, value } : null
}

/** The first page of a filter; until it is there the one before stays, and so does what it was asked for. */
function useFirstPage(id: string, filter: CheckFilter, only: OnlyValue | null) {
  const [shown, setShown] = useState(filter)
  const first = useQuery(
    useApi().imports.check.queryOptions({
      input: { id, filter, ...asked(only), offset: 0, limit: PAGE },
      staleTime: 60_000,
      placeholderData: keepPreviousData,
    }),
  )
  if (!first.isPlaceholderData && shown !== filter) setShown(filter)
  return { first, shown }
}

/** What will be done, in numbers of the file. */
function Promised({ plan, titles }: { plan: PlanCounts | null; titles: number }) {
  const t = useText(text)
  const isPhone = useIsPhone()
  return (
    <>
      {plan && <Equation {...plan} titles={titles} />}
      {!isPhone && <span className="t3">{t('undoable')}</span>}
    </>
  )
}

/** The second of two quick clicks comes before the button is drawn as loading; a cell or a decision may still be on its way. */
function useRunOnce(id: string, steps: StepProps['steps']) {
  const cache = useQueryClient()
  const asked = useRef(false)
  const run = async () => {
    if (asked.current) return
    asked.current = true
    if (await allSaved(cache)) steps.run.mutate({ id }, { onError: () => (asked.current = false) })
    else asked.current = false
  }
  return () => void run()
}

/** Leaves a row out or takes that back; said, and undone by Ctrl+Z like everything else. */
function useLeaveOut(id: string, steps: StepProps['steps']) {
  const t = useText(text)
  return ({ row, decision }: CheckRow, out: boolean) =>
    steps.decide.mutate(
      { id, rows: [row], decision: out ? 'skip' : null },
      {
        onSuccess: () =>
          toast(t(out ? 'leftOut' : 'tookBack', { n: row }), {
            undo: async () => steps.decide.mutate({ id, rows: [row], decision }),
          }),
      },
    )
}

function Switches({ detail, steps }: Pick<StepProps, 'detail' | 'steps'>) {
  const t = useText(text)
  const { options } = detail
  const kind = kindOf(detail)
  const set = (change: Partial<ImportOptions>) => steps.setOptions.mutate({ id: detail.id, options: change })
  const choice = <Key extends 'empty' | 'multi' | 'onDuplicate'>(
    key: Key,
    label: ImportWord,
    values: readonly ImportOptions[Key][],
    word: (value: string) => ImportWord,
  ) => (
    <span className="row g8">
      {t(label)}
      <Segmented
        size="small"
        value={key === 'onDuplicate' ? duplicateChoice(kind, options.onDuplicate) : options[key]}
        options={values.map((value) => ({ value, label: t(word(value)) }))}
        onChange={(value) => set({ [key]: value } as Partial<ImportOptions>)}
      />
    </span>
  )
  return (
    <div className="row g16 s12 imp-switches">
      {kind.empty && choice('empty', 'emptyCells', ['keep', 'clear'], (value) => value as ImportWord)}
      {kind.multi && choice('multi', 'multi', ['add', 'replace'], (value) => value as ImportWord)}
      {choice('onDuplicate', 'onDuplicate', kind.duplicates, (value) => `d_${value}` as ImportWord)}
      <span className="grow" />
      <span className="t3 el" title={t('editHint')}>
        {t('editHint')}
      </span>
    </div>
  )
}

type ChipsProps = {
  detail: StepProps['detail']
  plan: PlanCounts | null
  filter: CheckFilter
  onFilter: (filter: CheckFilter) => void
  only: OnlyValue | null
  onAll: () => void
}

/** The rows by what becomes of them, each with its number; those of one value, where somebody came for them. */
function Chips({ detail, plan, filter, onFilter, only, onAll }: ChipsProps) {
  const t = useText(text)
  const isPhone = useIsPhone()
  const failedRows = useFailedRows(detail.id)
  return (
    <div className="row g8 imp-chips">
      {CHIPS.map(({ key, dot, of }) => (
        <button
          type="button"
          key={key}
          className={`pill${filter === key ? ' on' : ''}`}
          aria-pressed={filter === key}
          onClick={() => onFilter(key)}
        >
          {dot && <i className="dot" style={{ background: `var(--kz-${dot})` }} />}
          {t(key)} <b className="num">{plan ? formatNumber(of(plan)) : ''}</b>
        </button>
      ))}
      {only && (
        <button type="button" className="pill on" aria-label={t('allRows')} title={t('allRows')} onClick={onAll}>
          {t('onlyValue', { column: columnWord(detail, only.column), value: only.value })} <CloseOutlined />
        </button>
      )}
      <span className="grow" />
      {plan && plan.fail > 0 && !isPhone && (
        <Button size="small" icon={<DownloadOutlined />} loading={failedRows.isPending} onClick={() => failedRows.mutate()}>
          {t('downloadFailed')}
        </Button>
      )}
    </div>
  )
}

/** Why the number of possible duplicates is not that of the updates. */
function Explained({ plan }: { plan: PlanCounts }) {
  const t = useText(text)
  return (
    <div className="t3 s12 imp-explain">
      {t('dupExplain', {
        n: formatNumber(plan.duplicates),
        sure: formatNumber(plan.duplicates - plan.doubtful),
        doubt: plan.doubtful > 0 ? t('dupDoubtful', { n: formatNumber(plan.doubtful) }) : '',
      })}
    </div>
  )
}
