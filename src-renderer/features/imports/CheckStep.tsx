import { DownloadOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import type { CheckFilter, ImportOptions, PlanCounts } from '../../../src-shared/features/imports/model.ts'
import { useApi, useClient } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { CheckGrid } from './CheckGrid.tsx'
import { DuplicatePanel } from './DuplicatePanel.tsx'
import { downloadFailedRows } from './download.ts'
import { Equation } from './Equation.tsx'
import { Layout, type StepProps } from './ImportLayout.tsx'
import { type ImportWord, text } from './text.ts'

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
  const client = useClient()
  const isPhone = useIsPhone()
  const [filter, setFilter] = useState<CheckFilter>('all')
  const [at, setAt] = useState(0)
  const first = useQuery(useApi().imports.check.queryOptions({ input: { id: detail.id, filter, offset: 0, limit: 1 } }))
  const plan = first.data?.plan ??
    detail.plan ?? { rows: 0, create: 0, update: 0, skip: 0, fail: 0, duplicates: 0, undecided: 0, warnings: 0 }
  const writes = plan.create + plan.update
  return (
    <Layout
      detail={detail}
      step={3}
      left={<Button onClick={() => go(2)}>{t('back')}</Button>}
      sum={
        <>
          <Equation {...plan} />
          {!isPhone && <span className="t3">{t('undoable')}</span>}
        </>
      }
      primary={
        <Button
          type="primary"
          disabled={writes === 0}
          loading={steps.run.isPending}
          onClick={() => steps.run.mutate({ id: detail.id })}
        >
          {t('importN', { n: formatNumber(writes) })}
        </Button>
      }
    >
      <div className="row g8 imp-chips">
        {CHIPS.map(({ key, dot, of }) => (
          <button
            type="button"
            key={key}
            className={`pill${filter === key ? ' on' : ''}`}
            aria-pressed={filter === key}
            onClick={() => setFilter(key)}
          >
            {dot && <i className="dot" style={{ background: `var(--kz-${dot})` }} />}
            {t(key)} <b className="num">{formatNumber(of(plan))}</b>
          </button>
        ))}
        <span className="grow" />
        {plan.fail > 0 && !isPhone && (
          <Button size="small" icon={<DownloadOutlined />} onClick={() => void downloadFailedRows(client, detail.id)}>
            {t('downloadFailed')}
          </Button>
        )}
      </div>
      {isPhone ? <div className="imp-notes s12">{t('readOnlyPhone')}</div> : <Switches detail={detail} steps={steps} />}
      <div className="row stretch grow mh0">
        <CheckGrid
          detail={detail}
          filter={filter}
          total={first.data?.total ?? 0}
          readOnly={isPhone}
          onEdit={(row, column, value) => steps.editCell.mutate({ id: detail.id, row, column, text: value })}
          onSkip={(row) => steps.decide.mutate({ id: detail.id, rows: [row], decision: 'skip' })}
        />
        {plan.duplicates > 0 && !isPhone && (
          <DuplicatePanel detail={detail} steps={steps} plan={plan} at={Math.min(at, plan.duplicates - 1)} onAt={setAt} />
        )}
      </div>
    </Layout>
  )
}

function Switches({ detail, steps }: Pick<StepProps, 'detail' | 'steps'>) {
  const t = useText(text)
  const { options } = detail
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
        value={options[key]}
        options={values.map((value) => ({ value, label: t(word(value)) }))}
        onChange={(value) => set({ [key]: value } as Partial<ImportOptions>)}
      />
    </span>
  )
  return (
    <div className="row g16 s12 imp-switches">
      {choice('empty', 'emptyCells', ['keep', 'clear'], (value) => value as ImportWord)}
      {choice('multi', 'multi', ['add', 'replace'], (value) => value as ImportWord)}
      {choice('onDuplicate', 'onDuplicate', ['skip', 'update', 'fill', 'create'], (value) => `d_${value}` as ImportWord)}
      <span className="grow" />
      <span className="t3">{t('editHint')}</span>
    </div>
  )
}
