import type { Job } from '../../../src-shared/features/jobs/model.ts'
import { StatusDot } from '../../components/marks.tsx'
import { useClock } from '../../kernel/context.tsx'
import { formatInstantFull, formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'
import { errorWord, kindWord, STATE_TONE, stateWord, wantedWord } from './words.ts'

/** What runs, and on what: a backup is named by its moment. */
export function JobName({ job }: { job: Job }) {
  const { zone } = useClock()
  const at = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z-/.exec(job.title)
  const title = at ? formatInstantFull(`${at[1]}T${at[2]}:${at[3]}:${at[4]}.${at[5]}Z`, zone) : job.title
  return (
    <span className="row g6 inline jobs-name">
      <span className="b set-nowrap">{kindWord(job.kind)}</span>
      {title && <span className="t3 el lit">{title}</span>}
    </span>
  )
}

/** A bar and n / total; a job that does not know its end shows how far it is. */
export function JobProgress({ job }: { job: Pick<Job, 'done' | 'total' | 'state'> }) {
  const { done, total } = job
  const share = total && total > 0 ? Math.min(1, done / total) : null
  return (
    <span
      className="row g8 inline"
      role="progressbar"
      aria-valuemin={0}
      aria-valuemax={100}
      {...(share !== null && { 'aria-valuenow': Math.round(share * 100) })}
    >
      <span className="task-track jobs-track">
        <i style={{ width: `${(share ?? 0) * 100}%` }} />
      </span>
      <span className="num s12 t2">
        {total === 100
          ? `${done}%`
          : total === null
            ? done > 0
              ? formatNumber(done)
              : ''
            : `${formatNumber(done)} / ${formatNumber(total)}`}
      </span>
    </span>
  )
}

/** Its state as dot and word; why, when it ended badly. */
export function JobStatus({ job }: { job: Job }) {
  const why = job.error && job.state !== 'done' ? errorWord(job.error) : null
  return (
    <span className="row g8 inline jobs-status">
      <StatusDot tone={STATE_TONE[job.state]}>
        <span className="set-nowrap">{job.wanted ? wantedWord(job.wanted) : stateWord(job.state)}</span>
      </StatusDot>
      {why && (
        <span className="t3 el" title={why}>
          {why}
        </span>
      )}
    </span>
  )
}

/** How long it took. */
export function useDuration(): (job: Job) => string | null {
  const t = useText(text)
  return ({ startedAt, finishedAt }) => {
    if (!startedAt || !finishedAt) return null
    const seconds = Math.max(0, Math.round((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000))
    return seconds < 60 ? t('seconds', { n: seconds }) : t('minutes', { n: Math.floor(seconds / 60), s: seconds % 60 })
  }
}
