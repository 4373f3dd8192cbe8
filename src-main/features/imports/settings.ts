import { hasLeft } from '../../../src-shared/kernel/leaving.ts'
import type BetterSqlite3 from 'better-sqlite3'
import { sql } from 'kysely'
import type { ImportableEntity, ImportColumn, ImportOptions } from '../../../src-shared/features/imports/model.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { cleanName } from '../../../src-shared/kernel/cleaning/text.ts'
import { sortKey } from '../../../src-shared/kernel/pinyin/pinyin.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import { systemNow } from '../../kernel/clock.ts'
import type { ReadDb } from '../../kernel/database.ts'
import { prepared } from '../../kernel/journal.ts'
import { rowsFor } from '../../kernel/policy.ts'
import type { CleanSettings, MappedColumn, People } from './clean.ts'
import { poolsByName } from './holderCells.ts'
import { entityIn, type Entities } from '../../kernel/livingEntities.ts'
import { namesIn } from './namedCells.ts'
import { importerIn } from './registry.ts'

export type StoredColumn = {
  index: number
  header: string
  target: ImportColumn['target']
  confidence: number
  because: ImportColumn['because']
}
/** The columns of a file and where they go, as kept with the import; samples and notes are as of the last look. */
export type StoredMapping = {
  headerRow: number
  groupsRow: number | null
  remembered: boolean
  /** Absent in what was laid before it was asked. */
  looksLike?: ImportableEntity | null
  dataRows: number
  columns: ImportColumn[]
  preview: { row: number; cells: string[] }[]
}

/** What cleaning asks of the data folder: colleagues by name, the zone, the area code of local numbers. */
export function cleanSettings(
  { raw, db, entities }: { readonly raw: BetterSqlite3.Database; readonly db: ReadDb; readonly entities: Entities },
  given: {
    actor: Actor
    entity: ImportableEntity
    mapping: { columns: readonly StoredColumn[] }
    options: ImportOptions
    now?: string
  },
): CleanSettings {
  const workspace = prepared(raw, 'select time_zone as zone, phone_area as areaCode from workspace').get() as
    | { zone: string; areaCode: string | null }
    | undefined
  const columns: MappedColumn[] = given.mapping.columns.flatMap(({ index, header, target }) =>
    target ? [{ index, header, target }] : [],
  )
  const zone = workspace?.zone ?? 'Asia/Shanghai'
  const importer = importerIn(entities, given.entity)
  const today = dateIn(given.now ?? systemNow(), zone)
  return {
    importer,
    columns,
    options: given.options,
    people: peopleOf(raw, today),
    pools: poolsByName(prepared(raw, 'select id, name from pool').all() as { id: string; name: string }[]),
    zone,
    today,
    areaCode: workspace?.areaCode ?? null,
    customersNamed: (name) => customersNamed({ raw, db, entities }, given.actor, name),
    names: namesIn(raw, importer.named ?? {}),
  }
}

/** Customers of exactly this name that the importing user sees; two at most, since two do not say which. */
function customersNamed(
  { raw, db, entities }: { readonly raw: BetterSqlite3.Database; readonly db: ReadDb; readonly entities: Entities },
  actor: Actor,
  name: string,
): readonly string[] {
  const found = sql`select t.id from customer t where t.name_sort = ${sortKey(name)} and t.name = ${name} and t.deleted_at is null
    and ${rowsFor(actor, entityIn({ entities }, 'customer'), 't')} limit 2`.compile(db)
  return prepared(raw, found.sql)
    .pluck()
    .all(...found.parameters) as string[]
}

/** Two colleagues of one name: the name alone does not say who, so neither is guessed. */
function peopleOf(raw: BetterSqlite3.Database, today: string): People {
  const rows = prepared(
    raw,
    'select e.id, e.name, e.left_on as leftOn, u.id as userId from employee e left join user_account u on u.employee_id = e.id',
  ).all() as {
    id: string
    name: string
    leftOn: string | null
    userId: string | null
  }[]
  const idByName = new Map<string, string>()
  const twice = new Set<string>()
  const left = rows.filter(({ leftOn }) => hasLeft(leftOn, today))
  const here = rows.filter(({ leftOn }) => !hasLeft(leftOn, today))
  for (const { id, name } of [...left, ...here]) {
    const key = cleanName(name)
    if (here.filter((other) => cleanName(other.name) === key).length > 1) twice.add(key)
    idByName.set(key, id)
  }
  for (const name of twice) idByName.delete(name)
  return {
    idByName,
    left: new Set(left.map(({ id }) => id)),
    userOf: new Map(rows.flatMap(({ id, userId }) => (userId === null ? [] : [[id, userId]]))),
  }
}
