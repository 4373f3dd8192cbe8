import './jobs.css'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { Job, JobId } from '../../../src-shared/features/jobs/model.ts'
import { ListTable } from '../../components/settings/ListTable.tsx'
import { Loaded, Section, SettingsPage } from '../../components/settings/SettingsPage.tsx'
import { Nothing } from '../../components/states.tsx'
import { InstantText } from '../../components/values.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { JobName, JobProgress, JobStatus, useDuration } from './JobViews.tsx'
import { Schedules } from './Schedules.tsx'
import { Steering } from './Steering.tsx'
import { text } from './text.ts'
import { jobField, ownerWord } from './words.ts'

/** While something runs, its bar moves. */
const WATCH_MS = 1000

/** 后台任务: what runs now, what runs by itself, what has ended. */
export function JobsPage() {
  const t = useText(text)
  const mayManage = useCan('jobs.manage')
  return (
    <SettingsPage title={t('title')}>
      <Going />
      {mayManage && <Schedules />}
      <Over />
    </SettingsPage>
  )
}

function Going() {
  const t = useText(text)
  const jobs = useQuery(
    useApi().jobs.list.queryOptions({
      input: { only: 'unfinished', limit: 200 },
      meta: { shown: true },
      refetchInterval: (query) => ((query.state.data?.rows.length ?? 0) > 0 ? WATCH_MS : false),
    }),
  )
  return (
    <Section title={t('going')}>
      <Loaded query={jobs} feature="jobs" rows={2} height={40}>
        {({ rows }) => (
          <ListTable<Job>
            rows={rows}
            rowKey={(job) => job.id}
            empty={<div className="set-lined jobs-none t3">{t('nothingGoing')}</div>}
            columns={[
              { key: 'name', title: jobField('kind'), render: (job) => <JobName job={job} /> },
              { key: 'progress', title: jobField('done'), width: 190, render: (job) => <JobProgress job={job} /> },
              { key: 'state', title: jobField('state'), width: 150, render: (job) => <JobStatus job={job} /> },
              { key: 'owner', title: jobField('ownerName'), width: 96, render: (job) => <Owner job={job} /> },
              {
                key: 'at',
                title: jobField('startedAt'),
                width: 104,
                align: 'right',
                render: (job) => <InstantText at={job.startedAt ?? job.createdAt} />,
              },
              { key: 'acts', title: '', width: 150, align: 'right', render: (job) => <Steering job={job} /> },
            ]}
            describe={(job) => ({
              title: <JobName job={job} />,
              facts: [<JobProgress key="progress" job={job} />],
              state: <JobStatus job={job} />,
              actions: <Steering job={job} />,
            })}
          />
        )}
      </Loaded>
    </Section>
  )
}

function Over() {
  const t = useText(text)
  const duration = useDuration()
  const pages = useInfiniteQuery(
    useApi().jobs.list.infiniteOptions({
      input: (before: JobId | undefined) => ({ only: 'finished' as const, limit: 30, ...(before && { before }) }),
      initialPageParam: undefined as JobId | undefined,
      getNextPageParam: (last) => (last.hasMore ? last.rows.at(-1)?.id : undefined),
      meta: { shown: true },
    }),
  )
  return (
    <Section title={t('over')}>
      <Loaded query={pages} feature="jobs" rows={6} height={32}>
        {({ pages: parts }) => (
          <>
            <ListTable<Job>
              rows={parts.flatMap((part) => part.rows)}
              rowKey={(job) => job.id}
              empty={<Nothing>{t('nothingOver')}</Nothing>}
              columns={[
                { key: 'name', title: jobField('kind'), render: (job) => <JobName job={job} /> },
                { key: 'state', title: jobField('state'), width: 260, render: (job) => <JobStatus job={job} /> },
                { key: 'owner', title: jobField('ownerName'), width: 96, render: (job) => <Owner job={job} /> },
                {
                  key: 'at',
                  title: jobField('finishedAt'),
                  width: 104,
                  align: 'right',
                  render: (job) => <InstantText at={job.finishedAt} />,
                },
                {
                  key: 'took',
                  title: '',
                  width: 90,
                  align: 'right',
                  render: (job) => <span className="t3 num">{duration(job)}</span>,
                },
                { key: 'acts', title: '', width: 92, align: 'right', render: (job) => <Steering job={job} /> },
              ]}
              describe={(job) => ({
                title: <JobName job={job} />,
                facts: [<InstantText key="at" at={job.finishedAt} />, duration(job)],
                state: <JobStatus job={job} />,
                ...(job.canResume && { actions: <Steering job={job} /> }),
              })}
            />
            {pages.hasNextPage && (
              <div className="jobs-more">
                <Button size="small" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
                  {t('loadMore')}
                </Button>
              </div>
            )}
          </>
        )}
      </Loaded>
    </Section>
  )
}

function Owner({ job }: { job: Job }) {
  const t = useText(text)
  return <span className="t2">{job.mine ? t('mine') : ownerWord(job.ownerName)}</span>
}
