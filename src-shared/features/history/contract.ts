import { z } from 'zod'
import { command, query } from '../../kernel/procedure.ts'
import { EntityName } from '../../kernel/procedure.ts'
import { UNDO_PART } from '../../kernel/undo.ts'
import { HistoryEntry, UndoResult } from './model.ts'

export const UNDO_REFUSALS = [
  'alreadyUndone',
  'irreversible',
  'notYours',
  'lastAdmin',
  'underItself',
  'parentUnknown',
  'categoryUnderItself',
  'beyondYours',
  'moneyUnsound',
  'decidedSince',
  'quoteSettled',
  'goodsGone',
  'stockUnsound',
  'productHasStock',
  'orderHandedIn',
  'quoteOrdered',
  'customerHolds',
  'refundSettled',
  'purchaseSettled',
] as const

export const historyContract = {
  /** What happened to one record, newest first; by today's visibility, masked like the record. */
  ofRecord: query('signed-in', [
    'command',
    'customer',
    'contact',
    'followUp',
    'address',
    'file',
    'opportunity',
    'quote',
    'lead',
    'order',
    'payment',
    'invoice',
    'billingProfile',
    'stock',
    'purchase',
  ])
    .input(
      z.strictObject({
        entity: EntityName,
        id: z.string().max(26),
        before: z.number().int().optional(),
        limit: z.number().int().min(1).max(100).default(50),
      }),
    )
    .output(z.strictObject({ entries: z.array(HistoryEntry), hasMore: z.boolean() })),
  /** The latest commands, a batch as one line with its sums: one's own, or everybody's with `history.readAll`. */
  recent: query('signed-in', ['command'])
    .input(
      z.strictObject({
        mine: z.boolean().default(true),
        before: z.number().int().optional(),
        limit: z.number().int().min(1).max(100).default(50),
      }),
    )
    .output(z.strictObject({ entries: z.array(HistoryEntry), hasMore: z.boolean() })),
  /** What is left of a batch to take back: what a question names before it is asked. */
  batch: query('signed-in', ['command'])
    .input(z.strictObject({ batchId: z.string().max(26) }))
    .output(z.strictObject({ commands: z.number().int(), rows: z.number().int(), records: z.number().int().nullable() })),
  /** Takes one command back with the caller's own rights; undoing an undo is redo. */
  undo: command('signed-in', UNDO_REFUSALS)
    .input(z.strictObject({ seq: z.number().int() }))
    .output(UndoResult),
  /** Takes back some commands of a batch, at most `most`, newest first; called again with the answer's `before` while `remaining` > 0. */
  undoBatch: command('signed-in', UNDO_REFUSALS)
    .input(
      z.strictObject({
        batchId: z.string().max(26),
        before: z.number().int().optional(),
        most: z.number().int().min(1).max(UNDO_PART).optional(),
      }),
    )
    .output(UndoResult.extend({ remaining: z.number().int(), before: z.number().int().nullable() })),
}
