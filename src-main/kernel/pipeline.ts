import {
  implement,
  type Implementer,
  type ImplementerInternalWithMiddlewares,
  type MergedCurrentContext,
  type MergedInitialContext,
  type MiddlewareResult,
  ORPCError,
} from '@orpc/server'
import type { Actor, Origin } from '../../src-shared/kernel/actor.ts'
import { may } from '../../src-shared/kernel/actor.ts'
import { contract } from '../../src-shared/contract.ts'
import { SEQ_HEADER } from '../../src-shared/kernel/headers.ts'
import type { ProcedureMeta } from '../../src-shared/kernel/procedure.ts'
import { answeredBefore, type CommandCall, runCommand } from './commands.ts'
import { withFingerprints } from './fingerprint.ts'
import type { CommandContext, CommitOptions, QueryContext, RequestContext, StagedContext } from './context.ts'
import { idFrom } from './ids.ts'
import { asReply, BadInput, causeOf } from './errors.ts'

/**
 * Only for assembling the router: one built with onQuery or onCommand would run their steps twice.
 * Input is validated before any middleware, so a bad one never opens a transaction.
 */
export const root: Implementer<
  typeof contract,
  MergedInitialContext<RequestContext, RequestContext, RequestContext>,
  RequestContext
> = implement(contract, { initialInputValidationIndex: Number.NEGATIVE_INFINITY }).$context<RequestContext>()

/** What leaves of a failure, whichever road the call came by. */
export function replyTo(
  error: unknown,
  { log }: Pick<RequestContext['backend'], 'log'>,
  path: readonly string[],
): ORPCError<string, unknown> {
  const reply = asReply(error)
  if (reply) return reply
  const cause = causeOf(error)
  return new ORPCError('INTERNAL_SERVER_ERROR', {
    data: { incident: log.fault(error, path.join('.')), ...(cause ? { cause } : {}) },
    defined: true,
  })
}

const replyWithErrors = root.middleware(async ({ context, next, path }) => {
  try {
    return await next()
  } catch (error) {
    throw replyTo(error, context.backend, path)
  }
})

/** Said in words: the whole contract in one inferred type is longer than the compiler writes down. */
type EntryPoint<Given extends object> = ImplementerInternalWithMiddlewares<
  typeof contract,
  MergedInitialContext<RequestContext, RequestContext, RequestContext>,
  MergedCurrentContext<RequestContext, Given>
>

/** Entry point for every read: `onQuery.<feature>.<name>.handler(...)`. */
export const onQuery: EntryPoint<QueryContext> = root.use(async ({ context, next, procedure, path }) => {
  try {
    const actor = admit(context, metaOf(procedure), 'query')
    return await next({ context: queryContext(context, actor) satisfies QueryContext })
  } catch (error) {
    throw replyTo(error, context.backend, path)
  }
})

/** Entry point for every write that is one transaction. */
export const onCommand: EntryPoint<CommandContext> = root
  .use(replyWithErrors)
  .use(async ({ context, next, procedure, path }, input, output) => {
    const meta = metaOf(procedure)
    const actor = admit(context, meta, 'command')
    const key = requireKey(context, meta)
    const reply = await runCommand(
      context.backend,
      { procedure: path.join('.'), actor, key, input, irreversible: irreversibleOf(meta), told: tellSeq(context, meta) },
      async (command) => {
        const result = await next({ context: command satisfies CommandContext })
        return result.output
      },
    )
    // A repeated key answers without calling on, so the context is only promised by the type.
    return output(reply) as unknown as MiddlewareResult<CommandContext, typeof reply>
  })

/** Entry point for writes that hash, read files or go chunk by chunk: the slow work stays outside the transactions it commits. */
export const onStagedCommand: EntryPoint<StagedContext> = root
  .use(replyWithErrors)
  .use(async ({ context, next, procedure, path }, given, output) => {
    const meta = metaOf(procedure)
    const actor = admit(context, meta, 'command')
    const key = requireKey(context, meta)
    const input = await withFingerprints(given)
    const whole = { procedure: path.join('.'), actor, key, input, options: { part: ANSWER } }
    // Before the handler: what it checks was changed by the first call.
    const before = answeredBefore(context.backend, whole)
    if (before) return output(before.reply) as unknown as MiddlewareResult<StagedContext, unknown>
    let part = 0
    let hidesInput = false
    const commit = <Output>(work: (command: CommandContext) => Promise<Output>, options: CommitOptions = {}): Promise<Output> => {
      part++
      hidesInput ||= 'input' in options
      const call = {
        procedure: path.join('.'),
        actor: options.actor ?? actor,
        key,
        input: 'input' in options ? options.input : input,
        irreversible: options.irreversible ?? irreversibleOf(meta),
        told: tellSeq(context, meta),
        options: { ...options, part: options.part ?? String(part) },
      }
      return runCommand(context.backend, call, work)
    }
    const staged: StagedContext = {
      ...queryContext(context, actor),
      newId: context.backend.newId,
      door: context.door,
      setupToken: context.setupToken ?? null,
      batchId: key === null ? context.backend.newId() : batchOf(actor, key),
      answered: <Output>(name: string) => {
        const before = answeredBefore(context.backend, { procedure: path.join('.'), actor, key, input, options: { part: name } })
        return before ? (before.reply as Output) : null
      },
      commit,
    }
    const result = await next({ context: staged })
    // An input that holds a password leaves no trace, not even a hash: such calls repeat their one part.
    if (key !== null && actor.userId !== '' && !hidesInput) await rememberAnswer(context.backend, whole, result.output)
    return result as MiddlewareResult<StagedContext, unknown>
  })

/** The number of all that one call under this key writes. */
export const batchOf = ({ userId }: Pick<Actor, 'userId'>, key: string): string => idFrom(`${userId} ${key}`)

/** The part under which the answer of a whole staged call is kept. */
const ANSWER = 'answer'

function rememberAnswer(backend: RequestContext['backend'], call: CommandCall, answer: unknown): Promise<unknown> {
  return runCommand(backend, call, (command) => {
    command.unchanged()
    return Promise.resolve(answer)
  })
}

/** Who called can take back exactly this command, whatever else is written meanwhile; 0 when there is nothing to take back. */
const tellSeq =
  (context: RequestContext, meta: ProcedureMeta) =>
  (seq: number | null): void =>
    context.tell?.(SEQ_HEADER, String(irreversibleOf(meta) === undefined ? (seq ?? 0) : 0))

const queryContext = (context: RequestContext, actor: Actor): QueryContext => ({
  db: context.backend.database.read,
  actor,
  now: context.backend.now,
  entities: context.backend.entities,
  scan: context.backend.workers.run,
  services: context.backend.services,
  door: context.door,
})

const metaOf = (procedure: { '~orpc': { meta: unknown } }): ProcedureMeta => procedure['~orpc'].meta as ProcedureMeta
const irreversibleOf = (meta: ProcedureMeta): string | undefined => (meta.kind === 'command' ? meta.irreversible : undefined)

/** A call without a declared permission does not start; `anyone` acts without a name. */
export function admit(context: Pick<RequestContext, 'actor' | 'door'>, meta: ProcedureMeta, kind: ProcedureMeta['kind']): Actor {
  if (meta.kind !== kind) throw new Error(`a ${meta.kind} was implemented with the ${kind} pipeline`)
  if (meta.needs === 'anyone') return context.actor ?? nobody(context.door?.origin ?? 'system')
  if (!context.actor) throw new ORPCError('UNAUTHORIZED', { data: { reason: 'signedOut' }, defined: true })
  if (context.actor.mustChangePassword && !meta.givenPassword)
    throw new ORPCError('FORBIDDEN', { data: { needs: 'own-password', reason: 'mustChangePassword' }, defined: true })
  const { lookedBy } = context.actor
  if (lookedBy && meta.kind === 'command') return standingIn(context.actor, lookedBy, meta)
  if (meta.needs !== 'signed-in' && !may(context.actor, meta.needs))
    throw new ORPCError('FORBIDDEN', { data: { needs: meta.needs }, defined: true })
  return context.actor
}

/** Who looks as somebody else writes nothing but that he stops, and that in his own name. @throws Forbidden */
function standingIn(actor: Actor, { userId, name }: NonNullable<Actor['lookedBy']>, meta: ProcedureMeta): Actor {
  if (meta.kind !== 'command' || !meta.whileLooking)
    throw new ORPCError('FORBIDDEN', { data: { needs: meta.needs, reason: 'lookingAs' }, defined: true })
  return { ...nobody(actor.origin), userId, name }
}

/** A command over a wire carries a key, so that a retry after a cut answers as the first time instead of writing twice. */
function requireKey(context: RequestContext, meta: ProcedureMeta): string | null {
  const key = context.idempotencyKey ?? context.headerOf?.('idempotency-key') ?? null
  if (key === null && context.actor?.origin !== 'job' && context.actor?.origin !== 'system' && meta.needs !== 'anyone')
    throw new BadInput('idempotencyKeyMissing', ['idempotency-key'])
  if (key !== null && !/^[\w-]{8,64}$/.test(key)) throw new BadInput('idempotencyKeyMalformed', ['idempotency-key'])
  return key
}

export const nobody = (origin: Origin): Actor => ({
  userId: '',
  employeeId: null,
  name: '',
  origin,
  permissions: {},
  fieldRights: {},
  owners: { own: [], department: [], below: [] },
})
