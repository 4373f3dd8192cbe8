import { AUTHOR_SAID } from '../../../src-shared/features/follow-ups/authorSaid.ts'
import { cleanName, cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import { poolNameKey } from '../pools/public.ts'
import { type Into, problem, type Slot } from './cellInto.ts'

/** A colleague by his name, or by whom the name was put to. */
export function personOf(into: Into, slot: Slot, name: string): string | null {
  const { importer, options, people } = into.settings
  const key = `${slot.entity}.${slot.field.key}`
  const chosen = options.values[key]?.[name]
  if (chosen === null) return null
  const id = chosen ?? people.idByName.get(name)
  const mustBeHere = importer.presentPeople.includes(key)
  if (id === undefined) {
    problem(into, slot.column, mustBeHere ? 'error' : 'warning', 'person.unknown', name)
    return null
  }
  if (mustBeHere && people.left.has(id)) {
    problem(into, slot.column, 'error', 'person.left', name)
    return null
  }
  if (slot.field.reference !== 'user') return id
  const user = people.userOf.get(id)
  if (user === undefined) problem(into, slot.column, 'warning', 'person.noAccount', name)
  return user ?? null
}

/** Who said it is told even where the file names somebody who is no colleague here. */
export function keepAuthor(into: Into, { at, column }: Slot): void {
  const said = into.parts.followUp?.[at]
  if (!said || said['authorId'] !== undefined) return
  const written = cleanName(into.shown[column] ?? '')
  if (written !== '') said[AUTHOR_SAID] = written
}

/** A pool by its name, or the one that the name was put to, as long as that is there. */
export function poolOf(into: Into, slot: Slot, name: string): string | null {
  const { options, pools } = into.settings
  const chosen = options.values[`${slot.entity}.${slot.field.key}`]?.[name]
  if (chosen === null) return null
  const id = chosen === undefined ? poolByName(pools, name) : pools.ids.has(chosen) ? chosen : undefined
  if (id === undefined) problem(into, slot.column, 'error', 'pool.unknown', name)
  return id ?? null
}

/** Pools by their names; of two that differ by no more than blanks neither is guessed. */
export type Pools = { readonly idByName: ReadonlyMap<string, string>; readonly ids: ReadonlySet<string> }

export function poolsByName(rows: readonly { id: string; name: string }[]): Pools {
  const byName = Map.groupBy(rows, ({ name }) => poolNameKey(cleanText(name)))
  const sole = [...byName].flatMap(([key, [one, ...others]]) => (one && others.length === 0 ? [[key, one.id] as const] : []))
  return { idByName: new Map(sole), ids: new Set(rows.map(({ id }) => id)) }
}

export const poolByName = ({ idByName }: Pools, name: string): string | undefined => idByName.get(poolNameKey(cleanText(name)))

/** Who has an owner lies in no pool: a row that says both says one thing too many. */
export function keepOneHolder(into: Into, { entity, field, at, column }: Slot): void {
  const record = into.parts[entity]?.[at]
  const owner = into.settings.importer.parts.find(({ name }) => name === entity)?.ownerKey
  if (record?.[field.key] !== undefined && owner !== undefined && record[owner] !== undefined)
    problem(into, column, 'error', 'pool.owned')
}
