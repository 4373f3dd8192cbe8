import { sessionSeconds } from '../../../src-shared/features/session/rules.ts'
import type { CommandContext, SessionDoor } from '../../kernel/context.ts'
import type { ReadDb, WriteTx } from '../../kernel/database.ts'
import { secondsAfter } from './moments.ts'
import { newToken, tokenHash } from './sessions.ts'

type Db = ReadDb | WriteTx
type Write = Pick<CommandContext, 'tx' | 'now' | 'newId'>

export type StoredAccount = {
  userId: string
  employeeId: string | null
  login: string
  name: string
  disabledAt: string | null
  leftOn: string | null
  passwordHash: string | null
}

export async function accountBy(db: Db, by: { loginKey: string } | { userId: string }): Promise<StoredAccount | undefined> {
  return db
    .selectFrom('userAccount')
    .leftJoin('employee', 'employee.id', 'userAccount.employeeId')
    .leftJoin('credential', 'credential.userId', 'userAccount.id')
    .select((eb) => [
      'userAccount.id as userId',
      'userAccount.employeeId',
      'userAccount.login',
      eb.fn.coalesce('employee.name', 'userAccount.login').as('name'),
      'userAccount.disabledAt',
      'employee.leftOn',
      'credential.passwordHash',
    ])
    .where('loginKey' in by ? 'userAccount.loginKey' : 'userAccount.id', '=', 'loginKey' in by ? by.loginKey : by.userId)
    .executeTakeFirst()
}

/** A new session in the caller's place: what he held before ends with it, so that no token known beforehand becomes valid. */
export async function openSession(context: Write, userId: string, door: SessionDoor): Promise<{ id: string; token: string }> {
  const now = context.now()
  const before = door.token()
  await context.tx
    .deleteFrom('session')
    .where((eb) =>
      eb.or([
        eb('idleUntil', '<=', now),
        eb('expiresAt', '<=', now),
        ...(before === null ? [] : [eb('tokenHash', '=', tokenHash(before))]),
      ]),
    )
    .execute()
  const token = newToken()
  const id = context.newId()
  const { idle, absolute } = sessionSeconds(door.origin)
  const values = {
    id,
    tokenHash: tokenHash(token),
    userId,
    origin: door.origin,
    device: door.device.slice(0, 200),
    createdAt: now,
    lastSeenAt: now,
  }
  await context.tx
    .insertInto('session')
    .values({ ...values, idleUntil: secondsAfter(now, idle), expiresAt: secondsAfter(now, absolute) })
    .execute()
  return { id, token }
}

/** @returns how many sessions ended. The caller tells `services.rightsChanged` after the commit. */
export async function endSessionsOf(tx: WriteTx, userId: string): Promise<number> {
  const { numDeletedRows } = await tx.deleteFrom('session').where('userId', '=', userId).executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

export async function putCredential(context: Write, userId: string, passwordHash: string, mustChange: boolean): Promise<void> {
  const values = { passwordHash, mustChange: mustChange ? 1 : 0, changedAt: context.now() }
  await context.tx
    .insertInto('credential')
    .values({ userId, ...values })
    .onConflict((conflict) => conflict.column('userId').doUpdateSet(values))
    .execute()
}

export const currentSessionId = async (db: Db, door: SessionDoor | null): Promise<string | null> => {
  const token = door?.token() ?? null
  if (token === null) return null
  return (await db.selectFrom('session').select('id').where('tokenHash', '=', tokenHash(token)).executeTakeFirst())?.id ?? null
}

export const companyOf = async (db: Db): Promise<string | null> =>
  (await db.selectFrom('workspace').select('company').executeTakeFirst())?.company ?? null
