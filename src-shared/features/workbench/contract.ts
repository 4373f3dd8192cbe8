import { z } from 'zod'
import { command, NO_REFUSALS, query } from '../../kernel/procedure.ts'
import { BusinessDate, Instant } from '../../kernel/time.ts'
import { RANKS, WHO } from './keys.ts'
import { BenchLayout } from './layout.ts'
import { PERIODS } from './period.ts'

const Whose = z.array(z.string().max(26)).max(500).nullable()
export const Period = z.strictObject({
  key: z.enum(PERIODS),
  from: BusinessDate.optional(),
  to: BusinessDate.optional(),
})
const Asked = z.strictObject({ whose: Whose, period: Period })

const FigureKey = z.enum(['customers', 'won', 'contacted', 'followUps', 'contacts'])
export type FigureKey = z.infer<typeof FigureKey>
/** `series`: what the days of the period brought one by one, up to today. */
const Figure = z.strictObject({
  key: FigureKey,
  value: z.number().int(),
  before: z.number().int(),
  series: z.array(z.number().int()),
})
export type Figure = z.infer<typeof Figure>
const Span = z.strictObject({ from: BusinessDate, to: BusinessDate })

/** A follow-up or a contact behind a figure, with the customer it hangs on. */
const Drilled = z.strictObject({
  id: z.string(),
  customerId: z.string(),
  customerName: z.string(),
  /** Null where the caller may not read who it was. */
  personName: z.string().nullable(),
  text: z.string(),
  at: Instant,
})
export type Drilled = z.infer<typeof Drilled>

const shows = ['customer', 'contact', 'followUp', 'employee', 'department', 'workspace'] as const

export const workbenchContract = {
  /** What one chose to see on the workbench and in which order, on whatever device. */
  layout: query('customers.read', ['favourite']).input(z.strictObject({})).output(BenchLayout),
  arrange: command('customers.read', NO_REFUSALS).input(BenchLayout).output(BenchLayout),

  /** Who can be looked at; `whose` null = everybody's and nobody's that one may see. `people`: for a choice of one's own. */
  who: query('customers.read', ['employee', 'department', 'role', 'user'])
    .input(z.strictObject({}))
    .output(
      z.strictObject({
        scopes: z.array(z.strictObject({ key: z.enum(WHO), whose: Whose })),
        people: z.array(z.strictObject({ id: z.string(), name: z.string() })),
      }),
    ),

  /** The briefing: what the period brought, against the one before. A figure of what one may not see is missing. */
  figures: query('customers.read', shows)
    .input(Asked)
    .output(z.strictObject({ now: Span, before: Span, figures: z.array(Figure) })),

  /** The rows behind 跟进次数 and 新增联系人, exactly as many as the figure says. */
  drill: query('customers.read', shows)
    .input(
      Asked.extend({
        key: z.enum(['followUps', 'contacts']),
        offset: z.number().int().min(0).max(1_000_000).default(0),
        limit: z.number().int().min(1).max(200).default(50),
      }),
    )
    .output(z.strictObject({ rows: z.array(Drilled), hasMore: z.boolean() })),

  ranking: query('customers.read', shows)
    .input(Asked.extend({ by: z.enum(RANKS), limit: z.number().int().min(1).max(50).default(8) }))
    .output(z.array(z.strictObject({ id: z.string(), name: z.string(), value: z.number().int() }))),

  /** What was said last with each of these customers, for who may read follow-ups. */
  lastWords: query('customers.read', ['followUp', 'customer'])
    .input(z.strictObject({ customerIds: z.array(z.string().max(26)).max(50) }))
    .output(z.array(z.strictObject({ customerId: z.string(), text: z.string(), kind: z.string() }))),
}
