import { createHash } from 'node:crypto'
import type { Transaction } from 'kysely'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import type { NoticeRequest } from '../../src-shared/kernel/notices.ts'
import { tellChronicles } from './chronicle.ts'
import { todayOf } from './clock.ts'
import type { Backend, Change, CommandContext, CommitOptions } from './context.ts'
import type { WriteTx } from './database.ts'
import { BadInput } from './errors.ts'
import { idFrom } from './ids.ts'
import {
  appendCommand,
  beginCommand,
  type ChainEnd,
  type CommandRow,
  endCommand,
  type JournalRow,
  journalOf,
  prepared,
} from './journal.ts'
import type { Tables } from './tables.gen.ts'
import { type NoticeSource, writeNotices } from './notices.ts'
import { announce, announceNotices, type Committed } from './touched.ts'
import { reverse } from './undo.ts'

const SLOW_MS = 25

export type CommandCall = {
  procedure: string
  actor: Actor
  /** Null only for calls the program makes to itself. */
  key: string | null
  input: unknown
  irreversible?: string | undefined
  options?: CommitOptions
  /** Hears under which number the call stands in the history, the first time's when its key is repeated; null when it changed nothing. */
  told?: (seq: number | null) => void
  /** Checks and converts the answer inside the transaction, so that a bad one rolls back. */
  check?: (output: unknown) => Promise<unknown>
}

/**
 * The one way to write: transaction, number, handler, search keys, journal entry with its hash, stored answer, COMMIT, and only
 * then the announcement, because nobody may be told of a change that was rolled back.
 */
export async function runCommand<Output>(
  backend: Backend,
  call: CommandCall,
  work: (context: CommandContext) => Promise<Output>,
): Promise<Output> {
  const inputHash = hashOfInput(call)
  let written = nothingWritten()
  let started = 0

  const output = await inTransaction(backend, call, async (transaction) => {
    started = performance.now()
    written = nothingWritten()
    const stored = storedReply(backend, call, inputHash)
    if (stored) {
      written.answered = stored.seq
      return stored.reply as Output
    }

    const previous = beginCommand(backend.database.raw)
    const tx = transaction as unknown as WriteTx
    const answer = await work(commandContext(backend, call, { tx, seq: previous.seq + 1, written }))
    const checked = call.check ? ((await call.check(answer)) as Output) : answer
    closeBooks(backend, call, { previous, written })
    storeReply(backend, call, inputHash, written.committed?.seq ?? null, checked)
    return checked
  })

  const { committed, after } = written
  const tell = (): void => {
    if (committed) announce(backend, committed)
    announceNotices(backend, written.told, committed?.seq)
    for (const action of after) action()
    call.told?.(committed?.seq ?? written.answered ?? null)
  }
  if (call.options?.group) {
    call.options.group.afterCommit(tell)
    return output
  }
  const tookMs = performance.now() - started
  if (tookMs > SLOW_MS) backend.log.warn('slow write', { procedure: call.procedure, tookMs: Math.round(tookMs) })
  tell()
  return output
}

/**
 * WAL frames are a chain: what a power cut leaves is the state after some commit, whole, and never a later one without an earlier.
 * A `relaxed` commit only does not wait for its frames; the level is set while the writer is held, so nobody else's commit has it.
 */
async function inTransaction<Output>(
  { database: { write, raw } }: Backend,
  call: CommandCall,
  work: (transaction: Transaction<Tables>) => Promise<Output>,
): Promise<Output> {
  if (call.options?.group) return work(call.options.group.tx)
  if (!call.options?.relaxed) return write.transaction().execute(work)
  return write.connection().execute(async (held) => {
    raw.pragma('synchronous = normal')
    try {
      return await held.transaction().execute(work)
    } finally {
      raw.pragma('synchronous = full')
    }
  })
}

type Written = {
  changes: Change[]
  after: (() => void)[]
  notices: NoticeRequest[]
  /** The employees who have a new notice. */
  told: readonly string[]
  saidUnchanged: boolean
  committed: Committed | null
  /** What the first call under this key wrote. */
  answered?: number | null
}

const nothingWritten = (): Written => ({
  changes: [],
  after: [],
  notices: [],
  told: [],
  saidUnchanged: false,
  committed: null,
})

function commandContext(
  backend: Backend,
  call: CommandCall,
  { tx, seq, written }: { tx: WriteTx; seq: number; written: Written },
): CommandContext {
  return {
    tx,
    seq,
    actor: call.actor,
    now: backend.now,
    newId: backend.newId,
    entities: backend.entities,
    record: (change) => void written.changes.push(change),
    notify: (notice) => void written.notices.push(notice),
    unchanged: () => {
      written.saidUnchanged = true
    },
    afterCommit: (action) => void written.after.push(action),
    services: backend.services,
    makeReady: (names) => backend.searchDocs.makeReady(names),
    reverse: (target, mayTouch, byColumn) => reverse(backend.database.raw, target, backend.now(), mayTouch, byColumn),
  }
}

/** A step of a batch, or what takes one back; more of them follow, and somebody waits for the last. */
const isPart = ({ options }: CommandCall): boolean => options?.batchId !== undefined || options?.undoes !== undefined
const PART_ROWS = 20

/** Search keys, the journal's closing entry with its hash, what is kept beside it, and the end of the command's number. */
function closeBooks(backend: Backend, call: CommandCall, { previous, written }: { previous: ChainEnd; written: Written }): void {
  const raw = backend.database.raw
  const seq = previous.seq + 1
  const touched = journalOf(raw, seq)
  if (call.options?.group) call.options.group.follow(touched)
  else if (isPart(call) && touched.length > PART_ROWS) backend.searchDocs.refreshPart(touched)
  else backend.searchDocs.refresh(touched)
  if (isWorthHistory(call, written, touched.length)) {
    const { rows } = appendCommand(raw, previous, commandRow(backend, call, { seq, changes: written.changes }), touched)
    tellChronicles(backend, touched, () => ({
      seq,
      at: backend.now(),
      day: todayOf(backend),
      employeeId: call.actor.employeeId,
      newId: backend.newId,
    }))
    const bulk = call.options?.bulk === true
    // Of a chunk nobody is told but its kinds: its rows are let go before the others of its group are written.
    written.committed = { seq, rows, touched: bulk ? oneOfEachTable(touched) : touched, bulk }
  }
  if (written.notices.length > 0)
    written.told = writeNotices(raw, written.notices, sourceOf(backend, call, written, previous.seq))
  endCommand(raw)
}

const sourceOf = (backend: Backend, { actor, options }: CommandCall, { committed }: Written, before: number): NoticeSource => ({
  employeeId: actor.employeeId,
  name: actor.name,
  seq: committed?.seq ?? before,
  batchId: options?.batchId ?? null,
  at: backend.now(),
  newId: backend.newId,
})

const oneOfEachTable = (touched: readonly JournalRow[]): JournalRow[] => [
  ...new Map(touched.map((row) => [row.tbl, row])).values(),
]

function commandRow(
  backend: Backend,
  call: CommandCall,
  { seq, changes }: { seq: number; changes: readonly Change[] },
): CommandRow {
  const [first] = changes
  const { undoes = null } = call.options ?? {}
  const batchId = call.options?.batchId ?? (undoes === null ? null : batchOfUndo(backend, undoes))
  return {
    seq,
    id: backend.newId(),
    at: backend.now(),
    actorId: call.actor.userId || null,
    actorName: call.actor.name,
    origin: call.actor.origin,
    procedure: call.procedure,
    action: first?.action ?? 'changed',
    entity: first?.entity ?? null,
    recordId: first?.id || null,
    detail: detailOf(changes),
    batchId,
    undoes,
    irreversible: call.irreversible ?? null,
  }
}

/** What takes the steps of a batch back is a batch too, each round one of its own: history tells it in one line, and one redo takes it back. */
function batchOfUndo(backend: Backend, undoes: number): string | null {
  const batchId = prepared(backend.database.raw, 'select batch_id from command where seq = ?').pluck().get(BigInt(undoes)) as
    | string
    | null
    | undefined
  if (typeof batchId !== 'string') return null
  const round = prepared(backend.database.raw, 'select count(*) from command where undoes = ?')
    .pluck()
    .get(BigInt(undoes)) as number
  return idFrom(`undo ${round} of ${batchId}`)
}

/** Rows and words must agree: a command that changed rows names its action, one that names an action changed rows or is irreversible. */
function isWorthHistory(call: CommandCall, { changes, saidUnchanged }: Written, rows: number): boolean {
  if (rows > 0 && changes.length === 0) throw new Error(`${call.procedure} changed ${rows} rows without recording an action`)
  if (rows > 0) return true
  if (changes.length > 0 && !call.irreversible) throw new Error(`${call.procedure} recorded an action without changing a row`)
  if (changes.length === 0 && !saidUnchanged) throw new Error(`${call.procedure} neither changed anything nor said so`)
  return changes.length > 0
}

const detailOf = (changes: readonly Change[]): string | null => {
  const details = changes.flatMap((change, index) =>
    change.detail || index > 0 ? [{ entity: change.entity, id: change.id, action: change.action, ...change.detail }] : [],
  )
  if (details.length === 0) return null
  return JSON.stringify(changes.length === 1 ? (changes[0]?.detail ?? null) : details)
}

/** The steps of one call share its input: a block of 8,000 cells is read once, not once a step. */
const hashes = new WeakMap<object, string>()
function hashOfInput({ key, input }: CommandCall): string {
  if (key === null) return ''
  const known = typeof input === 'object' && input !== null ? hashes.get(input) : undefined
  if (known !== undefined) return known
  const hash = createHash('sha256')
    .update(JSON.stringify(input) ?? '')
    .digest('hex')
  if (typeof input === 'object' && input !== null) hashes.set(input, hash)
  return hash
}

/**
 * What the same call answered before, or null.
 * @throws BadInput when the key was used for something else.
 */
export const answeredBefore = (backend: Backend, call: CommandCall): { reply: unknown } | null =>
  storedReply(backend, call, hashOfInput(call))

const partKey = (call: CommandCall): string | null =>
  call.key === null ? null : call.options?.part ? `${call.key}/${call.options.part}` : call.key

function storedReply(backend: Backend, call: CommandCall, inputHash: string): { reply: unknown; seq: number | null } | null {
  const key = partKey(call)
  if (key === null) return null
  const found = prepared(
    backend.database.raw,
    'select procedure, input_hash as inputHash, reply, seq from idempotency where actor = ? and key = ?',
  ).get(call.actor.userId, key) as { procedure: string; inputHash: string; reply: string | null; seq: number | null } | undefined
  if (!found) return null
  if (found.procedure !== call.procedure || found.inputHash !== inputHash)
    throw new BadInput('idempotencyKeyReused', ['idempotency-key'])
  return { reply: found.reply === null ? undefined : (JSON.parse(found.reply) as unknown), seq: found.seq }
}

function storeReply(backend: Backend, call: CommandCall, inputHash: string, seq: number | null, reply: unknown): void {
  const key = partKey(call)
  if (key === null || !call.actor.userId) return
  prepared(
    backend.database.raw,
    'insert into idempotency (actor, key, procedure, input_hash, seq, reply, at) values (?, ?, ?, ?, ?, ?, ?)',
  ).run(
    call.actor.userId,
    key,
    call.procedure,
    inputHash,
    seq === null ? null : BigInt(seq),
    reply === undefined ? null : JSON.stringify(reply),
    backend.now(),
  )
}
