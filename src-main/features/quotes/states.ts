import { sql } from 'kysely'
import type { QuoteContent } from '../../../src-shared/features/quotes/model.ts'
import { requireAnswerable, requireDraft, requireFilled, requireSendable } from '../../../src-shared/features/quotes/rules.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { ReadDb, WriteTx } from '../../kernel/database.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { mayAskBy } from '../../kernel/policy.ts'
import { rowsById } from '../../kernel/records/select.ts'
import type { StoredRow } from '../../kernel/records/write.ts'
import { type ApprovalSubject, handIn, type HandedIn, neededFor, seenAs } from '../approvals/public.ts'
import { put, standing, todayOf } from './row.ts'
import { linesOf, markOf, type StoredLine } from './store.ts'

const figures = (row: Readonly<Record<string, unknown>>): HandedIn['figures'] => ({
  amountFen: row['totalFen'] as number,
  discountBp: row['discountBp'] as number,
  belowCost: row['belowCost'] === 1,
})

const contentOf = (row: Readonly<Record<string, unknown>>, lines: readonly StoredLine[]): string =>
  markOf({
    validUntil: row['validUntil'] as string | null,
    discountFen: row['discountFen'] as number,
    terms: row['terms'] as string | null,
    lines,
  })

/** What calls for approval before a quote is sent, or null. */
export async function needOf(tx: ReadDb | WriteTx, row: Readonly<Record<string, unknown>>): Promise<QuoteContent['need']> {
  const called = await neededFor({ tx: tx as WriteTx }, { subject: 'quote', figures: figures(row) })
  return called ? { flowName: called.flow.name, conditions: [...called.because] } : null
}

/** Hands it in. @throws Refusal superseded | pendingApproval | notDraft | noLines | noCustomer | approvalNotNeeded */
export async function submit(context: CommandContext, row: StoredRow, note: string | null): Promise<void> {
  requireDraft(standing(row))
  const lines = await linesOf(context.tx, row.id)
  const { customerId } = standing(row)
  requireFilled({ lines: lines.length, customerId })
  const customer = await context.tx
    .selectFrom('customer')
    .select('name')
    .where('id', '=', customerId ?? '')
    .executeTakeFirst()
  const mark = contentOf(row, lines)
  const title = [row['number'], row['name']].filter(Boolean).join(' ')
  const handed = {
    subject: 'quote' as const,
    subjectId: row.id,
    title,
    customerName: customer?.name ?? null,
    mark,
    note: note || null,
  }
  const id = await handIn(context, { ...handed, figures: figures(row) })
  if (id === null) throw new Refusal('approvalNotNeeded')
  await put(context, row.id, { state: 'pending', mark })
}

/** @throws Refusal superseded | pendingApproval | alreadySent | noLines | noCustomer | expired | approvalNeeded */
export async function send(context: CommandContext, row: StoredRow): Promise<void> {
  const lines = await linesOf(context.tx, row.id)
  const need = row['state'] === 'draft' ? await needOf(context.tx, row) : null
  requireSendable({ ...standing(row), lines: lines.length }, todayOf(context), need !== null)
  await put(context, row.id, { state: 'sent', mark: contentOf(row, lines), sentAt: context.now() })
}

/** @throws Refusal superseded | notSent | expired */
export async function answer(
  context: CommandContext,
  row: StoredRow,
  said: 'accepted' | 'rejected',
  reason: string | null = null,
): Promise<void> {
  requireAnswerable(standing(row), said, todayOf(context))
  await put(context, row.id, { state: said, decidedAt: context.now(), reason: reason || null })
}

/** How quotes take part in approvals. */
export const quoteSubject: ApprovalSubject = {
  kind: 'quote',
  seen: async ({ db, actor, entities }, ids) => {
    const rows = await rowsById(db, actor, entityIn({ entities }, 'quote'), ids)
    return new Map(rows.map((row) => [String(row['id']), seenAs(row, 'number', 'name')]))
  },
  tells: ({ actor, entities }) => {
    const quote = entityIn({ entities }, 'quote')
    return {
      amount: mayAskBy(actor, quote, 'totalFen'),
      discount: mayAskBy(actor, quote, 'discountRate'),
      cost: mayAskBy(actor, entityIn({ entities }, 'product'), 'costFen'),
    }
  },
  requireStanding: async ({ tx }, id, mark) => {
    const row = await tx.selectFrom('quote').select(['mark', 'state', 'deletedAt']).where('id', '=', id).executeTakeFirst()
    if (!row || row.deletedAt !== null || row.state !== 'pending' || row.mark !== mark) throw new Refusal('subjectGone')
  },
  settled: async (context, id, outcome) => {
    const row = await context.tx.selectFrom('quote').select('state').where('id', '=', id).executeTakeFirst()
    if (row?.state !== 'pending') return
    await put(context, id, outcome === 'approved' ? { state: 'approved' } : { state: 'draft', mark: null })
  },
}

type Touched = Record<string, unknown> & { id: string; asked: number }
/**
 * After something was taken back: what was handed in or sent still says what it said then, and waits only while a request does.
 * @throws Refusal quoteSettled
 */
export async function requireSoundQuotes(context: CommandContext, seq: number): Promise<void> {
  const { rows } = await sql<Touched>`
    select q.*, exists (select 1 from approval a where a.subject = 'quote' and a.subject_id = q.id and a.status = 'pending') as asked
    from quote q where q.id in (
      select j.row_id from journal j where j.seq = ${seq} and j.tbl = 'quote'
      union select coalesce(j.before ->> 'quote_id', l.quote_id) from journal j left join quote_line l on l.id = j.row_id where j.seq = ${seq} and j.tbl = 'quote_line'
      union select coalesce(j.before ->> 'subject_id', a.subject_id) from journal j left join approval a on a.id = j.row_id where j.seq = ${seq} and j.tbl = 'approval')`.execute(
    context.tx,
  )
  for (const row of rows) {
    const said = contentOf(row, await linesOf(context.tx, row.id))
    const changed = row['state'] !== 'draft' && said !== row['mark']
    if (changed || (row['state'] === 'pending') !== (row.asked === 1)) throw new Refusal('quoteSettled')
  }
}
