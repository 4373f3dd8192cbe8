import type BetterSqlite3 from 'better-sqlite3'
import type { CustomFieldRow } from '../../src-shared/kernel/custom/describe.ts'
import { entityWith } from '../../src-shared/kernel/custom/describe.ts'
import type { EntityDescriptor } from '../../src-shared/kernel/entity.ts'
import type { Entity } from '../../src-shared/kernel/procedure.ts'
import type { CommitBus } from './commitBus.ts'
import { prepared } from './journal.ts'

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

  constructor(raw: BetterSqlite3.Database, own: readonly EntityDescriptor[]) {
    this.#raw = raw
    this.#own = own
    this.map = new Map(own.map((entity) => [entity.name, entity]))
    this.refresh()
  }

  /** Begins before anybody else hears of commits: who is told of a new field asks for it at once. */
  follow(bus: CommitBus): void {
    bus.listen((commit) => {
      if (commit.entities.includes('customField')) this.refresh()
    })
  }

  /** Reads the definitions again; those of an entity whose definitions are as they were keep their object. */
  readonly refresh = (): Entities => {
    const text = prepared(
      this.#raw,
      'select json_group_array(json_array(entity, key, label, type, options, unit, precision, archived_at)) from (select * from custom_field order by entity, position, id)',
    )
      .pluck()
      .get() as string
    if (text === this.#seen) return this.map
    const before = rowsOf(this.#seen)
    const rows = rowsOf(text)
    this.#seen = text
    for (const entity of this.#own) {
      if (!entity.customizable || JSON.stringify(before.get(entity.name)) === JSON.stringify(rows.get(entity.name))) continue
      this.map.set(entity.name, entityWith(entity, rows.get(entity.name) ?? []))
    }
    return this.map
  }
}

type Told = [string, string, string, string, string, string | null, number | null, string | null]
function rowsOf(text: string): Map<string, CustomFieldRow[]> {
  const found = new Map<string, CustomFieldRow[]>()
  if (text === '') return found
  for (const [entity, key, label, type, options, unit, precision, archivedAt] of JSON.parse(text) as Told[])
    found.set(entity, [...(found.get(entity) ?? []), { key, label, type, options, unit, precision, archivedAt }])
  return found
}

/** @throws Error when the program has no such entity. */
export function entityIn({ entities }: { readonly entities: Entities }, name: Entity): EntityDescriptor {
  const entity = entities.get(name)
  if (!entity) throw new Error(`no entity ${name}`)
  return entity
}
