import type { Backend } from '../../src-main/kernel/context.ts'

/** What must hold of stock whatever was done; each fault is told by its rule and how many rows break it. */
export function stockFaults(raw: Backend['database']['raw']): string[] {
  const rules: Readonly<Record<string, string>> = {
    'a level is the sum of its moves': `select count(*) from stock_level l where l.on_hand <> coalesce((select sum(units) from stock_move m where m.level_id = l.id), 0)`,
    'demand is the sum of reservations': `select count(*) from stock_level l where l.demand <> coalesce((select sum(wanted) from stock_reservation r where r.level_id = l.id), 0)`,
    'nothing falls below nothing without a right and a reason': `select count(*) from stock_level l where l.on_hand < 0
      and not exists (select 1 from stock_move m where m.level_id = l.id and m.forced = 1 and length(m.reason) > 0)`,
    'what is reserved is there': `select count(*) from stock_level where reserved > max(on_hand, 0) or reserved > demand or available <> on_hand - reserved`,
    'only open orders ask for anything': `select count(*) from stock_reservation r join sales_order o on o.id = r.order_id where o.status <> 'confirmed' or o.deleted_at is not null`,
    'only what is delivered has left': `select count(*) from sales_order o where o.status <> 'delivered' and exists (
      select 1 from stock_move m where m.order_id = o.id group by m.level_id having sum(m.units) <> 0)`,
    'no more arrives than was ordered': `select count(*) from purchase_line where received < 0 or received > units`,
    'purchases sum their lines': `select count(*) from purchase p where p.ordered <> coalesce((select sum(units) from purchase_line l where l.purchase_id = p.id), 0)
      or p.received <> coalesce((select sum(received) from purchase_line l where l.purchase_id = p.id), 0)`,
    'nothing arrives that nobody agreed to': `select count(*) from purchase where received > 0 and stage not in ('approved', 'cancelled')`,
    'what waits for approval is asked about': `select count(*) from purchase p where (p.stage = 'pending') <> exists (
      select 1 from approval a where a.subject = 'purchase' and a.subject_id = p.id and a.status = 'pending')`,
  }
  return Object.entries(rules).flatMap(([rule, text]) => {
    const n = raw.prepare(text).pluck().get() as number
    return n === 0 ? [] : [`${rule}: ${n}`]
  })
}
