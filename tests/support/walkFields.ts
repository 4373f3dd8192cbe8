import { standardLayout } from '../../src-shared/features/layouts/rules.ts'
import { CUSTOM_TYPES, type CustomType, type CustomValue } from '../../src-shared/kernel/custom/model.ts'
import type { Client } from './backend.ts'
import { instant, living, names, type Op, phone, raw, type Row, type Run, type Scene, some, tags } from './walkScene.ts'

type Entity = 'customer' | 'contact' | 'followUp'
type Field = Row & {
  key: string
  type: CustomType
  label: string
  options: { value: string; label: string; archived?: boolean }[]
}
const KINDS: readonly Entity[] = ['customer', 'contact', 'followUp']
const CHOSEN = ['甲', '乙', '丙', '丁']

export function fieldsOf(scene: Scene, entity: Entity, where = 'archived_at is null'): Field[] {
  const rows = raw(scene)
    .prepare(
      `select id, version, key, type, label, options from custom_field where entity = ? and ${where} order by position, id`,
    )
    .all(entity) as (Omit<Field, 'options'> & { options: string })[]
  return rows.map((row) => ({ ...row, options: JSON.parse(row.options) as Field['options'] }))
}
const someField = (scene: Scene, entity: Entity, where?: string): Field | null => {
  const fields = fieldsOf(scene, entity, where)
  return fields.length === 0 ? null : scene.random.pick(fields)
}
const optionsOf = ({ options }: Field): string[] => options.filter(({ archived }) => !archived).map(({ value }) => value)

const VALUES: Record<CustomType, (scene: Scene, field: Field) => CustomValue> = {
  text: ({ random }) => `文字${random.below(50)}`,
  longText: ({ random }) => `长\n${random.below(50)}`,
  number: ({ random }) => random.below(1000) / 10,
  money: ({ random }) => random.below(10_000_000),
  date: ({ random }) => `2026-0${1 + random.below(9)}-1${random.below(9)}`,
  time: ({ random }) => `1${random.below(9)}:30`,
  select: ({ random }, field) => (optionsOf(field).length > 0 ? random.pick(optionsOf(field)) : null),
  multiSelect: ({ random }, field) => optionsOf(field).filter(() => random.chance(0.4)),
  boolean: ({ random }) => random.chance(0.5),
  phone,
  email: ({ random }) => `a${random.below(50)}@firm.cn`,
  link: ({ random }) => `https://firm${random.below(50)}.cn`,
  customer: (scene) => some(scene, 'customer', living)?.id ?? null,
  formula: () => null,
}

/** Values for some of the fields that the company added. */
export const customOf = (scene: Scene, entity: Entity): Record<string, CustomValue> =>
  Object.fromEntries(
    fieldsOf(scene, entity)
      .filter(({ type }) => type !== 'formula' && scene.random.chance(0.3))
      .map((field) => [field.key, scene.random.chance(0.2) ? null : VALUES[field.type](scene, field)]),
  )
export const maybeCustom = (scene: Scene, entity: Entity) => (scene.random.chance(0.3) ? { custom: customOf(scene, entity) } : {})

export function customerValues(scene: Scene) {
  const { random, users } = scene
  const owners = [...users.flatMap(({ actor }) => actor.employeeId ?? []), null]
  return {
    ...(random.chance(0.4) ? { name: `${random.pick(names)}${random.below(100)}` } : {}),
    ...(random.chance(0.4) ? { level: random.pick(['A', 'B', 'C', null] as const) } : {}),
    ...(random.chance(0.3) ? { status: random.pick(['potential', 'active', 'won', 'lost'] as const) } : {}),
    ...(random.chance(0.3) ? { phone: phone(scene) } : {}),
    ...(random.chance(0.3) ? { city: random.pick(['苏州市', '杭州市', '']) } : {}),
    ...(random.chance(0.2) ? { industry: random.pick(['机械', '贸易', null]) } : {}),
    ...(random.chance(0.2) ? { note: `备注 ${random.below(1000)}\n第二行` } : {}),
    ...(random.chance(0.2) ? { ownerId: random.pick(owners) } : {}),
    ...(random.chance(0.3) ? { tags: tags.filter(() => random.chance(0.3)) } : {}),
    ...(random.chance(0.1) ? { nextFollowUpAt: random.pick([null, instant(scene)]) } : {}),
    ...maybeCustom(scene, 'customer'),
  }
}

/** A field of every kind for customers, two for what hangs on them, before the walk begins. */
export async function addFields(admin: Client): Promise<void> {
  for (const type of CUSTOM_TYPES.filter((one) => one !== 'formula')) await admin.fields.create(newField('customer', type, type))
  await admin.fields.create({ entity: 'customer', label: 'formula', type: 'formula', formula: '[money] * 2' })
  for (const entity of ['contact', 'followUp'] as const)
    for (const type of ['text', 'select'] as const) await admin.fields.create(newField(entity, type, type))
}
const newField = (entity: Entity, type: CustomType, label: string) => ({
  entity,
  label,
  type,
  ...(type === 'select' || type === 'multiSelect' ? { choices: CHOSEN.map((word) => ({ label: word })) } : {}),
})

type Change = (scene: Scene, client: Client, entity: Entity) => Promise<unknown>
const onFields =
  (change: Change): Run =>
  (scene, { client }) =>
    change(scene, client, scene.random.chance(0.7) ? 'customer' : scene.random.pick(KINDS))
const nothing = Promise.resolve(null)

const configure: Change = (scene, client, entity) => {
  const { random } = scene
  const field = random.chance(0.5) ? random.pick(['city', 'industry', 'phone', 'title', 'text']) : someField(scene, entity)?.key
  if (!field) return nothing
  const seen = raw(scene).prepare('select version from field_setting where entity = ? and field = ?').pluck().get(entity, field)
  const when = { combinator: 'and' as const, rules: [{ field: 'level', operator: '=' as const, value: 'A' }] }
  const values = random.chance(0.7)
    ? { help: `说明${random.below(9)}`, required: false, unique: false, requiredWhen: null, visibleWhen: null }
    : {
        unique: random.chance(0.3),
        required: random.chance(0.1),
        requiredWhen: random.pick([null, when]),
        visibleWhen: random.pick([null, when]),
      }
  return client.fields.configure({ entity, field, version: Number(seen ?? 0), values })
}

const replaceChoice: Change = (scene, client, entity) => {
  const own = fieldsOf(scene, entity).filter(({ type, options }) => type.endsWith('elect') && options.length > 0)
  if (own.length === 0) return nothing
  const field = scene.random.pick(own)
  const [from, to] = [scene.random.pick(field.options).value, scene.random.pick([null, ...optionsOf(field)])]
  return client.fields.replaceChoice({ entity, field: field.key, from, to })
}

const editField: Change = (scene, client, entity) => {
  const { random } = scene
  const field = someField(scene, entity)
  if (!field) return nothing
  const { id, version, options } = field
  const choices = options.filter(() => random.chance(0.8)).map(({ value, label }) => ({ value, label }))
  const isChosen = options.length > 0 && random.chance(0.6)
  return client.fields.edit({ id, version, ...(isChosen ? { choices } : { label: `栏目${random.below(40)}` }) })
}

const setWords: Change = (scene, client) => {
  const stored = raw(scene)
    .prepare("select version, options from field_setting where entity = 'customer' and field = 'industry'")
    .get() as { version: number; options: string } | undefined
  const before = (JSON.parse(stored?.options ?? '[]') as Field['options']).filter(({ archived }) => !archived)
  const kept = before
    .filter(() => scene.random.chance(0.8))
    .map(({ value, label }) => ({ value, label: scene.random.chance(0.3) ? `行业${scene.random.below(20)}` : label }))
  const words = [...kept, { label: scene.random.pick(['机械', '贸易', '物流', '电子']) }]
  return client.fields.setWords({ field: 'industry', version: stored?.version ?? 0, words })
}

const saveLayout: Change = (scene, client, entity) => {
  const described = scene.office.running.backend.entities.get(entity)
  const stored = raw(scene).prepare('select version from form_layout where entity = ?').pluck().get(entity)
  if (!described) return nothing
  const { groups } = standardLayout(described)
  const layout = { groups: groups.map((group) => ({ ...group, isFolded: scene.random.chance(0.5), columns: 2 as const })) }
  return client.layouts.save({ entity, version: Number(stored ?? 0), layout })
}

const saveNumbers: Change = (scene, client) => {
  const { random } = scene
  const stored = raw(scene).prepare("select version from number_rule where entity = 'customer'").pluck().get()
  return client.numbers.save({
    entity: 'customer',
    version: Number(stored ?? 0),
    pattern: random.pick(['KH-{YYYY}{MM}-{0000}', 'K{000}']),
    reset: 'never',
    start: 1 + random.below(100),
    enabled: random.chance(0.8),
  })
}

const shuffled = (scene: Scene, ids: never[]): never[] => ids.toSorted(() => scene.random.next() - 0.5)

/** What the company adds to records, and how it arranges and numbers them. */
export const fieldOps: readonly Op[] = [
  [
    'fields.create',
    2,
    onFields((scene, client, entity) => {
      const type = scene.random.pick(CUSTOM_TYPES.filter((one) => one !== 'formula'))
      return client.fields.create(newField(entity, type, `栏目${scene.random.below(40)}`))
    }),
  ],
  ['fields.edit', 3, onFields(editField)],
  ['fields.configure', 3, onFields(configure)],
  ['fields.setWords', 2, onFields(setWords)],
  ['fields.replaceChoice', 4, onFields(replaceChoice)],
  [
    'fields.addChoices',
    2,
    onFields((scene, client, entity) => {
      const field = someField(scene, entity)
      return field ? client.fields.addChoices({ id: field.id, labels: [`选项${scene.random.below(9)}`] }) : nothing
    }),
  ],
  [
    'fields.reorder',
    1,
    onFields((scene, client, entity) =>
      client.fields.reorder({
        entity,
        ids: shuffled(
          scene,
          fieldsOf(scene, entity).map(({ id }) => id),
        ),
      }),
    ),
  ],
  [
    'fields.archive',
    1,
    onFields((scene, client, entity) => {
      const field = someField(scene, entity)
      return field ? client.fields.archive({ id: field.id }) : nothing
    }),
  ],
  [
    'fields.restore',
    2,
    onFields((scene, client, entity) => {
      const field = someField(scene, entity, 'archived_at is not null')
      return field ? client.fields.restore({ id: field.id }) : nothing
    }),
  ],
  ['layouts.save', 2, onFields(saveLayout)],
  ['layouts.reset', 1, onFields((_scene, client, entity) => client.layouts.reset({ entity }))],
  ['numbers.save', 1, onFields(saveNumbers)],
  ['numbers.giveMissing', 1, onFields((_scene, client) => client.numbers.giveMissing({ entity: 'customer' }))],
]
