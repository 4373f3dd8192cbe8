import { insertInto } from '../../src-main/kernel/records/write.ts'
import { addDays } from '../../src-shared/kernel/zoned.ts'
import { dateIn } from '../../src-shared/kernel/time.ts'
import { bySystem, type Office, randomFrom } from './factories.ts'
import type { Deal, Stay } from './naiveFunnel.ts'

export const ZONE = 'Asia/Shanghai'
const HOUR = 3_600_000
type Stage = { id: string; kind: 'open' | 'won' | 'lost'; pipelineId: string; rank: number | null }
export type DealsOf = {
  owners: readonly (string | null)[]
  customers: readonly (string | null)[]
  stages: readonly Stage[]
  reasons: readonly string[]
}

/** Opportunities with histories that wander: forwards, backwards, over several steps at once, through another pipeline, closed and opened again. */
export function inventDeals(seed: number, many: number, { owners, customers, stages, reasons }: DealsOf) {
  const random = randomFrom(seed)
  const start = Date.parse('2026-03-01T00:00:00.000Z')
  return Array.from({ length: many }, (_, n) => {
    let at = start + random.below(200 * 24) * HOUR + random.below(HOUR)
    const createdAt = new Date(at).toISOString()
    const visits: { stage: Stage; from: string; to: string | null }[] = []
    for (let left = 1 + random.below(6); left > 0; left--) {
      const stage = random.pick(left === 1 ? stages : stages.filter(({ kind }) => kind === 'open' || random.chance(0.2)))
      if (visits.at(-1)?.stage === stage) continue
      const from = new Date(at).toISOString()
      const before = visits.at(-1)
      if (before) before.to = from
      visits.push({ stage, from, to: null })
      at += random.below(40 * 24) * HOUR + random.below(HOUR)
    }
    const now = visits.at(-1)
    if (!now) throw new Error('an opportunity without a stage')
    const closed = now.stage.kind !== 'open'
    return {
      n,
      visits,
      createdAt,
      ownerId: random.pick(owners),
      customerId: random.pick(customers),
      source: random.pick([null, '展会', '转介绍', '']),
      amount: random.chance(0.15) ? null : random.below(5_000_000),
      state: now.stage.kind,
      stage: now.stage,
      enteredAt: now.from,
      closedOn: closed ? addDays(dateIn(now.from, ZONE), random.chance(0.2) ? 1 : 0) : null,
      expectedOn: random.chance(0.7) ? addDays('2026-08-01', random.below(150)) : null,
      reasonId: now.stage.kind === 'lost' ? (random.chance(0.9) ? random.pick(reasons) : null) : null,
      deleted: random.chance(0.05),
    }
  })
}
export type Invented = ReturnType<typeof inventDeals>[number]

/** Into the base as they are. @returns the living ones as the naive model reads them */
export function storeDeals(office: Office, deals: readonly Invented[]): Promise<(Deal & Invented)[]> {
  return bySystem(office.running, async ({ tx, newId }) => {
    const stored: (Deal & Invented)[] = []
    for (const deal of deals) {
      const id = newId()
      await insertInto(tx, 'opportunity', {
        id,
        name: `商机 ${deal.n}`,
        customerId: deal.customerId,
        ownerId: deal.ownerId,
        pipelineId: deal.stage.pipelineId,
        stageId: deal.stage.id,
        state: deal.state,
        stageEnteredAt: deal.enteredAt,
        amount: deal.amount,
        source: deal.source,
        expectedOn: deal.expectedOn,
        closedAt: deal.closedOn === null ? null : deal.enteredAt,
        closedOn: deal.closedOn,
        lostReasonId: deal.reasonId,
        createdAt: deal.createdAt,
        updatedAt: deal.enteredAt,
        deletedAt: deal.deleted ? deal.enteredAt : null,
      })
      for (const [at, { stage, from, to }] of deal.visits.entries())
        await insertInto(tx, 'opportunity_stage', {
          id: newId(),
          opportunityId: id,
          stageId: stage.id,
          fromStageId: deal.visits[at - 1]?.stage.id ?? null,
          enteredAt: from,
          leftAt: to,
          createdAt: from,
        })
      const stays = deal.visits.map(({ stage, from, to }): Stay => ({ rank: stage.rank, from, to }))
      if (!deal.deleted) stored.push({ ...deal, id, pipelineId: deal.stage.pipelineId, stays })
    }
    return stored
  })
}
