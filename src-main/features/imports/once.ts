import type { Entity } from '../../../src-shared/kernel/procedure.ts'
import type { Importer, Parts, RowWrite } from '../../kernel/importer.ts'
import { onceIn, onceKeys } from '../../kernel/records/sound.ts'

/** What a row brings of what may stand once, of whichever kind. */
export type Brought = (parts: Parts) => string[]

/** Null where no column goes to such a field. `mapped`: fields with a column, as `entity.field`. */
export function broughtOnce({ parts: kinds }: Pick<Importer, 'parts'>, mapped: readonly string[]): Brought | null {
  const given = kinds.filter((kind) => onceIn(kind).some(({ key }) => mapped.includes(`${kind.name}.${key}`)))
  if (given.length === 0) return null
  return (parts) => given.flatMap((kind) => (parts[kind.name as Entity] ?? []).flatMap((values) => onceKeys(kind, values)))
}

/**
 * The rows of a chunk in parts that are written one after another. New rows of a part are written before the others; so a part ends
 * where a row wants what an earlier one brings into a record that is there: who comes first in the file has it, however it is cut
 * into chunks.
 */
export function inTurn(writes: readonly RowWrite[], brought: Brought | null): RowWrite[][] {
  if (!brought || writes.every(({ mode }) => mode === 'create')) return [[...writes]]
  const parts: RowWrite[][] = [[]]
  let held = new Map<string, string>()
  for (const write of writes) {
    const keys = brought(write.parts)
    const isWanted = (key: string): boolean => held.has(key) && held.get(key) !== write.id
    if (keys.some(isWanted)) {
      parts.push([])
      held = new Map()
    }
    parts.at(-1)?.push(write)
    if (write.mode !== 'create') for (const key of keys) held.set(key, write.id)
  }
  return parts
}
