import type { RuleValues } from '../../src-shared/features/pools/ruleModel.ts'
import { dateIn } from '../../src-shared/kernel/time.ts'
import type { Client } from './backend.ts'
import { living, type Op, onOne, raw, type Scene, selection, some } from './walkScene.ts'

const POOL = { note: null, hidden: [], dailyClaims: null, dailyViews: null, coolingDays: 0 }
const membersOf = ({ users, random }: Scene) =>
  users.map(({ actor }) => ({ employeeId: actor.employeeId, departmentId: null, manages: random.chance(0.3) }))

const poolValues = (scene: Scene) => ({
  ...POOL,
  name: `公海${scene.random.below(12)}`,
  hidden: scene.random.chance(0.2) ? ['customer.phone'] : [],
  members: membersOf(scene),
})
const ruleValues = (scene: Scene, poolId: never): RuleValues => ({
  poolId,
  name: `规则${scene.random.below(20)}`,
  basis: scene.random.pick(['followUp', 'deal']),
  field: null,
  days: scene.random.pick([0, 0, 30]),
  levelDays: { A: null, B: scene.random.pick([null, 0]) },
  without: { statuses: ['won'], shared: true },
  dayKind: 'calendar',
  remindDays: 0,
  enabled: scene.random.chance(0.8),
})
/** Two pools in which everybody is, so that claiming is possible from the first step. */
export async function addPools(scene: Scene, admin: Client): Promise<void> {
  for (const name of ['东区公海', '西区公海']) await admin.pools.create({ ...POOL, name, members: membersOf(scene) })
}

const somePerson = ({ random, users }: Scene): string => random.pick(users.flatMap(({ actor }) => actor.employeeId ?? []))
const inPool = 'deleted_at is null and pool_id is not null'
const inPools = (scene: Scene): never[] => {
  const found = Array.from({ length: 1 + scene.random.below(5) }, () => some(scene, 'customer', inPool)?.id)
  return [...new Set(found.filter((id) => id !== undefined))]
}

async function recycle(client: Client, id: never): Promise<unknown> {
  const rule = (await client.pools.rules({})).find((one) => one.id === id)
  if (!rule) return null
  const { id: _id, poolName: _name, enabledAt: _at, startsOn: _on, version: _version, ...values } = rule
  const { today } = await client.pools.preview(values)
  return client.pools.recycle({ id, confirm: today })
}

async function saveRule(scene: Scene, client: Client): Promise<unknown> {
  const pool = some(scene, 'pool', '1 = 1')
  if (!pool) return null
  const values = ruleValues(scene, pool.id)
  const { today, isMany } = await client.pools.preview(values)
  const old = scene.random.chance(0.5) ? some(scene, 'pool_rule', '1 = 1') : null
  return client.pools.saveRule({ ...old, values, ...(isMany && { confirm: today }) })
}

const memberOf = (scene: Scene) =>
  raw(scene)
    .prepare(
      `select record_id as "customerId", employee_id as "employeeId" from record_member where entity = 'customer' order by id limit 1 offset ?`,
    )
    .get(scene.random.below(10)) as { customerId: never; employeeId: string } | undefined
const dealMemberOf = (scene: Scene) =>
  raw(scene)
    .prepare(
      `select record_id as "opportunityId", employee_id as "employeeId" from record_member where entity = 'opportunity' order by id limit 1 offset ?`,
    )
    .get(scene.random.below(5)) as { opportunityId: never; employeeId: string } | undefined

/** Public pools with their rules and limits, and who works on a customer beside his owner. */
export const poolOps: readonly Op[] = [
  [
    'pools.release',
    6,
    (scene, { client }) => {
      const pool = some(scene, 'pool', '1 = 1')
      return pool
        ? client.pools.release({ selection: selection(scene), poolId: pool.id, reason: scene.random.pick([null, '没有意向']) })
        : Promise.resolve(null)
    },
  ],
  [
    'pools.claim',
    8,
    (scene, { client }) => {
      const ids = inPools(scene)
      return ids.length > 0 ? client.pools.claim({ ids }) : Promise.resolve(null)
    },
  ],
  [
    'pools.assign',
    5,
    (scene, { client }) => {
      const ids = inPools(scene)
      return ids.length > 0 ? client.pools.assign({ selection: { ids }, ownerId: somePerson(scene) }) : Promise.resolve(null)
    },
  ],
  ['pools.open', 2, onOne('customer', inPool, (_scene, { client }, { id }) => client.pools.open({ id }))],
  ['pools.create', 1, (scene, { client }) => client.pools.create(poolValues(scene))],
  ['pools.edit', 2, onOne('pool', '1 = 1', (scene, { client }, row) => client.pools.edit({ ...row, values: poolValues(scene) }))],
  ['pools.remove', 1, onOne('pool', '1 = 1', (_scene, { client }, { id }) => client.pools.remove({ id }))],
  ['pools.saveRule', 4, (scene, { client }) => saveRule(scene, client)],
  ['pools.removeRule', 1, onOne('pool_rule', '1 = 1', (_scene, { client }, { id }) => client.pools.removeRule({ id }))],
  ['pools.recycle', 5, onOne('pool_rule', '1 = 1', (_scene, { client }, { id }) => recycle(client, id))],
  [
    'pools.createLimit',
    1,
    (scene, { client }) =>
      client.pools.createLimit({
        employeeId: scene.random.pick([null, somePerson(scene)]),
        departmentId: null,
        most: 20 + scene.random.below(60),
        without: { statuses: ['won'] },
      }),
  ],
  [
    'pools.editLimit',
    2,
    onOne('holding_limit', '1 = 1', (scene, { client }, row) =>
      client.pools.editLimit({
        ...row,
        values: { employeeId: null, departmentId: null, most: 50 + scene.random.below(100), without: {} },
      }),
    ),
  ],
  ['pools.removeLimit', 2, onOne('holding_limit', '1 = 1', (_scene, { client }, { id }) => client.pools.removeLimit({ id }))],
  [
    'members.addToDeal',
    3,
    onOne('opportunity', living, (scene, { client }, { id }) =>
      client.members.addToDeal({
        opportunityId: id,
        employeeIds: [somePerson(scene), somePerson(scene)],
        access: scene.random.pick(['read', 'edit']),
      }),
    ),
  ],
  [
    'members.changeInDeal',
    1,
    (scene, { client }) => {
      const member = dealMemberOf(scene)
      return member ? client.members.changeInDeal({ ...member, access: 'edit' }) : Promise.resolve(null)
    },
  ],
  [
    'members.removeFromDeal',
    1,
    (scene, { client }) => {
      const member = dealMemberOf(scene)
      return member ? client.members.removeFromDeal(member) : Promise.resolve(null)
    },
  ],
  [
    'members.add',
    6,
    onOne('customer', living, (scene, { client }, { id }) =>
      client.members.add({
        customerId: id,
        employeeIds: [somePerson(scene), somePerson(scene)],
        access: scene.random.pick(['read', 'edit']),
      }),
    ),
  ],
  [
    'members.change',
    3,
    (scene, { client }) => {
      const member = memberOf(scene)
      return member ? client.members.change({ ...member, access: scene.random.pick(['read', 'edit']) }) : Promise.resolve(null)
    },
  ],
  [
    'members.remove',
    3,
    (scene, { client }) => {
      const member = memberOf(scene)
      return member ? client.members.remove(member) : Promise.resolve(null)
    },
  ],
]

export const todayOf = ({ office }: Scene): string => dateIn(office.running.clock.now(), 'Asia/Shanghai')
