import './duplicates.css'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { TaskPill } from '../../components/TaskPill.tsx'
import { useCan } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { toast } from '../../kernel/toast.tsx'
import { text } from './text.ts'
import { isGoing, useSearchState } from './useDuplicates.ts'
import { useFound } from './useFound.ts'

const PAGE = '/duplicates'

/** At the bottom right of every other page while one's own search is at work; says what it found. */
export function SearchPill() {
  const t = useText(text)
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const maySearch = useCan('duplicates.find')
  const { data } = useSearchState({ enabled: maySearch })
  const open = () => void navigate({ to: PAGE })
  const job = data?.job?.mine && isGoing(data.job.state) ? data.job : null
  useFound(job?.id ?? null, data?.last ?? null, (run) => {
    if (pathname === PAGE) return
    const n = run.sure + run.maybe
    const found = t('pillFound', { sure: formatNumber(run.sure), maybe: formatNumber(run.maybe) })
    toast(n === 0 ? t('none') : found, { tone: 'ok', action: { label: t('look'), run: open } })
  })
  if (!job || pathname === PAGE) return null
  return (
    <div className="dup-pill">
      <TaskPill label={t('searching')} done={job.done} total={job.total ?? 0} onOpen={open} />
    </div>
  )
}
