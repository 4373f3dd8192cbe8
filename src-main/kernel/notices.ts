import type BetterSqlite3 from 'better-sqlite3'
import type { NoticeParts, NoticeRequest } from '../../src-shared/kernel/notices.ts'
import type { Backend } from './context.ts'
import { lastCommand, prepared } from './journal.ts'
import { announceNotices } from './touched.ts'

/** Who says it: nobody is told of what he did himself. */
export type NoticeSource = {
  employeeId: string | null
  name: string
  seq: number
  batchId: string | null
  at: string
  newId: () => string
}
type Notice = Omit<NoticeRequest, 'employeeIds'> & { employeeId: string; many: number }

/**
 * Writes notices into the open transaction. The chunks of a batch add up in one notice for each person, however many records they
 * are: somebody who gets 5,000 customers hears it once. @returns who has something new.
 */
export function writeNotices(raw: BetterSqlite3.Database, requests: readonly NoticeRequest[], source: NoticeSource): string[] {
  const notices = summed(requests, source.employeeId)
  for (const notice of notices) if (!addToBatch(raw, notice, source)) insert(raw, notice, source)
  return [...new Set(notices.map(({ employeeId }) => employeeId))]
}

function summed(requests: readonly NoticeRequest[], himself: string | null): Notice[] {
  const found = new Map<string, Notice>()
  for (const { employeeIds, many = 1, ...request } of requests)
    for (const employeeId of new Set(employeeIds)) {
      if (employeeId === himself) continue
      const key = `${employeeId} ${request.kind} ${request.entity}`
      const known = found.get(key)
      const isSame = known?.recordId === request.recordId && request.recordId !== null
      if (!known) found.set(key, { ...request, many, employeeId })
      else if (!isSame)
        found.set(key, { ...known, recordId: null, many: known.many + many, ...partsOf(sumOfParts(known.parts, request.parts)) })
    }
  return [...found.values()]
}

const partsOf = (parts: NoticeParts | undefined) => (parts === undefined ? {} : { parts })
function sumOfParts(a: NoticeParts | undefined, b: NoticeParts | undefined): NoticeParts | undefined {
  if (a === undefined || b === undefined) return a ?? b
  const sum = { ...a }
  for (const [kind, count] of Object.entries(b)) sum[kind] = (sum[kind] ?? 0) + count
  return sum
}

const OF_BATCH = 'batch_id = ? and employee_id = ? and kind = ? and entity = ?'
function addToBatch(raw: BetterSqlite3.Database, notice: Notice, source: NoticeSource): boolean {
  const { employeeId, kind, entity, many, parts } = notice
  if (source.batchId === null) return false
  const which = [source.batchId, employeeId, kind, entity]
  const { changes } = prepared(
    raw,
    `update notification set many = many + ?, record_id = null, seq = ?, at = ?, read_at = null where ${OF_BATCH}`,
  ).run(BigInt(many), BigInt(source.seq), source.at, ...which)
  if (changes > 0 && parts !== undefined) addParts(raw, parts, which)
  return changes > 0
}

function addParts(raw: BetterSqlite3.Database, parts: NoticeParts, which: readonly string[]): void {
  const stored = prepared(raw, `select detail from notification where ${OF_BATCH}`)
    .pluck()
    .get(...which) as string
  const detail = JSON.parse(stored) as { parts?: NoticeParts }
  const sum = JSON.stringify({ ...detail, parts: sumOfParts(detail.parts, parts) })
  prepared(raw, `update notification set detail = ? where ${OF_BATCH}`).run(sum, ...which)
}

function insert(raw: BetterSqlite3.Database, notice: Notice, { name, seq, batchId, at, newId }: NoticeSource): void {
  prepared(
    raw,
    'insert into notification (id, employee_id, kind, entity, record_id, many, by_name, detail, seq, batch_id, at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  ).run(
    newId(),
    notice.employeeId,
    notice.kind,
    notice.entity,
    notice.recordId,
    BigInt(notice.many),
    name,
    JSON.stringify({ ...notice.detail, ...partsOf(notice.parts) }),
    BigInt(seq),
    batchId,
    at,
  )
}

/** Tells people outside of a command, as the program itself: there is no row of theirs in it, so no number and no history. */
export async function tellOutside(backend: Backend, requests: readonly NoticeRequest[]): Promise<void> {
  if (requests.length === 0) return
  const { database, now, newId } = backend
  const told = await database.write.transaction().execute(() => {
    const source = { employeeId: null, name: '', seq: lastCommand(database.raw).seq, batchId: null, at: now(), newId }
    return Promise.resolve(writeNotices(database.raw, requests, source))
  })
  announceNotices(backend, told)
}

/** Whether somebody was told anything after a command: a listener that comes back looks again. */
export const wasTold = (raw: BetterSqlite3.Database, employeeId: string | null, since: number): boolean =>
  employeeId !== null &&
  prepared(raw, 'select 1 from notification where seq > ? and employee_id = ? limit 1').get(BigInt(since), employeeId) !==
    undefined
