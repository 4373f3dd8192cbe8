import { living, type Op, onOne, raw, type Scene, some } from './walkScene.ts'

const REQUESTED = `deleted_at is null and status = 'requested'`
type Billable = { orderId: never; customerId: never; profileId: never; openFen: number }
/** An order that is agreed on, of a customer with a profile. */
function billable(scene: Scene): Billable | null {
  const rows = raw(scene)
    .prepare(
      `select o.id as orderId, o.customer_id as customerId, p.id as profileId, o.total_fen as openFen from sales_order o join billing_profile p on p.customer_id = o.customer_id
        where o.deleted_at is null and o.status in ('confirmed', 'delivered') and p.deleted_at is null order by o.id, p.id`,
    )
    .all() as Billable[]
  return rows.length === 0 ? null : scene.random.pick(rows)
}
/** Who has bought something; whoever it is, as long as nobody has. */
function ownerOfOrder(scene: Scene): never {
  const bought = raw(scene)
    .prepare('select customer_id from sales_order where deleted_at is null and customer_id is not null order by id')
    .pluck()
    .all() as never[]
  return bought.length > 0 ? scene.random.pick(bought) : (some(scene, 'customer')?.id ?? ('nobody' as never))
}
const line = (scene: Scene, { orderId, openFen }: Billable) => ({
  orderId,
  amountFen: 1 + scene.random.below(Math.max(1, Math.round(openFen * 0.7))),
})

/** What people ask to be invoiced, and what becomes of it. */
export const invoiceOps: readonly Op[] = [
  [
    'billing.create',
    5,
    (scene, { client }) =>
      client.billing.create({
        customerId: ownerOfOrder(scene),
        title: `抬头${scene.random.below(99)}`,
        taxNumber: scene.random.chance(0.8) ? '91350100M000100Y43' : null,
        isDefault: scene.random.chance(0.3),
      }),
  ],
  [
    'billing.edit',
    2,
    onOne('billing_profile', living, (scene, { client }, { id, version }) =>
      client.billing.edit({ id, version, values: { bank: `${scene.random.below(9)}行`, isDefault: scene.random.chance(0.4) } }),
    ),
  ],
  ['billing.remove', 1, onOne('billing_profile', living, (_, { client }, { id }) => client.billing.remove({ id }))],
  [
    'billing.restore',
    1,
    onOne('billing_profile', 'deleted_at is not null', (_, { client }, { id }) => client.billing.restore({ id })),
  ],
  [
    'invoices.request',
    8,
    (scene, { client }) => {
      const found = billable(scene)
      if (!found) return Promise.resolve(null)
      const { customerId, profileId } = found
      return client.invoices.request({ customerId, profileId, kind: 'eGeneral', lines: [line(scene, found)] })
    },
  ],
  [
    'invoices.edit',
    3,
    onOne('invoice', REQUESTED, (scene, { client }, { id, version }) => {
      const found = billable(scene)
      const more = found && scene.random.chance(0.6) ? { lines: [line(scene, found)] } : { kind: 'eSpecial' as const }
      return client.invoices.edit({ id, version, values: { note: `${scene.random.below(9)}`, ...more } })
    }),
  ],
  [
    'invoices.issue',
    4,
    onOne('invoice', REQUESTED, (scene, { client }, { id, version }) =>
      client.invoices.issue({ id, version, officialNumber: `${scene.random.below(9999)}` }),
    ),
  ],
  [
    'invoices.post',
    2,
    onOne('invoice', `deleted_at is null and status = 'issued'`, (_, { client }, { id, version }) =>
      client.invoices.post({ id, version }),
    ),
  ],
  [
    'invoices.void',
    2,
    onOne('invoice', `deleted_at is null and status <> 'void'`, (_, { client }, { id, version }) =>
      client.invoices.void({ id, version, reason: '开错' }),
    ),
  ],
  [
    'invoices.removeMany',
    1,
    (scene, { client }) =>
      client.invoices.removeMany({ selection: { ids: [some(scene, 'invoice', REQUESTED)?.id ?? 'nobody'] } }),
  ],
]

const LIVING = `i.deleted_at is null and i.status <> 'void'`
/** What must hold of invoices whatever was done, by rule: how many rows break it. */
export const invoiceRules: Readonly<Record<string, string>> = {
  'no order is invoiced above what it comes to': `select count(*) from sales_order o where o.total_fen < coalesce((select sum(l.amount_fen) from invoice_line l join invoice i on i.id = l.invoice_id where l.order_id = o.id and ${LIVING}), 0)`,
  'an invoice comes to its lines': `select count(*) from invoice i where ${LIVING} and i.amount_fen <> coalesce((select sum(l.amount_fen) from invoice_line l where l.invoice_id = i.id), 0)`,
  'invoices stand on what is agreed, of their own customer': `select count(*) from invoice i join invoice_line l on l.invoice_id = i.id join sales_order o on o.id = l.order_id where ${LIVING} and (o.customer_id is not i.customer_id or o.deleted_at is not null or o.status not in ('confirmed', 'delivered'))`,
  'what is made out has its number': `select count(*) from invoice where status in ('issued', 'posted') and (official_number is null or issued_on is null)`,
  'a customer has one first profile at most': `select count(*) from (select 1 from billing_profile where is_default = 1 and deleted_at is null group by customer_id having count(*) > 1)`,
}
