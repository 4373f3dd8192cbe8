import { UNMERGE_DAYS } from '../../../src-shared/features/merges/limits.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { loadForWrite } from '../../kernel/records/write.ts'
import type { ByColumn, RowOutcome } from '../../kernel/undo.ts'
import { successorsOf } from '../customers/public.ts'
import { MONEY_TABLES, requireSoundMoney } from '../payments/public.ts'
import { absorbedIn, commandAt, hasOthers, linkColumns, rowsOfCommand, type StoredMerge } from './store.ts'

/** Columns that say one thing together. */
const TOGETHER: ByColumn['together'] = [
  ['owner_id', 'pool_id', 'pool_entered_at', 'owner_since', 'last_owner_id'],
  ['status', 'won_at'],
  ['name', 'name_sort', 'name_core'],
]
const DAY_MS = 86_400_000

export const daysLeft = (at: string, now: string): number =>
  UNMERGE_DAYS - Math.floor((Date.parse(now) - Date.parse(at)) / DAY_MS)

/** `kept`: rows of which nothing could be put back; what another merge has taken to its own place since is not one of them. */
export type TakenBackRows = { rows: RowOutcome[]; absorbed: string[]; survivorId: string; kept: number }

/**
 * Takes a merge back, or a merge that was taken back is made again (`seq` is then what took it back): column by column, because
 * people went on working with the survivor. A link counts as the merge left it also where the survivor was merged further.
 * @throws Refusal, or Forbidden when the caller may not edit the survivor or bring back the absorbed
 */
export async function reverseMerge(context: CommandContext, seq: number): Promise<TakenBackRows> {
  const { merge, forward } = await turnOf(context, seq)
  const absorbed = (await absorbedIn(context.tx, [merge.seq])).get(merge.seq) ?? []
  const survivorId = merge.survivorId ?? ''
  if (daysLeft(merge.at, context.now()) <= 0) throw new Refusal('tooLate')
  const chain = [survivorId, ...(await successorsOf(context.tx, survivorId))]
  await requireRights(context, chain.at(-1) ?? survivorId, absorbed)
  if (forward && (await hasOthers(context, absorbed, await rowsOfCommand(context, merge.seq)))) throw new Refusal('addedSince')
  const links = new Set((await linkColumns(context)).map(({ table, column }) => `${table} ${column}`))
  const rows = context.reverse(seq, () => true, {
    stands: (tbl, column, value, left) =>
      links.has(`${tbl} ${column}`) && left === survivorId && typeof value === 'string' && chain.includes(value),
    together: TOGETHER,
  })
  // What was paid since for an order that goes back would stand with somebody else.
  if (rows.some(({ tbl }) => MONEY_TABLES.has(tbl))) await requireSoundMoney(context)
  const wentOn = ({ tbl, keptColumns = [] }: RowOutcome): boolean =>
    keptColumns.length > 0 && keptColumns.every((column) => links.has(`${tbl} ${column}`))
  const kept = rows.filter((row) => row.outcome !== 'reversed' && row.id !== survivorId && !wentOn(row)).length
  return { rows, absorbed, survivorId, kept }
}

/** The merge at the bottom of a chain of taking back and doing again, and whether the next turn merges. */
async function turnOf(context: CommandContext, seq: number): Promise<{ merge: StoredMerge; forward: boolean }> {
  let command = await commandAt(context.tx, seq)
  if (command && command.isUndone === 1) throw new Refusal('alreadyUndone')
  let forward = false
  while (command && command.undoesSeq !== null) {
    command = await commandAt(context.tx, command.undoesSeq)
    forward = !forward
  }
  if (command?.procedure !== 'merges.merge') throw new Refusal('notAMerge')
  return { merge: command, forward }
}

async function requireRights(context: CommandContext, standingId: string, absorbed: readonly string[]): Promise<void> {
  const entity = entityIn(context, 'customer')
  const standing = await loadForWrite(context, entity, standingId, 'edit')
  if (standing.deletedAt !== null) throw new Refusal('survivorDeleted')
  for (const id of absorbed) await loadForWrite(context, entity, id, 'delete')
}
