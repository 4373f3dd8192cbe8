import { type Actor, fieldRight, may } from '../../../src-shared/kernel/actor.ts'
import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { Entity } from '../../../src-shared/kernel/procedure.ts'
import type { CellProblem, Importer, Parts, Values } from '../../kernel/importer.ts'

/**
 * What follows from a row beyond its columns (the further number of a cell, the contact made for it) is held to the same rights
 * as the columns themselves: it is left out, and the row says so.
 */
export function keepWithin(importer: Importer, actor: Actor, row: { parts: Parts; problems: CellProblem[] }): void {
  let left = false
  for (const part of importer.parts) {
    const list = row.parts[part.name]
    if (!list || importer.lookedUp?.[part.name]) continue
    const needed = importer.writes[part.name as Entity]
    const isOwn = part === importer.parts[0]
    if (needed !== undefined && !may(actor, needed)) {
      delete row.parts[part.name]
      left = true
      continue
    }
    const closed = closedTo(actor, part)
    if (closed.length > 0) for (const record of list) left = dropped(record, closed, isOwn ? part.title : null) || left
    if (isOwn || allSaySomething(list, part.title)) continue
    const rest = list.filter((record) => saysSomething(record, part.title))
    if (rest.length > 0) row.parts[part.name] = rest
    else delete row.parts[part.name]
  }
  if (left) row.problems.push({ column: null, level: 'warning', code: 'notAllowed' })
}

const closedFields = new WeakMap<Actor, Map<EntityDescriptor, readonly string[]>>()

/** Asked for every row of a file. */
function closedTo(actor: Actor, part: EntityDescriptor): readonly string[] {
  let known = closedFields.get(actor)
  if (!known) closedFields.set(actor, (known = new Map()))
  let closed = known.get(part)
  if (!closed) {
    closed = part.fields.map(({ key }) => key).filter((key) => fieldRight(actor, part.name, key) !== 'write')
    known.set(part, closed)
  }
  return closed
}

function dropped(record: Values, closed: readonly string[], but: string | null): boolean {
  const gone = closed.filter((key) => key !== but && record[key] !== undefined)
  for (const key of gone) delete record[key]
  return gone.length > 0
}

const saysSomething = (record: Values, title: string): boolean => record[title] !== undefined && record[title] !== ''

/** Nearly always: nothing is made anew then. */
function allSaySomething(list: readonly Values[], title: string): boolean {
  for (const record of list) if (!saysSomething(record, title)) return false
  return list.length > 0
}
