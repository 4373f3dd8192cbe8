/** More rows than any program's sheet has; beyond it a row number is damage. */
export const MAX_ROW = 100_000_000

/** Sees to it that no two rows of a sheet carry one number: in damaged or carelessly written files they may. */
export class RowNumbers {
  private seen = new Uint32Array(64)
  private last = 0

  /** The row's own number, or the next free one where it is taken. */
  take(number: number): number {
    const free = number <= this.last && this.has(number) ? this.last + 1 : number
    const word = free >>> 5
    if (word >= this.seen.length) {
      const larger = new Uint32Array(Math.max(word + 1, this.seen.length * 2))
      larger.set(this.seen)
      this.seen = larger
    }
    this.seen[word] = (this.seen[word] as number) | (1 << (free & 31))
    if (free > this.last) this.last = free
    return free
  }

  private has(number: number): boolean {
    return ((this.seen[number >>> 5] ?? 0) & (1 << (number & 31))) !== 0
  }
}
