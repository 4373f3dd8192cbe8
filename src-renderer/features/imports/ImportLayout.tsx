import { DeleteOutlined, FileExcelOutlined, HistoryOutlined, MinusOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { ImportableEntity, ImportDetail } from '../../../src-shared/features/imports/model.ts'
import { confirm } from '../../components/confirm.ts'
import { WizardLayout } from '../../components/WizardLayout.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { kindOf } from './kinds.ts'
import { titleRows } from './rowCounts.ts'
import { text } from './text.ts'
import { type ImportSteps, useImportSteps } from './useImport.ts'

const STEPS = ['stepFile', 'stepMap', 'stepClean', 'stepCheck', 'stepDone'] as const
export type Step = 0 | 1 | 2 | 3 | 4

/** Rows of the check that hold a value in a column; part of the address. */
export type OnlyValue = { column: number; value: string }
export type Go = (step: Step, only?: OnlyValue) => void

export type StepProps = { detail: ImportDetail; steps: ImportSteps; go: Go }

type LayoutProps = {
  detail?: ImportDetail
  /** Of an import that is still to come. */
  kind?: ImportableEntity
  step: Step
  left?: ReactNode
  sum?: ReactNode
  primary: ReactNode
  /** The way back to a step before, where there is one. */
  go?: Go
  children: ReactNode
}

/** Head with the file's facts, the way to the history, the way into the background. */
export function Layout({ detail, kind, step, go, children, ...foot }: LayoutProps) {
  const t = useText(text)
  const navigate = useNavigate()
  const isPhone = useIsPhone()
  const entity = detail?.entity ?? kind ?? 'customer'
  const { list } = kindOf({ entity })
  const titles = detail ? titleRows(detail) : 0
  const note = detail && (
    <>
      <FileExcelOutlined /> <span className="lit">{detail.fileName}</span> ·{' '}
      {t('fileFacts', {
        sheet: detail.sheets[detail.sheet]?.name ?? '',
        rows: formatNumber(detail.dataRows),
        columns: formatNumber(detail.columns.length),
      })}
      {titles > 0 && t('alsoTitles', { n: formatNumber(titles) })}
    </>
  )
  return (
    <WizardLayout
      title={t(`title_${entity}`)}
      note={note}
      onBack={() => void navigate({ to: list } as never)}
      headActions={
        <>
          <HeadButton icon={<HistoryOutlined />} word={t('history')} onClick={() => void navigate({ to: '/imports/history' })} />
          {detail && step < 4 && detail.mine && <Discard id={detail.id} />}
          {detail && step < 4 && !isPhone && (
            <Button icon={<MinusOutlined />} onClick={() => void navigate({ to: list } as never)}>
              {t('toBackground')}
            </Button>
          )}
        </>
      }
      steps={STEPS.map((word) => t(word))}
      current={step}
      {...(go && { onStep: (to: number) => go(to as Step) })}
      {...foot}
    >
      {children}
    </WizardLayout>
  )
}

/** Nothing has been written yet: the file and what was decided about it can go. */
function Discard({ id }: { id: string }) {
  const t = useText(text)
  const navigate = useNavigate()
  const { discard } = useImportSteps(id)
  const ask = async () => {
    if (await confirm({ title: t('discardTitle'), body: t('discardBody'), yes: t('discardYes'), danger: true }))
      discard.mutate({ id }, { onSuccess: () => void navigate({ to: '/imports' }) })
  }
  return <HeadButton icon={<DeleteOutlined />} word={t('discard')} loading={discard.isPending} onClick={() => void ask()} />
}

type HeadProps = { icon: ReactNode; word: string; loading?: boolean; onClick: () => void }

/** A phone has no room for the words beside the name of the file. */
function HeadButton({ word, ...given }: HeadProps) {
  const isPhone = useIsPhone()
  return (
    <Button type="text" {...given} {...(isPhone && { 'aria-label': word, title: word })}>
      {isPhone ? null : word}
    </Button>
  )
}
