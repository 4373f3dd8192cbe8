import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type BetterSqlite3 from 'better-sqlite3'
import { leftovers, listBackups } from './backup.ts'
import { BACKUP_FOLDER } from './backupManifest.ts'
import { asCorrupt, assertSqliteVersion, DATABASE_FILE, openRaw } from './database.ts'
import { type TableDigest, tableDigests, wholeDigest } from './digest.ts'
import { foreignTriggers, triggerFaults } from './dialect/triggers.ts'
import { type ChainFault, verifyChain } from './journal.ts'
import { schemaVersion } from './migrate.ts'
import { keysToStore } from './searchDocs.ts'
import { outdatedKinds } from './searchRules.ts'
import { KINDS, tableOfSource } from './searchSources.ts'
import { storedKeys } from './storedKeys.ts'
import { businessTables } from './tableList.ts'

export type Diagnosis = {
  ok: boolean
  version: string
  sqlite: string
  schema: number
  integrity: string[]
  foreignKeys: number
  chain: { commands: number; faults: ChainFault[]; halfCommands: number; cutOff: string[] }
  triggers: { expected: number; faults: string[] }
  business: string
  tables: Record<string, TableDigest>
  searchIndexConsistent: boolean
  /** Kinds whose documents and keys older rules made; the program renews them when it is started. */
  searchOutdated: string[]
  matchKeysConsistent: boolean
  /** How many records' keys were computed anew; all of them up to a limit, beyond it an even sample. */
  matchKeysChecked: number
  /** Whether the last search for duplicates holds every group it counted, and nothing is left of searches that are gone. */
  duplicatesConsistent: boolean
  backups: { count: number; lastVerified: string | null }
  orphanFiles: string[]
  problems: string[]
}

const TRIGGERS_PER_TABLE = 3
const KEYS_CHECKED_AT_MOST = 20_000

/**
 * Looks a data folder over without changing it.
 * @throws StartRefusal when there is nothing that could be looked over.
 */
export function doctor(folder: string, options: { version: string; newestSchema: number }): Diagnosis {
  const raw = openRaw(folder, { readonly: true })
  try {
    raw.exec('begin')
    return diagnose(raw, folder, options)
  } catch (error) {
    throw asCorrupt(error, join(folder, DATABASE_FILE))
  } finally {
    if (raw.inTransaction) raw.exec('rollback')
    raw.close()
  }
}

function diagnose(raw: BetterSqlite3.Database, folder: string, options: { version: string; newestSchema: number }): Diagnosis {
  const integrity = (raw.pragma('integrity_check(20)') as { integrity_check: string }[])
    .map((row) => row.integrity_check)
    .filter((line) => line !== 'ok')
  const tables = tableDigests(raw)
  const keys = matchKeyFaults(raw)
  const seen = {
    version: options.version,
    sqlite: assertSqliteVersion(raw),
    schema: schemaVersion(raw),
    integrity,
    foreignKeys: (raw.pragma('foreign_key_check') as unknown[]).length,
    chain: { ...verifyChain(raw), halfCommands: halfCommands(raw), cutOff: backupsNotInChain(raw, folder) },
    triggers: { expected: businessTables.length * TRIGGERS_PER_TABLE, faults: [...triggerFaults(raw), ...foreignTriggers(raw)] },
    business: wholeDigest(tables),
    tables,
    searchIndexConsistent: searchFaults(raw) === 0,
    searchOutdated: outdatedKinds(raw),
    matchKeysConsistent: keys.faults === 0,
    matchKeysChecked: keys.checked,
    duplicatesConsistent: duplicateFaults(raw) === 0,
    backups: backupState(folder),
    orphanFiles: [...leftovers(folder), ...strangeBackups(folder)],
  }
  const problems = problemsOf(seen, options.newestSchema)
  return { ok: problems.length === 0, ...seen, problems }
}

function problemsOf(seen: Omit<Diagnosis, 'ok' | 'problems'>, newestSchema: number): string[] {
  return [
    ...seen.integrity.map((line) => `structure: ${line}`),
    ...(seen.foreignKeys > 0 ? [`${seen.foreignKeys} references lead nowhere`] : []),
    ...seen.chain.faults.slice(0, 20).map((fault) => `history: command ${fault.seq}, ${fault.what}`),
    ...seen.chain.cutOff.map((id) => `history: what backup ${id} holds last is not in it, its end was cut off`),
    ...(seen.chain.halfCommands > 0 ? [`${seen.chain.halfCommands} half commands`] : []),
    ...seen.triggers.faults.map((name) => `trigger ${name} is missing, changed or foreign`),
    ...(seen.schema === newestSchema ? [] : [`schema ${seen.schema}, this program has ${newestSchema}`]),
    ...(seen.searchOutdated.length === 0
      ? []
      : [`the search index is of older rules and is renewed after the next start: ${seen.searchOutdated.join(', ')}`]),
    ...(seen.searchIndexConsistent ? [] : ['the search index does not fit the records']),
    ...(seen.matchKeysConsistent ? [] : ['the keys for duplicates do not fit the records']),
    ...(seen.duplicatesConsistent ? [] : ['the result of the search for duplicates is not whole']),
    ...seen.orphanFiles.map((path) => `left behind: ${path}`),
  ]
}

/**
 * Backups whose last command the history does not hold: a chain whose end was cut off is whole by itself. Those from before the
 * last restore may stand on a branch that it left, and are not asked.
 */
function backupsNotInChain(raw: BetterSqlite3.Database, folder: string): string[] {
  const restored = raw
    .prepare("select max(at) from command where action = 'restored' and procedure = 'backups.restore'")
    .pluck()
    .get()
  const hashAt = raw.prepare('select hash from command where seq = ?').pluck()
  return listBackups(folder)
    .filter(({ manifest }) => typeof restored !== 'string' || manifest.at > restored)
    .filter(({ manifest }) => manifest.seq > 0 && hashAt.get(BigInt(manifest.seq)) !== manifest.head)
    .map(({ id }) => id)
}

/** Row images that no command owns, or a book still open: either would be half a command. */
const halfCommands = (raw: BetterSqlite3.Database): number =>
  (raw
    .prepare('select count(*) from (select distinct seq from journal where seq not in (select seq from command))')
    .pluck()
    .get() as number) + (raw.prepare('select count(*) from current_command where seq is not null').pluck().get() as number)

const RECORDS = KINDS.map((kind) => `select '${kind}' as entity, id from ${tableOfSource(kind)}`).join(' union all ')
const LIVING = KINDS.map((kind) =>
  kind === 'contact'
    ? `select 'contact' as entity, t.id from contact t join customer c on c.id = t.customer_id where t.deleted_at is null and c.deleted_at is null`
    : `select '${kind}' as entity, id from ${tableOfSource(kind)} where deleted_at is null`,
).join(' union all ')

/** Every record has a document, for its keys; only living ones are found: in the index, or before it, where what is pending counts. */
function searchFaults(raw: BetterSqlite3.Database): number {
  const count = (sql: string): number => raw.prepare(sql).pluck().get() as number
  const found = `
    select d.entity, d.record_id from search_index_docsize i join search_doc d on d.id = i.id where i.id not in (select doc from search_pending)
    union all select d.entity, d.record_id from search_pending p join search_doc d on d.id = p.doc where p.name is not null`
  return (
    count(`select count(*) from (${RECORDS} except select entity, record_id from search_doc)`) +
    count(`select count(*) from (select entity, record_id from search_doc except select * from (${RECORDS}))`) +
    count(`select count(*) from (${LIVING} except select * from (${found}))`) +
    count(`select count(*) from (select * from (${found}) except select * from (${LIVING}))`) +
    count(
      `select count(*) from search_index_docsize where id not in (select id from search_doc) and id not in (select doc from search_pending)`,
    ) +
    count('select count(*) from search_pending where name is not null and doc not in (select id from search_doc)')
  )
}

type Keyed = {
  id: string
  name: string
  phone: string | null
  phone2: string | null
  email: string | null
  creditCode: string | null
  city: string | null
}

function matchKeyFaults(raw: BetterSqlite3.Database): { faults: number; checked: number } {
  const count = (sql: string): number => raw.prepare(sql).pluck().get() as number
  const orphans = count('select count(*) from match_key where doc not in (select id from search_doc)')
  const said = count('select coalesce(sum(json_array_length(keys)), 0) from search_doc')
  const stored = raw.prepare('select id, keys from search_doc where entity = ? and record_id = ?').raw()
  const stands = raw
    .prepare('select count(*) from json_each(?) w cross join match_key k on k.key = w.value and k.doc = ?')
    .pluck()
  let [faults, checked] = [orphans + Math.abs(said - count('select count(*) from match_key')), 0]
  for (const entity of ['customer', 'contact'] as const) {
    const every = Math.max(1, Math.ceil(count(`select count(*) from ${entity}`) / KEYS_CHECKED_AT_MOST))
    for (const row of raw.prepare(`${KEY_SOURCES[entity]} where rowid % ${every} = 0`).iterate() as Iterable<Keyed>) {
      checked++
      const keys = storedKeys(keysToStore(entity, { ...row, phones: [row.phone, row.phone2] }))
      const [doc = 0, text = ''] = (stored.get(entity, row.id) ?? []) as [number?, string?]
      if (text !== JSON.stringify(keys) || stands.get(text, BigInt(doc)) !== keys.length) faults++
    }
  }
  return { faults, checked }
}

const KEY_SOURCES = {
  customer: 'select id, name, phone, phone2, email, credit_code as creditCode, city from customer',
  contact: 'select id, name, phone, phone2, email, null as creditCode, null as city from contact',
}

/** A search that goes on, and an older one on its way out, may stand half written: only the newest result has to be whole. */
function duplicateFaults(raw: BetterSqlite3.Database): number {
  const count = (sql: string): number => raw.prepare(sql).pluck().get() as number
  const strays = ['duplicate_pair', 'duplicate_group', 'duplicate_member'].map((table) =>
    count(`select count(*) from ${table} where run_id not in (select id from duplicate_run)`),
  )
  const [last] = raw
    .prepare(
      `select r.sure <> (select count(*) from duplicate_group g where g.run_id = r.id and g.sure = 1)
          or r.maybe <> (select count(*) from duplicate_group g where g.run_id = r.id and g.sure = 0)
          or exists (select 1 from duplicate_group g where g.run_id = r.id
            and (select count(*) from duplicate_member m where m.run_id = g.run_id and m.n = g.n) < 2)
          or exists (select 1 from duplicate_member m where m.run_id = r.id
            and not exists (select 1 from duplicate_group g where g.run_id = m.run_id and g.n = m.n))
        from duplicate_run r where r.state = 'done' order by r.finished_at desc, r.id desc limit 1`,
    )
    .pluck()
    .all() as number[]
  return strays.reduce((sum, n) => sum + n, last ?? 0)
}

function backupState(folder: string): Diagnosis['backups'] {
  const sound = listBackups(folder).filter((entry) => entry.sound)
  return {
    count: sound.length,
    lastVerified:
      sound
        .map((entry) => entry.checkedAt)
        .sort()
        .at(-1) ?? null,
  }
}

/** Folders among the backups that are none: their manifest is gone or was edited. What a restore set aside is meant to be there. */
function strangeBackups(folder: string): string[] {
  const home = join(folder, BACKUP_FOLDER)
  if (!existsSync(home)) return []
  const known = new Set(listBackups(folder).map((entry) => entry.id))
  return readdirSync(home)
    .filter((name) => !known.has(name) && !name.endsWith('.part') && !name.startsWith('damaged-'))
    .map((name) => join(home, name))
}
