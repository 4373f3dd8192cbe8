import './imports.css'
import './words.ts'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { IMPORTABLE, type ImportableEntity, type ImportDetail } from '../../../src-shared/features/imports/model.ts'
import { LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { CheckStep } from './CheckStep.tsx'
import { CleanStep } from './CleanStep.tsx'
import { DoneStep } from './DoneStep.tsx'
import { FileStep } from './FileStep.tsx'
import { type Go, Layout, type Step } from './ImportLayout.tsx'
import { LayoutStep } from './LayoutStep.tsx'
import { MappingStep } from './MappingStep.tsx'
import { isOpen, useImport, useImportSteps } from './useImport.ts'

/** The five steps of an import on one page; `/imports` begins one, `/imports/$id` goes on with it. */
export function ImportPage() {
  const { id } = useParams({ strict: false }) as { id?: string }
  return id ? <ImportOf key={id} id={id} /> : <NewImport />
}

function NewImport() {
  // Whoever comes from the page of a kind brings it along in the address.
  const { kind: asked } = useSearch({ strict: false }) as { kind?: unknown }
  const [kind, setKind] = useState<ImportableEntity>(() => IMPORTABLE.find((one) => one === asked) ?? 'customer')
  return (
    <Layout kind={kind} step={0} primary={null}>
      <FileStep kind={kind} onKind={setKind} />
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

const STEPS: readonly Step[] = [0, 1, 2, 3]

/** A step of the address, no further than the import has come. */
function reachable(detail: ImportDetail, asked: unknown, start: Step): Step {
  const step = STEPS.find((one) => one === Number(asked ?? Number.NaN)) ?? start
  if (step === 2 && detail.state === 'uploaded') return 1
  return step === 3 && detail.plan === null ? (detail.state === 'uploaded' ? 1 : 2) : step
}

function Wizard({ detail }: { detail: ImportDetail }) {
  const steps = useImportSteps(detail.id)
  const navigate = useNavigate()
  const [start] = useState<Step>(() => startOf(detail))
  const { step: asked } = useSearch({ strict: false }) as { step?: unknown }
  // Between other rules and the cleaning by them nothing is prepared; the page stays where it is, with all that was said on it.
  const isCleaningAnew = Number(asked) === 2 && (steps.setOptions.isPending || steps.prepare.isPending)
  const step = !isOpen(detail) ? 4 : isCleaningAnew ? 2 : reachable(detail, asked, start)
  // In the address, so that the browser's own way back is one step back.
  const go: Go = (to, only) => void navigate({ to: `/imports/${detail.id}`, search: { step: to, ...only } } as never)
  const props = { detail, steps, go }
  if (step === 0) return <LayoutStep {...props} />
  if (step === 1) return <MappingStep {...props} />
  if (step === 2) return <CleanStep {...props} />
  if (step === 3) return <CheckStep {...props} />
  return <DoneStep {...props} />
}
