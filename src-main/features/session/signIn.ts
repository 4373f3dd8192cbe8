import { hasLeft } from '../../../src-shared/kernel/leaving.ts'
import { loginKey } from '../../../src-shared/features/session/rules.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import type { SessionDoor, StagedContext } from '../../kernel/context.ts'
import { BadInput } from '../../kernel/errors.ts'
import { countFailure, forgive, type GuardKeys, guardKeys, ownGuardKeys, rememberDevice, requireMayTry } from './guard.ts'
import { decoyHash, hashInSlot, inHashSlot, isOutdated, verifyInSlot, waitingForSlot } from './hashing.ts'
import { accountBy, openSession, putCredential, type StoredAccount } from './store.ts'

/** More than this waiting for the two hash slots is a flood, not an office in the morning. */
const QUEUE_AT_MOST = 400
const BUSY_SECONDS = 5

/** A call without a way to keep a session, such as one on the command line, cannot sign in. */
export function requireDoor(door: SessionDoor | null): SessionDoor {
  if (!door) throw new BadInput('noSessionHere')
  return door
}

/**
 * The same steps in the same time for every name: look whether a try is allowed, hash, and only then say something. Nothing
 * waits inside a transaction; who is too fast is told how long to wait.
 */
export async function signIn(context: StagedContext, input: { login: string; password: string }): Promise<void> {
  const door = requireDoor(context.door)
  const key = loginKey(input.login)
  const keys = await guardKeys(context.db, key, door, context.now())
  await requireMayTry(context.db, keys, context.now())
  if (waitingForSlot() > QUEUE_AT_MOST) throw new Refusal('wait', { waitSeconds: BUSY_SECONDS })
  await inHashSlot(async () => {
    // Asked again here: of many tries sent at once, all passed the first look before one was counted.
    await requireMayTry(context.db, keys, context.now())
    const decoy = await decoyHash()
    const account = await accountBy(context.db, { loginKey: key })
    const right = await verifyInSlot(account?.passwordHash ?? decoy, input.password)
    if (!right || !account?.passwordHash) return refuse(context, keys, account)
    const rehashed = isOutdated(account.passwordHash) ? await hashInSlot(input.password) : null
    await admit(context, { door, keys, account, rehashed })
  })
}

/** Neither the password nor its digest may be stored beside the idempotency key; and a repeated login simply is another session. */
export const oneTime = (context: Pick<StagedContext, 'newId'>) => ({ input: null, part: context.newId() })

async function refuse(context: StagedContext, keys: GuardKeys, account: StoredAccount | undefined): Promise<void> {
  await context.commit(async (write) => {
    const refusal = await countFailure(write, keys)
    // What was typed as a name is not written down unless it is one: it may be a password in the wrong field.
    write.record({
      entity: 'session',
      id: account?.userId ?? '',
      action: 'signInRefused',
      detail: { login: account?.login ?? null, because: refusal.reason },
    })
    write.afterCommit(() => {
      throw refusal
    })
  }, oneTime(context))
}

async function admit(
  context: StagedContext,
  entry: { door: SessionDoor; keys: GuardKeys; account: StoredAccount; rehashed: string | null },
): Promise<void> {
  const { door, keys, account, rehashed } = entry
  const today = dateIn(context.now(), context.services.timeZone())
  const shut = account.disabledAt !== null || hasLeft(account.leftOn, today)
  const actor = {
    ...context.actor,
    userId: account.userId,
    employeeId: account.employeeId,
    name: account.name,
    origin: door.origin,
  }
  await context.commit(
    async (write) => {
      await forgive(write, keys)
      if (shut) {
        write.record({
          entity: 'session',
          id: account.userId,
          action: 'signInRefused',
          detail: { login: account.login, because: 'disabled' },
        })
        write.afterCommit(() => {
          throw new Refusal('disabled')
        })
        return
      }
      if (rehashed !== null)
        await write.tx.updateTable('credential').set({ passwordHash: rehashed }).where('userId', '=', account.userId).execute()
      const session = await openSession(write, account.userId, door)
      const keepsake = await rememberDevice(write, loginKey(account.login), door)
      write.record({ entity: 'session', id: session.id, action: 'signedIn', detail: { device: door.device } })
      write.afterCommit(() => {
        door.open(session.token)
        if (keepsake !== null) door.keepsake?.keep(keepsake)
        write.services.rightsChanged()
      })
    },
    { ...oneTime(context), actor },
  )
}

/** One's own password: the current one is asked for, guesses are counted, every session ends and the caller gets a new one. */
export async function changeOwnPassword(
  context: StagedContext,
  input: { current: string; next: string },
  check: (account: StoredAccount) => Promise<void>,
): Promise<void> {
  const door = requireDoor(context.door)
  const keys = ownGuardKeys(context.actor.userId)
  await inHashSlot(async () => {
    await requireMayTry(context.db, keys, context.now())
    const account = await accountBy(context.db, { userId: context.actor.userId })
    if (!account?.passwordHash) throw new BadInput('noSessionHere')
    if (!(await verifyInSlot(account.passwordHash, input.current))) return refuse(context, keys, account)
    await check(account)
    const passwordHash = await hashInSlot(input.next)
    await context.commit(async (write) => {
      await forgive(write, keys)
      await putCredential(write, account.userId, passwordHash, false)
      await write.tx.deleteFrom('session').where('userId', '=', account.userId).execute()
      const session = await openSession(write, account.userId, door)
      write.record({ entity: 'session', id: session.id, action: 'passwordChanged' })
      write.afterCommit(() => {
        door.open(session.token)
        write.services.rightsChanged()
      })
    }, oneTime(context))
  })
}
