import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createBackend, type RunningBackend } from '../backend.ts'
import { DATABASE_FILE, openRaw } from '../kernel/database.ts'
import { tableDigests, wholeDigest } from '../kernel/digest.ts'
import { doctor } from '../kernel/doctor.ts'
import { lockFolder } from '../kernel/lock.ts'
import { restore } from '../kernel/restore.ts'
import { loadMigrations } from '../kernel/migrate.ts'
import { StartRefusal } from '../kernel/startRefusal.ts'
import { inspectWorkbook } from '../kernel/workbook/sheet.ts'
import { exportList } from '../features/exports/public.ts'
import { readAnswers, readOwed, readReport, readReturns, REPORT_NAMES, REPORT_WORDS } from '../features/reports/public.ts'
import { importFile, undoImport } from '../features/imports/public.ts'
import { seedCustomers } from '../features/setup/seed.ts'
import { setUpWorkspace, workspaceProblem } from '../features/setup/public.ts'
import { VERSION } from '../version.ts'
import { BusinessDate } from '../../src-shared/kernel/time.ts'
import { MATCHINGS } from '../../src-shared/kernel/matching/language.ts'
import { cleanFile } from './cleanFile.ts'
import { dedupeFile } from './dedupeFile.ts'
import { type Arguments, flag, need, oneFile, oneOf, readArguments, text, UsageError, wholeNumber } from './arguments.ts'

type Verb = (args: Arguments) => Promise<unknown>
/** `cwd`: where the one who asks stands; the process that answers may stand elsewhere. */
export type OpenVerb = (running: RunningBackend, args: Arguments, cwd: string) => Promise<unknown>
const now = () => new Date().toISOString()

/** Verbs that look at files and open no data folder for writing. */
export const fileVerbs: Readonly<Record<string, Verb>> = {
  /** `read FILE` → {sheets: [{name, hidden, rows, cols, nonEmpty}], warnings} */
  read: (args) => inspectWorkbook(oneFile(args)),
  /** `clean FILE --phone COL --address COL --out OUT.csv [--area-code 0512] [--sheet NAME] [--bom]` → what was read and what is doubtful. */
  clean: (args) =>
    cleanFile({
      file: oneFile(args),
      out: need(args, 'out'),
      phone: text(args, 'phone') ?? null,
      address: text(args, 'address') ?? null,
      areaCode: areaCodeOf(args),
      sheet: text(args, 'sheet') ?? null,
      bom: flag(args, 'bom'),
    }),
  /** `dedupe FILE [--matching zh|en] [--ignore COL,COL] --out OUT.csv` → rows, clusters and pairs; without --matching by the file's writing. */
  dedupe: (args) =>
    dedupeFile({
      file: oneFile(args),
      out: need(args, 'out'),
      matching: text(args, 'matching') === undefined ? null : oneOf(args, 'matching', MATCHINGS, 'zh'),
      ignore: (text(args, 'ignore') ?? '')
        .split(/[,，]/)
        .map((name) => name.trim())
        .filter((name) => name !== ''),
    }),
  /** `digest --data D` → {business, tables}; reads the last commit, also while the folder is served. */
  digest: (args) => {
    const raw = openRaw(need(args, 'data'), { readonly: true })
    try {
      const tables = tableDigests(raw)
      return Promise.resolve({ business: wholeDigest(tables), tables })
    } finally {
      raw.close()
    }
  },
  /** `doctor --data D`: exit 0 only when all is sound. */
  doctor: async (args) => doctor(need(args, 'data'), { version: VERSION, newestSchema: (await loadMigrations()).length }),
}

/** 0512, 512 and 010 are area codes; anything else would be dialled wrong. */
function areaCodeOf(args: Arguments): string | null {
  const given = text(args, 'area-code')
  if (given === undefined) return null
  if (!/^0?(?:10|2\d|[3-9]\d{2})$/.test(given)) throw new UsageError(`--area-code ${given} is no area code (0512, 010)`)
  return given
}

/** `product:GTXPro=GTX Pro;stage:New=…`: what words of the file mean here; nothing behind the sign leaves the cell empty. */
function wordsPut(given: string): Record<string, Record<string, string | null>> {
  const put: Record<string, Record<string, string | null>> = {}
  for (const one of given.split(';').filter((part) => part.trim() !== '')) {
    const [, field, word, meant = ''] = /^\s*(\w+)\s*:([^=]+)=(.*)$/.exec(one) ?? []
    if (field === undefined || word === undefined) throw new UsageError(`--put ${one} is not FIELD:WORD=NAME`)
    ;(put[field] ??= {})[word.trim()] = meant.trim() || null
  }
  return put
}

/** Verbs that need the folder for themselves. */
export const closedVerbs: Readonly<Record<string, Verb>> = {
  /** `init --data D --company C --admin U --password P [--matching zh|en]`: a new workspace with its first administrator. */
  init: async (args) => {
    const folder = need(args, 'data')
    const account = { company: need(args, 'company'), login: need(args, 'admin'), password: await passwordOf(args) }
    const workspace = {
      ...account,
      name: text(args, 'name') ?? account.login,
      timeZone: text(args, 'time-zone') ?? 'Asia/Shanghai',
      matching: oneOf(args, 'matching', MATCHINGS, 'zh'),
    }
    // Before the folder is made: a refused password must leave nothing behind.
    const problem = workspaceProblem(workspace, process.env['LC_ALL'] ?? process.env['LANG'] ?? 'en')
    if (problem !== null) throw new UsageError(problem)
    const lock = lockFolder(folder, { now, program: 'kezhan init', create: true })
    try {
      if (existsSync(join(folder, DATABASE_FILE))) throw new StartRefusal('alreadyExists', { folder })
      const running = await createBackend({ folder, create: true })
      try {
        await setUpWorkspace(running.backend, workspace)
      } finally {
        await running.close()
      }
    } finally {
      lock.release()
    }
    return { data: resolve(folder), company: account.company, admin: account.login }
  },
  /** `migrate --data D` → {from, to}: what opening does anyway, as a step of its own. */
  migrate: async (args) => {
    const folder = need(args, 'data')
    const lock = lockFolder(folder, { now, program: 'kezhan migrate' })
    try {
      const running = await createBackend({ folder })
      await running.close()
      return running.migrated
    } finally {
      lock.release()
    }
  },
  /** `restore --data D --from BACKUP`: puts a verified backup in place; the state before becomes a backup of its own. */
  restore: async (args) => {
    const folder = need(args, 'data')
    const lock = lockFolder(folder, { now, program: 'kezhan restore', create: true })
    try {
      return await restore(folder, {
        backup: need(args, 'from'),
        at: now(),
        program: VERSION,
        newestSchema: (await loadMigrations()).length,
      })
    } finally {
      lock.release()
    }
  },
}

/** Verbs on an opened folder; the process that serves it runs them when there is one. The command line acts as the local administrator. */
export const openVerbs: Readonly<Record<string, OpenVerb>> = {
  seed: ({ backend }, args) =>
    seedCustomers(backend, {
      customers: wholeNumber(args, 'customers', { least: 1, most: 5_000_000 }),
      seed: Number(text(args, 'seed') ?? 1),
    }),
  import: ({ backend, sessions }, args, cwd) => {
    const actor = sessions.localAdmin('cli')
    const undo = text(args, 'undo')
    if (undo !== undefined) return undoImport(backend, actor, undo)
    return importFile(backend, actor, {
      entity: need(args, 'entity'),
      file: resolve(cwd, oneFile(args)),
      onDuplicate: oneOf(args, 'on-duplicate', ['skip', 'update', 'fill', 'create'], 'skip'),
      empty: text(args, 'empty') === undefined ? null : oneOf(args, 'empty', ['keep', 'clear'], 'keep'),
      dryRun: flag(args, 'dry-run'),
      errorsOut: text(args, 'errors') ? resolve(cwd, need(args, 'errors')) : null,
      ...(text(args, 'pool') ? { pool: need(args, 'pool') } : {}),
      ...(text(args, 'put') ? { put: wordsPut(need(args, 'put')) } : {}),
      missing: flag(args, 'make-missing') ? 'create' : 'fail',
      ...(flag(args, 'no-orders') && { wonOrders: false }),
    })
  },
  export: ({ backend, sessions }, args, cwd) =>
    exportList(backend, sessions.localAdmin('cli'), {
      entity: need(args, 'entity'),
      out: resolve(cwd, need(args, 'out')),
      format: oneOf(args, 'format', ['xlsx', 'csv'], need(args, 'out').endsWith('.csv') ? 'csv' : 'xlsx'),
      ...(text(args, 'search') ? { search: need(args, 'search') } : {}),
    }),
  /**
   * `report funnel|forecast --data D --from 2026-01-01 --to 2026-12-31 [--by cohort|passage] [--group person|department|source|product|province|city|pipeline]
   * [--compare before|year] [--pipeline NAME|all]` → the figures of the page; amounts in fen, both days belong to the period.
   * A funnel also goes by `--group month|quarter`, those of the closing.
   * `report response --data D --from DAY --to DAY [--group owner|source|pool]` → how soon leads were answered, in minutes of working time.
   * `report roi --data D --from DAY --to DAY [--compare before|year]` → what sources cost and what came of it; amounts in fen.
   * `report receivables --data D [--on DAY] [--group customer|owner|department|month]` → what is owed by age on that day, today without one.
   */
  report: ({ backend, sessions }, args) => {
    const name = nameOf(args)
    const group = text(args, 'group')
    if (name === 'receivables') return readOwed(backend, sessions.localAdmin('cli'), owedOf(args))
    if (text(args, 'on') !== undefined) throw new UsageError('only receivables take --on')
    if (name !== 'funnel' && text(args, 'by') !== undefined) throw new UsageError('only a funnel takes --by')
    if (name !== 'funnel' && name !== 'roi' && text(args, 'compare') !== undefined)
      throw new UsageError('only a funnel and roi take --compare')
    const [from, to] = [dayOf(args, 'from'), dayOf(args, 'to')]
    if (from > to) throw new UsageError('--from is after --to')
    if (name === 'response') {
      if (text(args, 'pipeline') !== undefined) throw new UsageError('response takes no --pipeline')
      const by = group === undefined ? undefined : oneOf(args, 'group', REPORT_WORDS.groups.response, 'owner')
      return readAnswers(backend, sessions.localAdmin('cli'), { from, to, group: by })
    }
    const against =
      text(args, 'compare') === undefined ? {} : { compare: oneOf(args, 'compare', REPORT_WORDS.compares, 'before') }
    if (name === 'roi') {
      const foreign = (['pipeline', 'group'] as const).find((one) => text(args, one) !== undefined)
      if (foreign !== undefined) throw new UsageError(`roi takes no --${foreign}`)
      return readReturns(backend, sessions.localAdmin('cli'), { from, to, ...against })
    }
    return readReport(backend, sessions.localAdmin('cli'), name, {
      from,
      to,
      pipeline: text(args, 'pipeline'),
      ...(group !== undefined && { group: oneOf(args, 'group', REPORT_WORDS.groups[name], 'person') }),
      ...(name === 'funnel' && { by: oneOf(args, 'by', REPORT_WORDS.bases, 'cohort') }),
      ...against,
    })
  },
  backup: (running) => running.backup('manual'),
}

function nameOf(args: Arguments): (typeof REPORT_NAMES)[number] {
  const [given = '', ...more] = args.files
  const name = REPORT_NAMES.find((one) => one === given)
  if (!name || more.length > 0) throw new UsageError(`a report is one of ${REPORT_NAMES.join(', ')}`)
  return name
}

/** What is asked of receivables. @throws UsageError for what only the other reports take */
function owedOf(args: Arguments): Parameters<typeof readOwed>[2] {
  const foreign = (['from', 'to', 'by', 'compare', 'pipeline'] as const).find((one) => text(args, one) !== undefined)
  if (foreign !== undefined) throw new UsageError(`receivables take no --${foreign}`)
  return {
    on: text(args, 'on') === undefined ? undefined : dayOf(args, 'on'),
    group: text(args, 'group') === undefined ? undefined : oneOf(args, 'group', REPORT_WORDS.groups.receivables, 'customer'),
  }
}

function dayOf(args: Arguments, name: 'from' | 'to' | 'on'): string {
  const given = need(args, name)
  if (!BusinessDate.safeParse(given).success) throw new UsageError(`--${name} is a day such as 2026-01-31`)
  return given
}

/** Opens the folder for one verb. */
export async function openVerb(verb: string, args: Arguments, folder: string): Promise<unknown> {
  const work = openVerbs[verb]
  if (!work) throw new UsageError(`there is no verb ${verb}`)
  const running = await createBackend({ folder })
  try {
    return await work(running, args, process.cwd())
  } finally {
    await running.close()
  }
}

/** A verb that came over the local socket to the process that serves the folder. */
export const servedVerb =
  (running: RunningBackend) =>
  (verb: string, argv: readonly string[], cwd: string): Promise<unknown> => {
    const work = openVerbs[verb]
    if (!work) throw new Error(`there is no verb ${verb} for a folder that is being served`)
    return work(running, readArguments(verb, argv), cwd)
  }

/** A password on the command line stands in the list of processes; standard input and the environment do not. */
async function passwordOf(args: Arguments): Promise<string> {
  const given = text(args, 'password') ?? process.env['KEZHAN_PASSWORD']
  if (given !== undefined && given !== '-') return given
  if (given === undefined && !flag(args, 'password-stdin'))
    throw new UsageError('--password is missing (or --password - to read it from standard input)')
  let read = ''
  for await (const chunk of process.stdin) read += String(chunk)
  return read.replace(/\r?\n$/, '')
}
