import type { KeyHash } from '../../../src-shared/kernel/matching/keyNumber.ts'

const NONE = -1
const START = 1 << 12

/**
 * Which rows of a file stand under which key. A file of a million rows has six million keys: they are held as their numbers,
 * about 30 bytes a key. Two keys of one number would only bring two rows together to be compared.
 */
export class FileKeys {
  #slots = new Int32Array(START * 2).fill(NONE)
  #low = new Int32Array(START)
  #high = new Int32Array(START)
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
      this.#low = grown(this.#low)
      this.#high = grown(this.#high)
      this.#first = grown(this.#first)
      this.#more = grown(this.#more)
    }
    const at = this.#keys++
    this.#low[at] = key.low
    this.#high[at] = key.high
    this.#first[at] = row
    this.#more[at] = NONE
    this.#slots[slot] = at
    if (this.#keys * 3 > this.#slots.length * 2) this.#spread()
  }

  /** The slot in which the key stands, or the free one in which it would. */
  #slotOf({ low, high }: KeyHash): number {
    const mask = this.#slots.length - 1
    let slot = low & mask
    for (let at = this.#slots[slot] as number; at !== NONE; at = this.#slots[slot] as number) {
      if (this.#low[at] === low && this.#high[at] === high) break
      slot = (slot + 1) & mask
    }
    return slot
  }

  #spread(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(NONE)
    const mask = slots.length - 1
    for (let at = 0; at < this.#keys; at++) {
      let slot = (this.#low[at] as number) & mask
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
