import { todayOf } from '../../kernel/clock.ts'
import { hereCalled } from '../../kernel/leaving.ts'
import { cleanName } from '../../../src-shared/kernel/cleaning/text.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { RowWrite, Values } from '../../kernel/importer.ts'
import { makeEmployee } from './employees.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const personOf = ({ parts }: RowWrite): Values => parts.employee?.[0] ?? {}
const keyOf = (path: string): string => cleanName(path).toLowerCase()

/**
 * The managers that a list names and nobody has noted yet: each is made, without an account, and heads the department of his people. Where
 * one department has several of them, each heads a team of his own below it, called after him, and his people are there.
 */
export class Heads {
  readonly #byPath = new Map<string, { path: string; names: Set<string> }>()

  constructor(rows: readonly RowWrite[]) {
    for (const write of rows) {
      const { path, manager, name } = saidBy(write)
      if (path === '' || manager === '' || manager === name) continue
      const there = this.#byPath.get(keyOf(path)) ?? { path, names: new Set<string>() }
      there.names.add(manager)
      this.#byPath.set(keyOf(path), there)
    }
  }

  /** Where the person of a row belongs. */
  pathFor(write: RowWrite): string {
    const { path, manager } = saidBy(write)
    return this.#teamOf(path, manager)
  }

  #teamOf(path: string, manager: string): string {
    const names = this.#byPath.get(keyOf(path))?.names
    return names !== undefined && names.size > 1 && names.has(manager) ? `${path}/${manager}` : path
  }

  /** @param at the department of a path, made where it is missing. */
  async settle(context: CommandContext, at: (path: string) => Promise<string>): Promise<void> {
    for (const { path, names } of this.#byPath.values())
      for (const name of names) {
        const departmentId = await at(this.#teamOf(path, name))
        const headId = await this.#head(context, name, departmentId)
        if (headId !== null) await heads(context, departmentId, headId)
      }
  }

  /** Null where two are called so: neither is guessed. */
  async #head(context: CommandContext, name: string, departmentId: string): Promise<string | null> {
    const there = await hereCalled(context.tx, name, todayOf(context))
    const [only, ...others] = there
    if (only) return others.length === 0 ? only : null
    return makeEmployee(context, { name, departmentId })
  }
}

const saidBy = (write: RowWrite): Record<'path' | 'manager' | 'name', string> => {
  const person = personOf(write)
  return {
    path: text(person['departmentPath']),
    manager: cleanName(text(person['managerName'])),
    name: cleanName(text(person['name'])),
  }
}

/** A department that has a head keeps him. */
async function heads(context: CommandContext, departmentId: string, managerId: string): Promise<void> {
  const { numUpdatedRows } = await context.tx
    .updateTable('department')
    .set((eb) => ({ managerId, updatedAt: context.now(), version: eb('version', '+', 1) }))
    .where('id', '=', departmentId)
    .where('managerId', 'is', null)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows > 0n) context.afterCommit(context.services.rightsChanged)
}
