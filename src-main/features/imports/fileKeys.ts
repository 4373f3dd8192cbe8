import type { RowKey } from '../../kernel/importer.ts'

const NONE = -1
const START = 1 << 12

/**
 * Which rows of a file stand under which key. A file of a million rows has six million keys: they are held as two hashes of 32 bits
 * in arrays of numbers, about 30 bytes a key. Two keys of one pair of hashes would only bring two rows together to be compared.
 */
export class FileKeys {
  #slots = new Int32Array(START * 2).fill(NONE)
  #one = new Int32Array(START)
  #two = new Int32Array(START)
  /** By key: its first row and where the list of further ones begins. */
  #first = new Int32Array(START)
  #more = new Int32Array(START)
  #keys = 0
  /** Nodes of the lists: a row and the node before it; the latest comes first. */
  #rows = new Int32Array(START)
  #before = new Int32Array(START)
  #nodes = 0

  has(key: KeyHash): boolean {
    return this.#slots[this.#slotOf(key)] !== NONE
  }

  /** The rows under a key in the order in which they came; null where there are none. */
  rowsOf(key: KeyHash): number[] | null {
    const at = this.#slots[this.#slotOf(key)] as number
    return at === NONE ? null : this.#listOf(at)
  }

  #listOf(at: number): number[] {
    const rows: number[] = []
    for (let node = this.#more[at] as number; node !== NONE; node = this.#before[node] as number)
      rows.push(this.#rows[node] as number)
    rows.push(this.#first[at] as number)
    return rows.reverse()
  }

  /** @param mayJoin asked with the rows that already stand under the key, where there are any. */
  add(key: KeyHash, row: number, mayJoin: (rows: readonly number[]) => boolean): void {
    const slot = this.#slotOf(key)
    const at = this.#slots[slot] as number
    if (at === NONE) return this.#put(slot, key, row)
    if (!mayJoin(this.#listOf(at))) return
    if (this.#nodes === this.#rows.length) {
      this.#rows = grown(this.#rows)
      this.#before = grown(this.#before)
    }
    this.#rows[this.#nodes] = row
    this.#before[this.#nodes] = this.#more[at] as number
    this.#more[at] = this.#nodes++
  }

  #put(slot: number, key: KeyHash, row: number): void {
    if (this.#keys === this.#first.length) {
      this.#one = grown(this.#one)
      this.#two = grown(this.#two)
      this.#first = grown(this.#first)
      this.#more = grown(this.#more)
    }
    const at = this.#keys++
    this.#one[at] = key.one
    this.#two[at] = key.two
    this.#first[at] = row
    this.#more[at] = NONE
    this.#slots[slot] = at
    if (this.#keys * 3 > this.#slots.length * 2) this.#spread()
  }

  /** The slot in which the key stands, or the free one in which it would. */
  #slotOf({ one, two }: KeyHash): number {
    const mask = this.#slots.length - 1
    let slot = one & mask
    for (let at = this.#slots[slot] as number; at !== NONE; at = this.#slots[slot] as number) {
      if (this.#one[at] === one && this.#two[at] === two) break
      slot = (slot + 1) & mask
    }
    return slot
  }

  #spread(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(NONE)
    const mask = slots.length - 1
    for (let at = 0; at < this.#keys; at++) {
      let slot = (this.#one[at] as number) & mask
      while (slots[slot] !== NONE) slot = (slot + 1) & mask
      slots[slot] = at
    }
    this.#slots = slots
  }
}

function grown(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length + (array.length >> 1))
  larger.set(array)
  return larger
}

export type KeyHash = { readonly one: number; readonly two: number }

/** Two independent walks over the kind and the key. */
export function hashOf({ kind, key }: RowKey): KeyHash {
  let one = seedOf(kind)
  let two = one ^ 0x9e3779b9
  for (let at = 0; at < key.length; at++) {
    const code = key.charCodeAt(at)
    one = Math.imul(one ^ code, 0x01000193)
    two = Math.imul((two << 5) ^ (two >>> 27) ^ code, 0x85ebca6b)
  }
  one ^= one >>> 15
  one = Math.imul(one, 0x2c1b3c6d)
  return { one: one ^ (one >>> 12), two: two ^ (two >>> 16) }
}

/** Kinds are few. */
const seeds = new Map<string, number>()

function seedOf(kind: string): number {
  let seed = seeds.get(kind)
  if (seed === undefined) seeds.set(kind, (seed = Math.imul(seeds.size + 1, 0x1b873593) | 0))
  return seed
}
