import { backupJobs } from './features/backups/public.ts'
import { purgeRecycleBin } from './features/customers/public.ts'
import { duplicateJobs } from './features/duplicates/public.ts'
import { tidyFiles } from './features/files/public.ts'
import { importJobs, tidyImports } from './features/imports/public.ts'
import { leadJobs } from './features/leads/public.ts'
import { REMIND, remindOwners } from './features/opportunities/public.ts'
import { REMIND_ENDS, remindOfEnds } from './features/orders/jobs.ts'
import { recycleByRules } from './features/pools/public.ts'
import { RENEW, renewSearch } from './features/search/public.ts'
import { housekeeping } from './features/jobs/public.ts'
import type { JobTable } from './kernel/jobKinds.ts'
import type { ScheduleSeed } from './kernel/scheduler.ts'

/** What can run in the background, one line per feature. */
export const jobKinds: JobTable = {
  ...backupJobs,
  ...duplicateJobs,
  ...importJobs,
  ...leadJobs,
  'jobs.housekeeping': housekeeping,
  'imports.tidy': tidyImports,
  'customers.purge': purgeRecycleBin,
  'pools.recycle': recycleByRules,
  'files.tidy': tidyFiles,
  [RENEW]: renewSearch,
  [REMIND]: remindOwners,
  [REMIND_ENDS]: remindOfEnds,
}

/** What runs by time, in the workspace's zone. People may change all of it. */
export const scheduleSeeds: readonly ScheduleSeed[] = [
  { kind: 'backups.create', cron: '30 12,18 * * *', missed: 'once', enabled: true, maxRetries: 3, input: { reason: 'daily' } },
  { kind: 'jobs.housekeeping', cron: '20 3 * * *', missed: 'once', enabled: true, maxRetries: 1, input: null },
  { kind: 'imports.tidy', cron: '30 3 * * *', missed: 'once', enabled: true, maxRetries: 1, input: null },
  { kind: 'files.tidy', cron: '35 3 * * *', missed: 'once', enabled: true, maxRetries: 1, input: null },
  { kind: 'pools.recycle', cron: '30 1 * * *', missed: 'once', enabled: true, maxRetries: 1, input: null },
  { kind: 'leads.giveNow', cron: '*/10 * * * *', missed: 'once', enabled: true, maxRetries: 1, input: null },
  { kind: 'leads.recycle', cron: '45 1 * * *', missed: 'once', enabled: true, maxRetries: 1, input: null },
  { kind: REMIND, cron: '0 8 * * *', missed: 'once', enabled: true, maxRetries: 1, input: null },
  { kind: REMIND_ENDS, cron: '5 8 * * *', missed: 'once', enabled: true, maxRetries: 1, input: null },
  { kind: 'customers.purge', cron: '40 3 * * *', missed: 'skip', enabled: false, maxRetries: 1, input: null },
]
