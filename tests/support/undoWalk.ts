import { tableDigests, wholeDigest } from '../../src-main/kernel/digest.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import type { Client } from './backend.ts'
import { type Office, openOffice, type Random, randomFrom } from './factories.ts'

/**
 * Thousands of random commands by five users, then all of them taken back, newest first, each by who gave it: before every
 * command the digest of the business was noted, and it must be that again.
 */
export type Walk = {
  commands: number
  refused: number
  byCall: Record<string, number>
  undone: number
  mismatches: string[]
  ms: number
}
type Step = { firstSeq: number; lastSeq: number; digest: string; actor: Actor; call: string }
type User = { actor: Actor; client: Client }
type Scene = { office: Office; random: Random; users: User[]; steps: Step[] }
type Op = (scene: Scene, user: User) => Promise<unknown>

const EXPECTED = new Set(['BAD_REQUEST', 'FORBIDDEN', 'NOT_FOUND', 'STALE', 'REFUSED'])
const names = ['苏州博远机械有限公司', '重庆长江贸易公司', '单雄信', '海川自动化', '杭州云杉科技', '宁波舟山物流']
const tags = ['重点', '老客户', '展会', 'VIP', '待回访']

const raw = ({ office }: Scene) => office.running.backend.database.raw
const digestOf = (scene: Scene): string => wholeDigest(tableDigests(raw(scene)))
const lastSeq = (scene: Scene): number => raw(scene).prepare('select max(seq) from command').pluck().get() as number
const journalEnd = (scene: Scene): number => raw(scene).prepare('select max(id) from journal').pluck().get() as number
const some = (scene: Scene, table: string, where = 'deleted_at is null'): { id: never; version: number } | null => {
  const rows = raw(scene).prepare(`select id, version from "${table}" where ${where} order by id`).all() as {
    id: never
    version: number
  }[]
  return rows.length === 0 ? null : scene.random.pick(rows)
}
const phone = ({ random }: Scene): string => `138${String(10_000_000 + random.below(90_000_000))}`
const instant = ({ random }: Scene): string => `2027-0${1 + random.below(9)}-1${random.below(9)}T02:00:00.000Z`

function customerValues(scene: Scene) {
  const { random, users } = scene
  const owners = [...users.flatMap(({ actor }) => actor.employeeId ?? []), null]
  return {
    ...(random.chance(0.4) ? { name: `${random.pick(names)}${random.below(100)}` } : {}),
    ...(random.chance(0.4) ? { level: random.pick(['A', 'B', 'C', null] as const) } : {}),
    ...(random.chance(0.3) ? { status: random.pick(['potential', 'active', 'won', 'lost'] as const) } : {}),
    ...(random.chance(0.3) ? { phone: phone(scene) } : {}),
    ...(random.chance(0.3) ? { city: random.pick(['苏州市', '杭州市', '']) } : {}),
    ...(random.chance(0.2) ? { note: `备注 ${random.below(1000)}\n第二行` } : {}),
    ...(random.chance(0.2) ? { ownerId: random.pick(owners) } : {}),
    ...(random.chance(0.3) ? { tags: tags.filter(() => random.chance(0.3)) } : {}),
    ...(random.chance(0.1) ? { nextFollowUpAt: random.pick([null, instant(scene)]) } : {}),
  }
}

function selection(scene: Scene, deleted = false) {
  const { random } = scene
  const ids = Array.from(
    { length: 1 + random.below(6) },
    () => some(scene, 'customer', `deleted_at is ${deleted ? 'not ' : ''}null`)?.id ?? 'nobody',
  )
  if (random.chance(0.7)) return { ids }
  const rules = [{ field: 'level', operator: '=' as const, value: random.pick(['A', 'B', 'C']) }]
  return { which: { deleted, filter: { combinator: 'and' as const, rules } }, except: ids }
}

/** An operation on one row, or nothing when there is none yet. */
const onOne =
  (table: string, where: string, work: (scene: Scene, user: User, row: { id: never; version: number }) => Promise<unknown>): Op =>
  async (scene, user) => {
    const row = some(scene, table, where)
    return row ? work(scene, user, row) : null
  }
const living = 'deleted_at is null'

const operations: readonly (readonly [string, number, Op])[] = [
  [
    'customers.create',
    10,
    (scene, { client }) => client.customers.create({ name: scene.random.pick(names), ...customerValues(scene) }),
  ],
  [
    'customers.edit',
    20,
    onOne('customer', living, (scene, { client }, row) => client.customers.edit({ ...row, values: customerValues(scene) })),
  ],
  [
    'customers.editMany',
    6,
    (scene, { client }) => {
      const { tags: _tags, name: _name, phone: _phone, city: _city, note: _note, ...values } = customerValues(scene)
      const addTags = scene.random.chance(0.4) ? [scene.random.pick(tags)] : []
      const removeTags = scene.random.chance(0.3) ? [scene.random.pick(tags)] : []
      return client.customers.editMany({ selection: selection(scene), values: { ...values, addTags, removeTags } })
    },
  ],
  ['customers.removeMany', 5, (scene, { client }) => client.customers.removeMany({ selection: selection(scene) })],
  ['customers.restoreMany', 5, (scene, { client }) => client.customers.restoreMany({ selection: selection(scene, true) })],
  [
    'contacts.create',
    10,
    onOne('customer', living, (scene, { client }, row) =>
      client.contacts.create({
        customerId: row.id,
        name: scene.random.pick(['单晓红', '解放', '仇小姐']),
        phone: phone(scene),
        isPrimary: scene.random.chance(0.5),
      }),
    ),
  ],
  [
    'contacts.edit',
    6,
    onOne('contact', living, (scene, { client }, row) =>
      client.contacts.edit({
        ...row,
        values: { title: scene.random.pick(['经理', '采购', null]), isPrimary: scene.random.chance(0.5) },
      }),
    ),
  ],
  ['contacts.remove', 3, onOne('contact', living, (_scene, { client }, row) => client.contacts.remove({ id: row.id }))],
  [
    'contacts.restore',
    3,
    onOne('contact', 'deleted_at is not null', (_scene, { client }, row) => client.contacts.restore({ id: row.id })),
  ],
  [
    'addresses.create',
    4,
    onOne('customer', living, (_scene, { client }, row) =>
      client.addresses.create({ customerId: row.id, label: '收货', detail: '1 号' }),
    ),
  ],
  [
    'addresses.edit',
    2,
    onOne('address', living, (scene, { client }, row) =>
      client.addresses.edit({ ...row, values: { detail: `${scene.random.below(99)} 号` } }),
    ),
  ],
  ['addresses.remove', 2, onOne('address', living, (_scene, { client }, row) => client.addresses.remove({ id: row.id }))],
  [
    'addresses.restore',
    2,
    onOne('address', 'deleted_at is not null', (_scene, { client }, row) => client.addresses.restore({ id: row.id })),
  ],
  [
    'followUps.create',
    12,
    onOne('customer', living, (scene, { client }, row) =>
      client.followUps.create({
        customerId: row.id,
        kind: 'call',
        text: `谈了 ${scene.random.below(1000)}`,
        ...(scene.random.chance(0.5) ? { nextAt: instant(scene) } : {}),
      }),
    ),
  ],
  [
    'followUps.edit',
    4,
    onOne('follow_up', living, (scene, { client }, row) =>
      client.followUps.edit({ ...row, values: { text: `改 ${scene.random.below(1000)}` } }),
    ),
  ],
  ['followUps.remove', 3, onOne('follow_up', living, (_scene, { client }, row) => client.followUps.remove({ id: row.id }))],
  [
    'followUps.restore',
    3,
    onOne('follow_up', 'deleted_at is not null', (_scene, { client }, row) => client.followUps.restore({ id: row.id })),
  ],
  ['tags.create', 2, (scene, { client }) => client.tags.create({ name: `标签${scene.random.below(30)}` })],
  [
    'tags.edit',
    2,
    onOne('tag', '1 = 1', (scene, { client }, row) => client.tags.edit({ ...row, name: `改名${scene.random.below(30)}` })),
  ],
  ['tags.remove', 1, onOne('tag', '1 = 1', (_scene, { client }, row) => client.tags.remove({ id: row.id }))],
  [
    'history.undo',
    14,
    (scene, { actor, client }) => {
      const own = scene.steps.slice(-60).filter((step) => step.actor.userId === actor.userId)
      return own.length === 0 ? Promise.resolve(null) : client.history.undo({ seq: scene.random.pick(own).lastSeq })
    },
  ],
  [
    'history.undoBatch',
    2,
    (scene, { actor, client }) => {
      const batch = raw(scene)
        .prepare('select batch_id from command where batch_id is not null and actor_id = ? order by seq desc limit 1')
        .pluck()
        .get(actor.userId)
      return typeof batch === 'string' ? client.history.undoBatch({ batchId: batch }) : Promise.resolve(null)
    },
  ],
]
const weights = operations.flatMap(([name, weight, run]) => Array.from({ length: weight }, () => [name, run] as const))

export async function walk(seed: number, commands: number): Promise<Walk> {
  const started = performance.now()
  const office = await openOffice()
  const users = [office.admin, office.manager, office.sales, office.colleague, office.service].map((actor) => ({
    actor,
    client: office.as(actor),
  }))
  const scene: Scene = { office, random: randomFrom(seed), users, steps: [] }
  const result: Walk = { commands: 0, refused: 0, byCall: {}, undone: 0, mismatches: [], ms: 0 }
  try {
    for (let n = 0; n < 30; n++)
      await users[n % 4]?.client.customers.create({ name: `${names[n % names.length]}${n}`, level: 'A' })
    const end = digestOf(scene)
    await forward(scene, result, commands)
    await backward(scene, result)
    if (digestOf(scene) !== end) result.mismatches.push('the end is not the beginning')
  } finally {
    await office.close()
  }
  return { ...result, ms: Math.round(performance.now() - started) }
}

async function forward(scene: Scene, result: Walk, commands: number): Promise<void> {
  let digest = digestOf(scene)
  while (result.commands < commands) {
    const [call, run] = scene.random.pick(weights)
    const user = scene.random.pick(scene.users)
    const before = lastSeq(scene)
    const rowsBefore = journalEnd(scene)
    try {
      await run(scene, user)
    } catch (error) {
      const code = (error as { code?: string }).code ?? ''
      if (!EXPECTED.has(code)) throw error
      result.refused++
    }
    const after = lastSeq(scene)
    if (after === before) {
      if (journalEnd(scene) !== rowsBefore) result.mismatches.push(`${call} changed rows without a command`)
      continue
    }
    scene.steps.push({ firstSeq: before + 1, lastSeq: after, digest, actor: user.actor, call })
    digest = digestOf(scene)
    result.commands += after - before
    result.byCall[call] = (result.byCall[call] ?? 0) + after - before
  }
}

async function backward(scene: Scene, result: Walk): Promise<void> {
  for (const step of scene.steps.toReversed()) {
    const client = scene.users.find(({ actor }) => actor === step.actor)?.client
    for (let seq = step.lastSeq; seq >= step.firstSeq; seq--) {
      const undone = await client?.history.undo({ seq })
      result.undone++
      if (undone?.kept || undone?.failed) result.mismatches.push(`${seq} ${step.call}: ${JSON.stringify(undone.details)}`)
    }
    if (digestOf(scene) !== step.digest) result.mismatches.push(`${step.firstSeq} ${step.call}: the digest differs`)
    if (result.mismatches.length > 20) return
  }
}
