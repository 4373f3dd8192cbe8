import { todayOf } from '../../kernel/clock.ts'
import { employeeState } from '../../kernel/leaving.ts'
import type { Account } from '../../../src-shared/features/people/model.ts'
import { requireAdminLeft } from '../../../src-shared/features/people/rules.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext, StagedContext } from '../../kernel/context.ts'
import type { ReadDb, WriteTx } from '../../kernel/database.ts'
import { onCommand, onQuery, onStagedCommand } from '../../kernel/pipeline.ts'
import {
  companyOf,
  endSessionsOf,
  forgiveEverywhere,
  hashPassword,
  loginKey,
  putCredential,
  requireGoodPassword,
} from '../session/public.ts'
import { activeAdmins, readAccount, readAccounts } from './read.ts'
import { requireGivableRoles, requireSameVersion, requireUserCovered } from './sound.ts'
import { insertUser, insertUserRoles } from './write.ts'

export const accountHandlers = {
  users: onQuery.people.users.handler(({ context }) => readAccounts(context.db)),

  /** The password is a first one: its owner is asked for his own when he signs in. */
  createUser: onStagedCommand.people.createUser.handler(async ({ input, context }) => {
    const employee = await context.db.selectFrom('employee').select('name').where('id', '=', input.employeeId).executeTakeFirst()
    const passwordHash = await hashGood(context, input.password, [input.login, employee?.name])
    const { password: _, ...rest } = input
    const work = async (write: CommandContext): Promise<Account> => {
      await requireEmployable(write, input.employeeId)
      await requireFreeLogin(write.tx, input.login, null)
      await requireGivableRoles(write, input.roleIds)
      const id = await insertUser(write, { ...input, roleIds: [...new Set(input.roleIds)] })
      await putCredential(write, id, passwordHash, true)
      write.record({ entity: 'user', id, action: 'created' })
      return readAccount(write.tx, id)
    }
    return context.commit(work, { input: rest })
  }),

  editUser: onCommand.people.editUser.handler(async ({ input, context }) => {
    const row = await readAccount(context.tx, input.id)
    requireSameVersion('user', row, input.version)
    await requireUserCovered(context, row.id)
    const login = input.login?.trim() ?? row.login
    const roleIds = [...new Set(input.roleIds ?? row.roleIds)]
    const sameRoles = roleIds.length === row.roleIds.length && roleIds.every((id) => row.roleIds.includes(id))
    if (login === row.login && sameRoles) {
      context.unchanged()
      return row
    }
    if (login !== row.login) await requireFreeLogin(context.tx, login, row.id)
    if (!sameRoles) await changeRoles(context, row, roleIds)
    await touchAccount(context, row.id, { login, loginKey: loginKey(login) })
    return finish(context, row.id, 'edited')
  }),

  disableUser: onCommand.people.disableUser.handler(async ({ input, context }) => {
    const row = await readAccount(context.tx, input.id)
    await requireUserCovered(context, row.id)
    if (row.disabledAt !== null) {
      context.unchanged()
      return row
    }
    await touchAccount(context, row.id, { disabledAt: context.now() })
    requireAdminLeft(await activeAdmins(context.tx))
    await endSessionsOf(context.tx, row.id)
    return finish(context, row.id, 'disabled')
  }),

  enableUser: onCommand.people.enableUser.handler(async ({ input, context }) => {
    const row = await readAccount(context.tx, input.id)
    await requireUserCovered(context, row.id)
    if (row.disabledAt === null) {
      context.unchanged()
      return row
    }
    if (row.employeeId !== null) await requireNotLeft(context, row.employeeId)
    await touchAccount(context, row.id, { disabledAt: null })
    return finish(context, row.id, 'enabled')
  }),

  /** Ends the user's sessions, opens a locked account, and has its owner choose his own password next. */
  resetPassword: onStagedCommand.people.resetPassword.handler(async ({ input, context }) => {
    const account = await readAccount(context.db, input.id)
    const passwordHash = await hashGood(context, input.password, [account.login, account.employeeName])
    const work = async (write: CommandContext): Promise<Account> => {
      await requireUserCovered(write, input.id)
      await putCredential(write, input.id, passwordHash, true)
      await endSessionsOf(write.tx, input.id)
      await forgiveEverywhere(write.tx, loginKey(account.login))
      return finish(write, input.id, 'passwordReset')
    }
    return context.commit(work, { input: { id: input.id } })
  }),
}

async function hashGood(
  context: StagedContext,
  password: string,
  names: readonly (string | null | undefined)[],
): Promise<string> {
  requireGoodPassword(password, [...names, await companyOf(context.db)])
  return hashPassword(password)
}

async function requireEmployable(context: CommandContext, employeeId: string): Promise<void> {
  await requireNotLeft(context, employeeId)
  const taken = await context.tx.selectFrom('userAccount').select('id').where('employeeId', '=', employeeId).executeTakeFirst()
  if (taken) throw new Refusal('employeeHasUser')
}

async function requireNotLeft(context: CommandContext, employeeId: string): Promise<void> {
  const state = await employeeState(context.tx, employeeId, todayOf(context))
  if (state !== 'here') throw new Refusal(state === 'unknown' ? 'employeeUnknown' : 'employeeLeft')
}

async function requireFreeLogin(db: ReadDb | WriteTx, login: string, exceptId: string | null): Promise<void> {
  const taken = await db.selectFrom('userAccount').select('id').where('loginKey', '=', loginKey(login)).executeTakeFirst()
  if (taken && taken.id !== exceptId) throw new Refusal('loginTaken')
}

/** Only what changes is written, so that the history says which role came and which went. */
async function changeRoles(context: CommandContext, row: Account, roleIds: readonly Account['roleIds'][number][]): Promise<void> {
  await requireGivableRoles(context, roleIds)
  const gone = row.roleIds.filter((id) => !roleIds.includes(id))
  if (gone.length > 0) await context.tx.deleteFrom('userRole').where('userId', '=', row.id).where('roleId', 'in', gone).execute()
  await insertUserRoles(
    context,
    row.id,
    roleIds.filter((id) => !row.roleIds.includes(id)),
  )
  requireAdminLeft(await activeAdmins(context.tx))
}

const touchAccount = (
  context: CommandContext,
  id: string,
  values: { login?: string; loginKey?: string; disabledAt?: string | null },
) =>
  context.tx
    .updateTable('userAccount')
    .set((eb) => ({ ...values, updatedAt: context.now(), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()

function finish(context: CommandContext, id: string, action: string): Promise<Account> {
  context.record({ entity: 'user', id, action })
  context.afterCommit(context.services.rightsChanged)
  return readAccount(context.tx, id)
}
