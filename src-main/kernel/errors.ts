import { ORPCError } from '@orpc/server'
import type { Conflict } from '../../src-shared/kernel/conflict.ts'
import { Refusal } from '../../src-shared/kernel/refusal.ts'
import { StartRefusal } from './startRefusal.ts'
import { WorkerFault } from './workers.ts'

export class NotFound extends Error {
  readonly entity: string
  readonly id: string
  constructor(entity: string, id: string) {
    super(`no ${entity} ${id}`)
    this.name = 'NotFound'
    this.entity = entity
    this.id = id
  }
}

export class Stale extends Error {
  readonly entity: string
  readonly id: string
  /** What exactly two people changed, where it is told field by field. */
  readonly conflict: Conflict | undefined
  constructor(entity: string, id: string, conflict?: Conflict) {
    super(`${entity} ${id} has changed`)
    this.name = 'Stale'
    this.entity = entity
    this.id = id
    this.conflict = conflict
  }
}

/** The caller's roles do not allow it: a permission, or the fields named. */
export class Forbidden extends Error {
  readonly needs: string
  readonly fields: readonly string[] | undefined
  constructor(needs: string, fields?: readonly string[]) {
    super(`needs ${needs}`)
    this.name = 'Forbidden'
    this.needs = needs
    this.fields = fields
  }
}

/** Input that passed its schema but names something that does not exist, such as a field in a filter. */
export class BadInput extends Error {
  readonly reason: string
  readonly path: readonly (string | number)[]
  constructor(reason: string, path: readonly (string | number)[] = []) {
    super(`${reason} at ${path.join('.')}`)
    this.name = 'BadInput'
    this.reason = reason
    this.path = path
  }
}

/** What a worker threw, as the class it was there: a wrong filter is the caller's mistake on every thread. */
function revived(error: unknown): unknown {
  if (!(error instanceof WorkerFault)) return error
  const { entity, id, needs, fields, reason, path, detail } = error.data as Record<
    'entity' | 'id' | 'needs' | 'fields' | 'reason' | 'path' | 'detail',
    never
  >
  if (error.kind === 'NotFound') return new NotFound(entity, id)
  if (error.kind === 'Stale') return new Stale(entity, id)
  if (error.kind === 'Forbidden') return new Forbidden(needs, fields)
  if (error.kind === 'BadInput') return new BadInput(reason, path)
  if (error.kind === 'Refusal') return new Refusal(reason, detail)
  return error
}

/** What the caller may be told, or null when it is our fault and only an incident number leaves the process. */
export function asReply(thrown: unknown): ORPCError<string, unknown> | null {
  const error = revived(thrown)
  if (error instanceof Refusal)
    return new ORPCError('REFUSED', {
      status: 422,
      data: { reason: error.reason, ...(error.detail ? { detail: error.detail } : {}) },
      defined: true,
    })
  if (error instanceof NotFound)
    return new ORPCError('NOT_FOUND', { data: { entity: error.entity, id: error.id }, defined: true })
  if (error instanceof Stale)
    return new ORPCError('STALE', {
      status: 409,
      data: { entity: error.entity, id: error.id, ...(error.conflict ? { conflict: error.conflict } : {}) },
      defined: true,
    })
  if (error instanceof Forbidden)
    return new ORPCError('FORBIDDEN', {
      data: { needs: error.needs, ...(error.fields ? { fields: [...error.fields] } : {}) },
      defined: true,
    })
  if (error instanceof BadInput)
    return new ORPCError('BAD_REQUEST', {
      data: { reason: error.reason, issues: [{ path: [...error.path], message: error.reason }] },
      defined: true,
    })
  if (error instanceof ORPCError && error.code !== 'INTERNAL_SERVER_ERROR')
    return error.code === 'BAD_REQUEST' ? withIssues(error) : error
  return null
}

/** oRPC puts zod's issues in `data.issues` with more than a page needs; the path and the message are enough. */
function withIssues(error: ORPCError<string, unknown>): ORPCError<string, unknown> {
  const data = error.data as
    | { issues?: { path?: (PropertyKey | { key: PropertyKey })[]; message: string }[]; reason?: string }
    | undefined
  const issues = (data?.issues ?? []).slice(0, 50).map(({ path, message }) => ({ path: (path ?? []).map(plain), message }))
  return new ORPCError('BAD_REQUEST', { data: { issues, ...(data?.reason ? { reason: data.reason } : {}) }, defined: true })
}

const plain = (part: PropertyKey | { key: PropertyKey }): string | number => {
  const key = typeof part === 'object' ? part.key : part
  return typeof key === 'number' ? key : String(key)
}

/** Faults of the machine that deserve a sentence of their own instead of "unexpected". */
export function causeOf(error: unknown): string | undefined {
  if (error instanceof StartRefusal) return error.reason
  const holder = error instanceof WorkerFault ? error.data : error
  const code = typeof holder === 'object' && holder !== null && 'code' in holder ? String(holder.code) : ''
  if (code.startsWith('SQLITE_FULL') || code === 'ENOSPC') return 'diskFull'
  if (code.startsWith('SQLITE_READONLY') || code === 'EROFS') return 'readOnly'
  if (code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB')) return 'corrupt'
  if (code.startsWith('SQLITE_IOERR')) return 'ioError'
  if (code.startsWith('SQLITE_BUSY')) return 'busy'
  return undefined
}
