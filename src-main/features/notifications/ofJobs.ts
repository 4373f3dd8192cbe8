import type BetterSqlite3 from 'better-sqlite3'
import type { NoticeRequest } from '../../../src-shared/kernel/notices.ts'
import type { JobRow } from '../../kernel/jobs.ts'
import { prepared } from '../../kernel/journal.ts'

const employeeOf = (raw: BetterSqlite3.Database, userId: string): string | undefined =>
  (prepared(raw, 'select employee_id from user_account where id = ?').pluck().get(userId) as string | null | undefined) ??
  undefined

/** Who looks after what runs by itself. */
const keepers = (raw: BetterSqlite3.Database): string[] =>
  prepared(
    raw,
    `select distinct u.employee_id from user_account u join user_role ur on ur.user_id = u.id join role r on r.id = ur.role_id
     where u.employee_id is not null and u.disabled_at is null and (r.builtin = 'admin' or exists (
       select 1 from role_permission p where p.role_id = r.id and p.permission = 'jobs.manage'))`,
  )
    .pluck()
    .all() as string[]

const FAILED: readonly string[] = ['failed', 'interrupted']

/** What the end of a job is worth telling, and to whom. A job of the program itself that fails is told to those who steer jobs. */
export function noticesOfJob(raw: BetterSqlite3.Database, job: JobRow): NoticeRequest[] {
  const owner = job.ownerId === null ? undefined : employeeOf(raw, job.ownerId)
  const about = { kind: job.kind, title: job.title }
  if (FAILED.includes(job.state)) {
    const employeeIds = job.ownerId === null ? keepers(raw) : owner === undefined ? [] : [owner]
    return [{ employeeIds, kind: 'jobFailed', entity: 'job', recordId: job.id, detail: about }]
  }
  if (job.state !== 'done' || job.kind !== 'imports.run' || owner === undefined) return []
  const { importId, created, updated, failed } = JSON.parse(job.result ?? '{}') as Record<string, unknown>
  if (typeof importId !== 'string') return []
  return [
    {
      employeeIds: [owner],
      kind: 'importDone',
      entity: 'import',
      recordId: importId,
      detail: { ...about, created, updated, failed },
    },
  ]
}
