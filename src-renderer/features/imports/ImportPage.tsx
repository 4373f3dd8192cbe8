import './imports.css'
import { FileExcelOutlined, HistoryOutlined, MinusOutlined } from '@ant-design/icons'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { text as words } from '../../../src-shared/features/imports/text.ts'
import type { ImportDetail } from '../../../src-shared/features/imports/model.ts'
import { LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { WizardLayout } from '../../components/WizardLayout.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { registerSlice } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { CheckStep } from './CheckStep.tsx'
import { CleanStep } from './CleanStep.tsx'
import { DoneStep } from './DoneStep.tsx'
import { FileStep } from './FileStep.tsx'
import { LayoutStep } from './LayoutStep.tsx'
import { MappingStep } from './MappingStep.tsx'
import { text } from './text.ts'
import { isOpen, useImport, useImportSteps } from './useImport.ts'

registerSlice('imports', words)

const STEPS = ['stepFile', 'stepMap', 'stepClean', 'stepCheck', 'stepDone'] as const
export type Step = 0 | 1 | 2 | 3 | 4

/** The five steps of an import on one page; `/imports` begins one, `/imports/$id` goes on with it. */
export function ImportPage() {
  const { id } = useParams({ strict: false }) as { id?: string }
  return id ? <ImportOf key={id} id={id} /> : <NewImport />
}

function NewImport() {
  return (
    <Layout step={0} primary={null}>
      <FileStep />
    </Layout>
  )
}

function ImportOf({ id }: { id: string }) {
  const found = useImport(id)
  if (found.data) return <Wizard detail={found.data} />
  if (found.error) return <LoadFailed error={found.error} feature="imports" onRetry={() => void found.refetch()} />
  return <SkeletonRows rows={12} />
}

/** Where somebody comes back to: what is written shows its outcome, what is prepared its rows, anything else its columns. */
const startOf = (detail: ImportDetail): Step =>
  !isOpen(detail) ? 4 : detail.state === 'ready' ? 3 : detail.state === 'preparing' ? 2 : 1

function Wizard({ detail }: { detail: ImportDetail }) {
  const steps = useImportSteps(detail.id)
  const [chosen, setStep] = useState<Step>(() => startOf(detail))
  const step = isOpen(detail) ? chosen : 4
  const go = (to: Step) => setStep(to)
  const props = { detail, steps, go }
  if (step === 0) return <LayoutStep {...props} />
  if (step === 1) return <MappingStep {...props} />
  if (step === 2) return <CleanStep {...props} />
  if (step === 3) return <CheckStep {...props} />
  return <DoneStep {...props} />
}

export type StepProps = { detail: ImportDetail; steps: ReturnType<typeof useImportSteps>; go: (step: Step) => void }

type LayoutProps = {
  detail?: ImportDetail
  step: Step
  left?: ReactNode
  sum?: ReactNode
  primary: ReactNode
  children: ReactNode
}

/** Head with the file's facts, the way to the history, the way into the background. */
export function Layout({ detail, step, children, ...foot }: LayoutProps) {
  const t = useText(text)
  const navigate = useNavigate()
  const note = detail && (
    <>
      <FileExcelOutlined /> <span className="lit">{detail.fileName}</span> ·{' '}
      {t('fileFacts', {
        sheet: detail.sheets[detail.sheet]?.name ?? '',
        rows: formatNumber(detail.dataRows),
        columns: formatNumber(detail.columns.length),
      })}
    </>
  )
  return (
    <WizardLayout
      title={t('title')}
      note={note}
      onBack={() => void navigate({ to: '/customers' })}
      headActions={
        <>
          <Button type="text" icon={<HistoryOutlined />} onClick={() => void navigate({ to: '/imports/history' })}>
            {t('history')}
          </Button>
          {detail && (
            <Button icon={<MinusOutlined />} onClick={() => void navigate({ to: '/customers' })}>
              {t('toBackground')}
            </Button>
          )}
        </>
      }
      steps={STEPS.map((word) => t(word))}
      current={step}
      {...foot}
    >
      {children}
    </WizardLayout>
  )
}
