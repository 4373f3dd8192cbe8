import type { BinKind } from '../../../src-shared/features/recycle-bin/model.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import type { ChunkOutcome } from '../../kernel/records/bulk.ts'
import { freeAmong, requireStillFree } from '../../kernel/records/sound.ts'
import { loadManyForWrite, setDeleted, type StoredRow } from '../../kernel/records/write.ts'
import { bringBackContact } from '../contacts/public.ts'
import { restoreCustomers } from '../customers/public.ts'
import { bringBackFile } from '../files/public.ts'
import { bringBackFollowUp } from '../follow-ups/public.ts'
import { bringBackInvoice } from '../invoices/public.ts'
import { requireOnlyOfQuote } from '../orders/public.ts'
import { bringBackPayment } from '../payments/public.ts'
import { bringBackQuote } from '../quotes/public.ts'
import { reserve } from '../stock/public.ts'

export type PartKind = Exclude<BinKind, 'customer' | 'product'>
type Way = {
  verb: 'edit' | 'read' | 'delete'
  action: string
  bring: (context: CommandContext, row: StoredRow) => Promise<unknown>
}

const WAYS: Readonly<Record<PartKind, Way>> = {
  contact: { verb: 'edit', action: 'restoredContacts', bring: bringBackContact },
  opportunity: { verb: 'delete', action: 'restoredOpportunities', bring: bringBack('opportunity') },
  quote: { verb: 'delete', action: 'restoredQuotes', bring: (context, { id }) => bringBackQuote(context, id) },
  order: {
    verb: 'delete',
    action: 'restoredOrders',
    bring: async (context, row) => {
      await requireOnlyOfQuote(context.tx, row)
      await bringBack('order')(context, row)
      if (row['status'] === 'confirmed') await reserve(context, row.id)
    },
  },
  payment: { verb: 'read', action: 'restoredPayments', bring: bringBackPayment },
  invoice: { verb: 'read', action: 'restoredInvoices', bring: bringBackInvoice },
  lead: { verb: 'delete', action: 'restoredLeads', bring: bringBack('lead') },
  followUp: { verb: 'read', action: 'restoredFollowUps', bring: bringBackFollowUp },
  file: { verb: 'read', action: 'restoredFiles', bring: (context, { id }) => bringBackFile(context, id) },
}

function bringBack(kind: 'opportunity' | 'order' | 'lead'): Way['bring'] {
  return async (context, row) => {
    await requireStillFree(context, entityIn(context, kind), row)
    await setDeleted(context, entityIn(context, kind), row.id, false)
  }
}

/** Brings parts back one by one, each by the same rules as alone; of one alone it is said what stands in the way. */
export async function restoreParts(
  context: CommandContext,
  kind: PartKind,
  ids: readonly string[],
  { withCustomers, alone }: { withCustomers: boolean; alone: boolean },
): Promise<ChunkOutcome> {
  const way = WAYS[kind]
  const { rows, refused, settled } = await loadManyForWrite(context, entityIn(context, kind), ids, {
    verbs: [way.verb],
    deleted: true,
  })
  const customers = withCustomers ? await bringCustomers(context, rows) : 0
  const because: Record<string, number> = {}
  const back: string[] = []
  for (const row of rows) {
    const reason = await whyNot(context, kind, row, way)
    if (reason === null) back.push(row.id)
    else if (alone) throw reason
    else because[reason.reason] = (because[reason.reason] ?? 0) + 1
  }
  const [only] = back
  if (only === undefined && customers === 0) context.unchanged()
  else if (only === undefined) context.record({ entity: 'customer', id: '', action: 'restored', detail: { count: customers } })
  else {
    const one = back.length === 1
    context.record({
      entity: kind,
      id: one ? only : '',
      action: one ? 'restored' : way.action,
      detail: { count: back.length, ...(one && { customerId: rows.find(({ id }) => id === only)?.['customerId'] }) },
    })
  }
  return {
    changed: back.length,
    refused: refused + rows.length - back.length,
    unchanged: settled,
    ...(back.length < rows.length && { because }),
  }
}

async function whyNot(context: CommandContext, kind: PartKind, row: StoredRow, { bring }: Way): Promise<Refusal | null> {
  try {
    const bar = await barOf(context, kind, row)
    if (bar) throw new Refusal(bar)
    await bring(context, row)
    return null
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

async function barOf(context: CommandContext, kind: PartKind, row: StoredRow): Promise<'customerDeleted' | 'hostDeleted' | null> {
  const gone = async (table: 'customer' | 'followUp', id: unknown): Promise<boolean> =>
    typeof id === 'string' &&
    (await context.tx.selectFrom(table).select('deletedAt').where('id', '=', id).executeTakeFirst())?.deletedAt !== null
  if (await gone('customer', row['customerId'])) return 'customerDeleted'
  const host = kind === 'followUp' ? row['replyTo'] : kind === 'file' && row['entity'] === 'followUp' ? row['recordId'] : null
  return (await gone('followUp', host)) ? 'hostDeleted' : null
}

/** The customers of these rows that lie in the recycle bin themselves, where the caller may bring them back. */
async function bringCustomers(context: CommandContext, rows: readonly StoredRow[]): Promise<number> {
  const ids = [...new Set(rows.flatMap((row) => (typeof row['customerId'] === 'string' ? [row['customerId']] : [])))]
  const entity = entityIn(context, 'customer')
  const { rows: found } = await loadManyForWrite(context, entity, ids, { verbs: ['delete'], deleted: true })
  const free = await freeAmong(
    context,
    entity,
    found.filter((row) => row['mergedIntoId'] === null),
  )
  if (free.length > 0)
    await restoreCustomers(
      context,
      free.map(({ id }) => id),
    )
  return free.length
}
