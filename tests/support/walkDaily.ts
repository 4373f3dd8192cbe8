import { customerValues, maybeCustom } from './walkFields.ts'
import {
  gone,
  instant,
  living,
  names,
  type Op,
  onOne,
  phone,
  raw,
  type Scene,
  selection,
  some,
  tags,
  type User,
} from './walkScene.ts'

/** What a merge needs: two living customers, and sometimes a value of the one for the other. */
async function mergeTwo(scene: Scene, { client }: User): Promise<unknown> {
  const [one, other] = [some(scene, 'customer'), some(scene, 'customer')]
  if (!one || !other || one.id === other.id) return null
  const choices = ['name', 'phone', 'note'].filter(() => scene.random.chance(0.3)).map((field) => ({ field, from: other.id }))
  return client.merges.merge({ survivorId: one.id, customers: [one, other], choices })
}

const mergeSeqs = (scene: Scene): number[] =>
  raw(scene)
    .prepare("select seq from command where procedure = 'merges.merge' order by seq desc limit 20")
    .pluck()
    .all() as number[]

/** Customers and what hangs on them, tags, merges, and taking back what was done. */
export const dailyOps: readonly Op[] = [
  ['merges.merge', 4, mergeTwo],
  [
    'merges.unmerge',
    2,
    (scene, { client }) => {
      const seqs = mergeSeqs(scene)
      return seqs.length === 0 ? Promise.resolve(null) : client.merges.unmerge({ seq: scene.random.pick(seqs) })
    },
  ],
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
      const { tags: _tags, name: _name, phone: _phone, note: _note, ...values } = customerValues(scene)
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
        ...maybeCustom(scene, 'contact'),
      }),
    ),
  ],
  [
    'contacts.edit',
    6,
    onOne('contact', living, (scene, { client }, row) =>
      client.contacts.edit({
        ...row,
        values: {
          title: scene.random.pick(['经理', '采购', null]),
          isPrimary: scene.random.chance(0.5),
          ...maybeCustom(scene, 'contact'),
        },
      }),
    ),
  ],
  ['contacts.remove', 3, onOne('contact', living, (_scene, { client }, row) => client.contacts.remove({ id: row.id }))],
  ['contacts.restore', 3, onOne('contact', gone, (_scene, { client }, row) => client.contacts.restore({ id: row.id }))],
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
  ['addresses.restore', 2, onOne('address', gone, (_scene, { client }, row) => client.addresses.restore({ id: row.id }))],
  [
    'followUps.create',
    12,
    onOne('customer', living, (scene, { client }, row) =>
      client.followUps.create({
        customerId: row.id,
        kind: 'call',
        text: `谈了 ${scene.random.below(1000)}`,
        ...(scene.random.chance(0.5) ? { nextAt: instant(scene) } : {}),
        ...maybeCustom(scene, 'followUp'),
      }),
    ),
  ],
  [
    'followUps.edit',
    4,
    onOne('follow_up', living, (scene, { client }, row) =>
      client.followUps.edit({ ...row, values: { text: `改 ${scene.random.below(1000)}`, ...maybeCustom(scene, 'followUp') } }),
    ),
  ],
  ['followUps.remove', 3, onOne('follow_up', living, (_scene, { client }, row) => client.followUps.remove({ id: row.id }))],
  ['followUps.restore', 3, onOne('follow_up', gone, (_scene, { client }, row) => client.followUps.restore({ id: row.id }))],
  ['tags.create', 2, (scene, { client }) => client.tags.create({ name: `标签${scene.random.below(30)}` })],
  [
    'tags.edit',
    2,
    onOne('tag', '1 = 1', (scene, { client }, row) => client.tags.edit({ ...row, name: `改名${scene.random.below(30)}` })),
  ],
  ['tags.remove', 1, onOne('tag', '1 = 1', (_scene, { client }, row) => client.tags.remove({ id: row.id }))],
  [
    'history.undo',
    24,
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
