import { insertInto } from '../../src-main/kernel/records/write.ts'
import { bySystem } from './factories.ts'
import type { Run } from './policyAsking.ts'
import { has, readsField, type World } from './policyWorld.ts'

const MANY = 4
const hung = new WeakMap<World, { levels: string[]; purchases: string[] }>()

/** Counted, not drawn: some goods that lie in a warehouse and some that are asked for. */
export async function hangStock(world: World): Promise<void> {
  const found = { levels: [] as string[], purchases: [] as string[] }
  await bySystem(world.running, async ({ tx, newId, now }) => {
    const at = now()
    const warehouseId = newId()
    const flow = await tx.selectFrom('approvalFlow').selectAll().executeTakeFirstOrThrow()
    const born = { createdAt: at, updatedAt: at }
    await insertInto(tx, 'warehouse', { id: warehouseId, name: '仓', nameKey: '仓', ...born })
    for (let n = 0; n < MANY; n++) {
      const [productId, levelId, purchaseId] = [newId(), newId(), newId()]
      await insertInto(tx, 'product', { id: productId, name: `货第${n}种`, nameSort: `货${n}`, ...born })
      await insertInto(tx, 'stock_level', { id: levelId, productId, warehouseId, onHand: 1000 + n, ...born })
      await insertInto(tx, 'purchase', { id: purchaseId, number: `购第${n}张`, warehouseId, amountFen: 100 + n, ...born })
      await insertInto(tx, 'approval', {
        id: newId(),
        subject: 'purchase',
        subjectId: purchaseId,
        flowId: flow.id,
        flowName: flow.name,
        steps: '[]',
        status: 'rejected',
        title: `购第${n}张 别家`,
        mark: '',
        startedAt: at,
        endedAt: at,
        ...born,
        summary: JSON.stringify({ amountFen: 100 + n, discountBp: 0, belowCost: false, customerName: null, conditions: [] }),
      })
      found.levels.push(levelId)
      found.purchases.push(purchaseId)
    }
  })
  hung.set(world, found)
}

/** Goods are nobody's: who may see the kind sees all of it, whoever else sees none. */
export async function checkStock({ world, person, client, checks, about }: Run): Promise<void> {
  const { levels = [], purchases = [] } = hung.get(world) ?? {}
  const kinds = [
    { kind: 'stock', all: levels, calls: client.stock, may: has(person, 'stock.read') },
    {
      kind: 'purchases',
      all: purchases,
      calls: client.purchases as unknown as typeof client.stock,
      may: has(person, 'purchases.read'),
    },
  ] as const
  for (const { kind, all, calls, may } of kinds) {
    const code = (error: { code: string }) => error.code
    const answer = await calls.list({ limit: 200 }).catch(code)
    checks.scan(world, person, kind, answer)
    const ids = typeof answer === 'string' ? answer : answer.rows.map(({ id }) => id as string).toSorted()
    checks.same(kind, ids, may ? all.toSorted() : 'FORBIDDEN', about)
    const counted = await calls.count({}).then(({ count }) => count, code)
    checks.same(`${kind} count`, counted, may ? all.length : 'FORBIDDEN', about)
    const entity = kind === 'stock' ? 'stock' : 'purchase'
    for (const id of all) {
      const told = await client.history.ofRecord({ entity, id }).then(
        () => true,
        () => false,
      )
      checks.same(`${kind} history`, told, may, `${about} ${id}`)
    }
  }
  for (const [n, id] of purchases.entries()) {
    const asked = await client.approvals.ofRecord({ subject: 'purchase', id })
    const fen = readsField(person, 'purchase.amountFen') ? 100 + n : null
    const wanted = has(person, 'purchases.read') ? [[`购第${n}张`, fen]] : []
    checks.same(
      'purchase approval',
      asked.map(({ title, summary }) => [title, summary.amountFen]),
      wanted,
      `${about} ${id}`,
    )
  }
}
