import './imports.css'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { text as words } from '../../../src-shared/features/imports/text.ts'
import type { ImportDetail } from '../../../src-shared/features/imports/model.ts'
import { LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { registerSlice } from '../../kernel/slices.ts'
import { CheckStep } from './CheckStep.tsx'
import { CleanStep } from './CleanStep.tsx'
import { DoneStep } from './DoneStep.tsx'
import { FileStep } from './FileStep.tsx'
import { Layout, type Step } from './ImportLayout.tsx'
import { LayoutStep } from './LayoutStep.tsx'
import { MappingStep } from './MappingStep.tsx'
import { isOpen, useImport, useImportSteps } from './useImport.ts'

registerSlice('imports', words)

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
