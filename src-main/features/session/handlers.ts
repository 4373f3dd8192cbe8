import { sql } from 'kysely'
import { requireGoodPassword } from '../../../src-shared/features/session/rules.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext, QueryContext, SessionDoor } from '../../kernel/context.ts'
import { NotFound } from '../../kernel/errors.ts'
import { onCommand, onQuery, onStagedCommand } from '../../kernel/pipeline.ts'
import { mayCompleteSetup } from './setupToken.ts'
import { changeOwnPassword, signIn } from './signIn.ts'
import { companyOf, currentSessionId } from './store.ts'

const OK = { ok: true } as const

export const sessionHandlers = {
  welcome: onQuery.session.welcome.handler(async ({ context }) => {
    const company = await companyOf(context.db)
    const maySetup = company === null && (await mayCompleteSetup(context.db, context.setupToken ?? null))
    return {
      company,
      needsSetup: company === null,
      maySetup,
      signedIn: context.actor.userId !== '',
      version: context.services.version,
    }
  }),

  me: onQuery.session.me.handler(({ context }) => me(context)),

  login: onStagedCommand.session.login.handler(async ({ input, context }) => {
    await signIn(context, input)
    return OK
  }),

  logout: onCommand.session.logout.handler(async ({ context }) => {
    const id = await currentSessionId(context.tx, context.door)
    await endSession(context, id === null ? null : { id, action: 'signedOut' }, context.door)
    return OK
  }),

  changePassword: onStagedCommand.session.changePassword.handler(async ({ input, context }) => {
    await changeOwnPassword(context, input, async (account) => {
      requireGoodPassword(input.next, [account.login, account.name, await companyOf(context.db)])
      if (input.next === input.current) throw new Refusal('unchanged')
    })
    return OK
  }),

  mine: onQuery.session.mine.handler(async ({ context }) => {
    const current = await currentSessionId(context.db, context.door)
    const rows = await context.db
      .selectFrom('session')
      .select(['id', 'origin', 'device', 'createdAt', 'lastSeenAt'])
      .where('userId', '=', context.actor.userId)
      .where('idleUntil', '>', context.now())
      .where('expiresAt', '>', context.now())
      .orderBy('lastSeenAt', 'desc')
      .execute()
    return rows.map((row) => ({ ...row, current: row.id === current }))
  }),

  end: onCommand.session.end.handler(async ({ input, context }) => {
    const own = await context.tx
      .selectFrom('session')
      .select('id')
      .where('id', '=', input.id)
      .where('userId', '=', context.actor.userId)
      .executeTakeFirst()
    if (!own) throw new NotFound('session', input.id)
    const current = (await currentSessionId(context.tx, context.door)) === own.id
    await endSession(context, { id: own.id, action: current ? 'signedOut' : 'sessionEnded' }, current ? context.door : null)
    return OK
  }),
}

async function endSession(
  context: CommandContext,
  session: { id: string; action: string } | null,
  door: SessionDoor | null,
): Promise<void> {
  if (session) {
    await context.tx.deleteFrom('session').where('id', '=', session.id).execute()
    context.record({ entity: 'session', id: session.id, action: session.action })
  } else context.unchanged()
  context.afterCommit(() => {
    door?.close()
    context.services.rightsChanged()
  })
}

async function me(context: QueryContext) {
  const { actor, db } = context
  // Before anything is read: a command that commits meanwhile is told once too often rather than not at all.
  const seq = context.services.lastSeq()
  const workspace = await db.selectFrom('workspace').select(['company', 'timeZone', 'sampleBatchId']).executeTakeFirst()
  const account = await db
    .selectFrom('userAccount')
    .leftJoin('credential', 'credential.userId', 'userAccount.id')
    .select(['userAccount.login', 'credential.mustChange'])
    .where('userAccount.id', '=', actor.userId)
    .executeTakeFirst()
  const { rows: roles } = await sql<{
    name: string
    builtin: string | null
  }>`select r.name, r.builtin from user_role u join role r on r.id = u.role_id where u.user_id = ${actor.userId} order by r.name`.execute(
    db,
  )
  return {
    userId: actor.userId,
    employeeId: actor.employeeId,
    name: actor.name,
    login: account?.login ?? '',
    roles,
    company: workspace?.company ?? '',
    timeZone: workspace?.timeZone ?? context.services.timeZone(),
    permissions: actor.permissions as Record<string, 'own' | 'department' | 'below' | 'all'>,
    fieldRights: { ...actor.fieldRights },
    mustChangePassword: actor.lookedBy === undefined && account?.mustChange === 1,
    lookedBy: actor.lookedBy?.name ?? null,
    hasSampleData: (workspace?.sampleBatchId ?? null) !== null,
    seq,
  }
}
