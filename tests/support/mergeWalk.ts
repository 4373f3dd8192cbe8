import { tableDigests, wholeDigest } from '../../src-main/kernel/digest.ts'
import { findField, isCustomKey } from '../../src-shared/kernel/entity.ts'
import { customerEntity } from '../../src-shared/features/customers/entity.ts'
import { isChosen } from '../../src-shared/features/merges/rules.ts'
import type { Client } from './backend.ts'
import { type Office, openOffice, type Random, randomFrom } from './factories.ts'

/** Random customers with children, random merges of them with random choices, each taken back at once: the business is as it was. */
export type MergeWalk = { pairs: number; moved: number; joined: number; mismatches: string[]; ms: number }
type Scene = { office: Office; client: Client; random: Random; ids: string[] }

const names = ['苏州博远机械有限公司', '苏州博远机械', '重庆长江贸易公司', '海川自动化', '杭州云杉科技', '宁波舟山物流']
const people = ['单晓红', '解放', '仇小姐']
const tags = ['重点', '老客户', '展会', 'VIP', '待回访']
const CUSTOMERS = 40

const raw = ({ office }: Scene) => office.running.backend.database.raw
const digestOf = (scene: Scene): string => wholeDigest(tableDigests(raw(scene)))
const phone = ({ random }: Scene): string => `1380000${String(1000 + random.below(20))}`

async function addCustomer(scene: Scene, n: number): Promise<void> {
  const { client, random } = scene
  const some = <T>(share: number, value: () => T): T | null => (random.chance(share) ? value() : null)
  const customer = await client.customers.create({
    name: `${random.pick(names)}${n}`,
    level: some(0.6, () => random.pick(['A', 'B', 'C'] as const)),
    phone: some(0.7, () => phone(scene)),
    phone2: some(0.2, () => phone(scene)),
    email: some(0.4, () => `a${random.below(50)}@firm.cn`),
    city: some(0.5, () => random.pick(['苏州市', '杭州市'])),
    note: some(0.4, () => `备注 ${random.below(100)}`),
    ownerId: some(0.8, () => random.pick([scene.office.sales, scene.office.colleague]).employeeId ?? null),
    tags: tags.filter(() => random.chance(0.3)),
  })
  scene.ids.push(customer.id)
  const contacts: string[] = []
  for (let k = random.below(4); k > 0; k--) {
    const contact = await client.contacts.create({
      customerId: customer.id,
      name: random.pick(people),
      phone: `1390000000${random.below(2)}`,
      isPrimary: random.chance(0.5),
    })
    contacts.push(contact.id)
    if (random.chance(0.15)) await client.contacts.remove({ id: contact.id })
  }
  for (let k = random.below(4); k > 0; k--) {
    const contactId = contacts.length > 0 && random.chance(0.5) ? random.pick(contacts) : null
    const followUp = await client.followUps
      .create({ customerId: customer.id, kind: 'call', text: `谈了 ${n}`, ...(contactId && { contactId: contactId as never }) })
      .catch(() => null)
    if (followUp && random.chance(0.1)) await client.followUps.remove({ id: followUp.id })
  }
  if (random.chance(0.4)) await client.addresses.create({ customerId: customer.id, label: '收货', detail: `${n} 号` })
}

const keys = customerEntity.fields.filter((field) => isChosen(field) && !isCustomKey(field.key)).map(({ key }) => key)

async function mergeOnce(scene: Scene, result: MergeWalk): Promise<void> {
  const { client, random } = scene
  const chosen = new Set<string>()
  const many = random.chance(0.15) ? 3 + random.below(3) : 2
  while (chosen.size < many) chosen.add(random.pick(scene.ids))
  const ids = [...chosen] as never[]
  const look = await client.merges.look({ ids })
  const survivorId = random.pick(ids)
  const joins = look.contacts
    .filter(({ keepId }, index) => look.contacts.findIndex((one) => one.keepId === keepId || one.dropId === keepId) === index)
    .filter(({ dropId }, index, all) => all.findIndex((one) => one.keepId === dropId || one.dropId === dropId) === index)
    .filter(() => random.chance(0.5))
    .map(({ keepId, dropId }) => ({ keepId, dropId }))
  const choices = keys
    .filter((key) => random.chance(0.3) && findField(customerEntity, key))
    .map((field) => ({ field, from: random.pick(ids) }))
  await client.merges.merge({
    survivorId,
    customers: look.sides.map(({ customer }) => ({ id: customer.id, version: customer.version })),
    choices,
    ...(random.chance(0.4) && { notes: ids }),
    joins,
  })
  result.joined += joins.length
}

export async function mergeWalk(seed: number, pairs: number): Promise<MergeWalk> {
  const started = performance.now()
  const office = await openOffice()
  const scene: Scene = { office, client: office.as(office.admin), random: randomFrom(seed), ids: [] }
  const result: MergeWalk = { pairs: 0, moved: 0, joined: 0, mismatches: [], ms: 0 }
  try {
    for (let n = 0; n < CUSTOMERS; n++) await addCustomer(scene, n)
    const before = digestOf(scene)
    while (result.pairs < pairs) {
      await mergeOnce(scene, result)
      const seq = raw(scene).prepare('select max(seq) from command').pluck().get() as number
      const after = digestOf(scene)
      if (after === before) result.mismatches.push(`${seq}: the merge changed nothing`)
      const { reversed, kept, keptFields } = await scene.client.merges.unmerge({ seq })
      result.moved += reversed
      if (kept > 0 || keptFields.length > 0) result.mismatches.push(`${seq}: kept ${kept} ${keptFields.join()}`)
      if (digestOf(scene) !== before) result.mismatches.push(`${seq}: the digest differs`)
      result.pairs++
      if (result.mismatches.length > 5) break
    }
  } finally {
    await office.close()
  }
  return { ...result, ms: Math.round(performance.now() - started) }
}
