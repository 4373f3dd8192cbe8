import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import {
  ADDRESS_TRIES,
  ADDRESS_WINDOW_SECONDS,
  LOCK_SECONDS,
  TRIES,
  waitAfter,
} from '../../../src-shared/features/session/rules.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext, SessionDoor } from '../../kernel/context.ts'
import type { ReadDb, WriteTx } from '../../kernel/database.ts'
import { secondsAfter, secondsUntil } from './moments.ts'
import { newToken, tokenHash } from './sessions.ts'

type Db = ReadDb | WriteTx
/** A device on which an account has not signed in for so long is a stranger again. */
const KNOWN_SECONDS = 90 * 86_400
export type GuardKeys = { readonly pair: string; readonly address: string }
export type TryRefusal = 'wait' | 'locked' | 'wrongPassword'

const accountPart = (login: string): string => `pair:${createHash('sha256').update(login).digest('base64url')}:`

const keysOf = (login: string, from: string): GuardKeys => ({
  pair: `${accountPart(login)}${from.slice(0, 100)}`,
  address: `address:${from.slice(0, 100)}`,
})
const knownKey = (login: string, keepsake: string): string => `known:${accountPart(login)}${tokenHash(keepsake)}`
const keepsakeOf = (door: SessionDoor): string | null => door.keepsake?.token() ?? null

/**
 * Guessing is counted per account and address, and per address; on a device where this account has signed in before, per device,
 * so that nobody else at the address can lock it out. Only a digest of the login is kept: people type passwords into it.
 */
export async function guardKeys(db: Db, login: string, door: SessionDoor, now: string): Promise<GuardKeys> {
  const keepsake = keepsakeOf(door)
  if (keepsake === null) return keysOf(login, door.address)
  const row = await db
    .selectFrom('loginGuard')
    .select('key')
    .where('key', '=', knownKey(login, keepsake))
    .where('lastAt', '>', secondsAfter(now, -KNOWN_SECONDS))
    .executeTakeFirst()
  return keysOf(login, row ? `device ${tokenHash(keepsake)}` : door.address)
}

/** Of whoever is signed in already, only his own tries count. */
export const ownGuardKeys = (userId: string): GuardKeys => keysOf(`change ${userId}`, `user ${userId}`)

/** Remembers that the account signs in on this device. @returns what the device is to keep, or null where it has no need of it. */
export async function rememberDevice(
  context: Pick<CommandContext, 'tx' | 'now'>,
  login: string,
  door: SessionDoor,
): Promise<string | null> {
  if (!door.keepsake) return null
  const keepsake = keepsakeOf(door) ?? newToken()
  await put(context.tx, { key: knownKey(login, keepsake), failures: 0, lastAt: context.now(), lockedUntil: null })
  return keepsake
}

async function failuresOf(
  db: Db,
  key: string,
  since: string,
): Promise<{ failures: number; lastAt: string; lockedUntil: string | null }> {
  const row = await db
    .selectFrom('loginGuard')
    .select(['failures', 'lastAt', 'lockedUntil'])
    .where('key', '=', key)
    .executeTakeFirst()
  return row && row.lastAt > since ? row : { failures: 0, lastAt: since, lockedUntil: null }
}

/** @throws Refusal `locked` or `wait` with `waitSeconds`; a try that is turned away here is not counted. */
export async function requireMayTry(db: Db, keys: GuardKeys, now: string): Promise<void> {
  const pair = await failuresOf(db, keys.pair, secondsAfter(now, -LOCK_SECONDS))
  if (pair.lockedUntil !== null && pair.lockedUntil > now)
    throw new Refusal<TryRefusal>('locked', { waitSeconds: secondsUntil(now, pair.lockedUntil) })
  const next = secondsAfter(pair.lastAt, waitAfter(pair.failures))
  if (pair.failures > 0 && pair.lockedUntil === null && next > now)
    throw new Refusal<TryRefusal>('wait', { waitSeconds: secondsUntil(now, next) })
  // The row of an address keeps the start of its ten minutes in `last_at`.
  const address = await failuresOf(db, keys.address, secondsAfter(now, -ADDRESS_WINDOW_SECONDS))
  if (address.failures >= ADDRESS_TRIES)
    throw new Refusal<TryRefusal>('wait', {
      waitSeconds: secondsUntil(now, secondsAfter(address.lastAt, ADDRESS_WINDOW_SECONDS)),
    })
}

/** Counts one wrong try. @returns what to tell: how many are left, or that there are none. */
export async function countFailure(context: Pick<CommandContext, 'tx' | 'now'>, keys: GuardKeys): Promise<Refusal<TryRefusal>> {
  const now = context.now()
  const pair = await failuresOf(context.tx, keys.pair, secondsAfter(now, -LOCK_SECONDS))
  // A lock that has run out starts the count anew.
  const failures = (pair.lockedUntil === null ? pair.failures : 0) + 1
  const lockedUntil = failures >= TRIES ? secondsAfter(now, LOCK_SECONDS) : null
  await put(context.tx, { key: keys.pair, failures, lastAt: now, lockedUntil })
  const address = await failuresOf(context.tx, keys.address, secondsAfter(now, -ADDRESS_WINDOW_SECONDS))
  await put(context.tx, {
    key: keys.address,
    failures: address.failures + 1,
    lastAt: address.failures === 0 ? now : address.lastAt,
    lockedUntil: null,
  })
  if (lockedUntil !== null) return new Refusal('locked', { waitSeconds: LOCK_SECONDS })
  return new Refusal('wrongPassword', { triesLeft: TRIES - failures, waitSeconds: waitAfter(failures) })
}

const put = (tx: WriteTx, row: { key: string; failures: number; lastAt: string; lockedUntil: string | null }) =>
  tx
    .insertInto('loginGuard')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet({ failures: row.failures, lastAt: row.lastAt, lockedUntil: row.lockedUntil }),
    )
    .execute()

/** A new password from the administrator opens the account again, wherever it was locked. */
export async function forgiveEverywhere(tx: WriteTx, login: string): Promise<void> {
  const part = accountPart(login)
  await sql`delete from login_guard where substr(key, 1, ${part.length}) = ${part}`.execute(tx)
}

/** The right password forgives the account's own tries, not those of the address; what is long past is swept out. */
export async function forgive(context: Pick<CommandContext, 'tx' | 'now'>, keys: GuardKeys): Promise<void> {
  await context.tx
    .deleteFrom('loginGuard')
    .where((eb) =>
      eb.or([
        eb('key', '=', keys.pair),
        eb('lastAt', '<', secondsAfter(context.now(), -KNOWN_SECONDS)),
        eb.and([eb('lastAt', '<', secondsAfter(context.now(), -86_400)), eb('key', 'not like', 'known:%')]),
      ]),
    )
    .execute()
}
