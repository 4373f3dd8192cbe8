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
import type { CommandContext } from '../../kernel/context.ts'
import type { ReadDb, WriteTx } from '../../kernel/database.ts'
import { secondsAfter, secondsUntil } from './moments.ts'

type Db = ReadDb | WriteTx
export type GuardKeys = { readonly pair: string; readonly address: string }
export type TryRefusal = 'wait' | 'locked' | 'wrongPassword'

const accountPart = (login: string): string => `pair:${createHash('sha256').update(login).digest('base64url')}:`

/** Guessing is counted per account and address, and per address. Only a digest of the login is kept: people type passwords into it. */
export const guardKeys = (login: string, address: string): GuardKeys => ({
  pair: `${accountPart(login)}${address.slice(0, 100)}`,
  address: `address:${address.slice(0, 100)}`,
})

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
    .where((eb) => eb.or([eb('key', '=', keys.pair), eb('lastAt', '<', secondsAfter(context.now(), -86_400))]))
    .execute()
}
