import { timingSafeEqual } from 'node:crypto'
import type { Backend } from '../../kernel/context.ts'
import type { ReadDb, WriteTx } from '../../kernel/database.ts'
import { prepared } from '../../kernel/journal.ts'
import { newToken, tokenHash } from './sessions.ts'

const KEY = 'setup_token_hash'

/**
 * A new one-time token for the first run, to be carried by the address that is opened; the one before stops working. Null when
 * the workspace exists: from then on nobody becomes administrator by an address.
 */
export function issueSetupToken(backend: Backend): string | null {
  const raw = backend.database.raw
  if (prepared(raw, 'select 1 from workspace').get()) return null
  const token = newToken()
  prepared(raw, 'insert into meta (key, value) values (?, ?) on conflict (key) do update set value = excluded.value').run(
    KEY,
    tokenHash(token),
  )
  return token
}

export async function mayCompleteSetup(db: ReadDb | WriteTx, token: string | null): Promise<boolean> {
  const stored = (await db.selectFrom('meta').select('value').where('key', '=', KEY).executeTakeFirst())?.value
  if (!stored || !token) return false
  return timingSafeEqual(Buffer.from(tokenHash(token), 'hex'), Buffer.from(stored, 'hex'))
}

/** Used up: the workspace exists. */
export const burnSetupToken = (tx: WriteTx) => tx.deleteFrom('meta').where('key', '=', KEY).execute()
