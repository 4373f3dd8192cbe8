import type BetterSqlite3 from 'better-sqlite3'
import type { CustomFieldRow, FieldSettingRow } from '../../src-shared/kernel/custom/describe.ts'
import type { Env } from '../../src-shared/kernel/custom/formula/program.ts'
import { entityWith } from '../../src-shared/kernel/custom/describe.ts'
import type { EntityDescriptor, Related } from '../../src-shared/kernel/entity.ts'
import type { CustomValue, StoredChoice } from '../../src-shared/kernel/custom/model.ts'
import type { Filter } from '../../src-shared/kernel/list.ts'
import type { Entity } from '../../src-shared/kernel/procedure.ts'
import { dateIn } from '../../src-shared/kernel/time.ts'
import type { CommitBus } from './commitBus.ts'
import { systemNow } from './clock.ts'
import { setFormulaEnv } from './dialect/formulaFunction.ts'
import { prepared } from './journal.ts'
import { rulesIn, rulesText, withPoolDue } from './poolDue.ts'

/** What changes how entities are described: fields of the company, recycle rules, the zone of its days. */
const DESCRIBING: ReadonlySet<Entity> = new Set(['customField', 'poolRule', 'workspace'])

type Given = { now?: () => string; connections?: readonly BetterSqlite3.Database[] }
export type Entities = ReadonlyMap<Entity, EntityDescriptor>

/**
 * The entities as this workspace has them: the program's own fields, and those that the company added. One object for as long as
 * nothing changes, so that whatever is worked out per descriptor is worked out once.
 */
export class LivingEntities {
  readonly map: Map<Entity, EntityDescriptor>
  readonly #own: readonly EntityDescriptor[]
  readonly #raw: BetterSqlite3.Database
  #seen = ''
  #zone = 'UTC'
  #rules = ''

  /** What formulas take for today here. */
  readonly env: Env

  constructor(raw: BetterSqlite3.Database, own: readonly EntityDescriptor[], given: Given = {}) {
    const { now = systemNow, connections = [raw] } = given
    this.#raw = raw
    this.#own = own
    // Each program has its own: what an entity is related to is looked up beside it.
    this.map = new Map(own.map((entity) => [entity.name, entity.related ? { ...entity } : entity]))
    for (const entity of this.map.values()) among.set(entity, this.map)
    const day = { minute: '', zone: '', date: '' }
    const zone = (): string => this.#zone
    this.env = {
      zone,
      today: () => {
        const minute = now().slice(0, 16)
        if (minute !== day.minute || day.zone !== zone())
          Object.assign(day, { minute, zone: zone(), date: dateIn(`${minute}:00.000Z`, zone()) })
        return day.date
      },
    }
    // Numbers of every kind are given by the day of the company.
    for (const entity of this.map.values()) envs.set(entity, this.env)
    // Formulas on these connections are worked out as here.
    for (const connection of connections) setFormulaEnv(connection, this.env)
    this.refresh()
  }

  /** Begins before anybody else hears of commits: who is told of a new field asks for it at once. */
  follow(bus: CommitBus): void {
    bus.listen((commit) => {
      if (commit.entities.some((entity) => DESCRIBING.has(entity))) this.refresh()
    })
  }

  /** Reads the definitions again; those of an entity whose definitions are as they were keep their object. */
  readonly refresh = (): Entities => {
    const text = prepared(this.#raw, DEFINITIONS).pluck().get() as string
    const rules = rulesText(this.#raw)
    if (text === this.#seen && rules === this.#rules) return this.map
    const before = definitionsOf(this.#seen)
    const now = definitionsOf(text)
    const ruled = rules !== this.#rules
    const { rules: due, minutes } = rulesIn(rules)
    this.#seen = text
    this.#rules = rules
    this.#zone = now.zone
    for (const entity of this.#own) {
      const isSame = JSON.stringify(before.of(entity.name)) === JSON.stringify(now.of(entity.name))
      if (!entity.customizable || (isSame && !(entity.pooled && ruled))) continue
      const { fields, settings } = now.of(entity.name)
      const own = { ...entityWith(entity, fields, settings) }
      const living = entity.pooled ? { ...withPoolDue(own, due, minutes) } : own
      among.set(living, this.map)
      envs.set(living, this.env)
      this.map.set(entity.name, living)
    }
    return this.map
  }
}

const envs = new WeakMap<EntityDescriptor, Env>()
const UTC: Env = { today: () => systemNow().slice(0, 10), zone: () => 'UTC' }
/** What the formulas and rules of an entity take for today. */
export const envOf = (entity: EntityDescriptor): Env => envs.get(entity) ?? UTC

const DEFINITIONS = `select json_array(
  (select time_zone from workspace),
  (select json_group_array(json_array(entity, key, label, type, options, unit, precision, formula, archived_at)) from (select * from custom_field order by entity, position, id)),
  (select json_group_array(json_array(entity, field, required, required_when, visible_when, is_unique, default_value, help, options)) from (select * from field_setting order by entity, field)))`

type ToldField = [string, string, string, string, string, string | null, number | null, string | null, string | null]
type ToldSetting = [string, string, number, string | null, string | null, number, string | null, string | null, string]
type Definitions = { fields: CustomFieldRow[]; settings: FieldSettingRow[] }

function definitionsOf(text: string): { zone: string; of: (entity: string) => Definitions } {
  const found = new Map<string, Definitions>()
  const of = (entity: string): Definitions => {
    const known = found.get(entity) ?? { fields: [], settings: [] }
    found.set(entity, known)
    return known
  }
  if (text === '') return { zone: 'UTC', of }
  const [zone, fields, settings] = JSON.parse(text) as [string | null, string, string]
  for (const [entity, key, label, type, options, unit, precision, formula, archivedAt] of JSON.parse(fields) as ToldField[])
    of(entity).fields.push({ key, label, type, options, unit, precision, formula, archivedAt })
  for (const [entity, field, required, requiredWhen, visibleWhen, unique, value, help, options] of JSON.parse(
    settings,
  ) as ToldSetting[])
    of(entity).settings.push({
      field,
      setting: {
        required: required === 1,
        requiredWhen: parsed<Filter>(requiredWhen),
        visibleWhen: parsed<Filter>(visibleWhen),
        unique: unique === 1,
        defaultValue: parsed<CustomValue>(value),
        help,
      },
      options: JSON.parse(options) as StoredChoice[],
    })
  return { zone: zone ?? 'Asia/Shanghai', of }
}
const parsed = <T>(text: string | null): T | null => (text === null ? null : (JSON.parse(text) as T))

/** @throws Error when the program has no such entity. */
export function entityIn({ entities }: { readonly entities: Entities }, name: Entity): EntityDescriptor {
  const entity = entities.get(name)
  if (!entity) throw new Error(`no entity ${name}`)
  return entity
}

const among = new WeakMap<EntityDescriptor, Entities>()
/** The kind of record that conditions on related records are about, with the fields that the company gave it. */
export function relatedEntity(entity: EntityDescriptor, { entity: name }: Related): EntityDescriptor {
  const found = among.get(entity)?.get(name)
  if (!found) throw new Error(`${entity.name} was not loaded with ${name}`)
  return found
}
