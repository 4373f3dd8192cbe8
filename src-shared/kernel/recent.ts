/** A memory that cannot grow: at least the latest `most` entries and at most twice as many, those asked for again among them. */
export class Recent<Key, Value extends NonNullable<unknown>> {
  #now = new Map<Key, Value>()
  #before: Map<Key, Value> = new Map()
  readonly #most: number

  constructor(most: number) {
    this.#most = most
  }

  get(key: Key): Value | undefined {
    const value = this.#now.get(key)
    if (value !== undefined) return value
    const older = this.#before.get(key)
    if (older !== undefined) this.set(key, older)
    return older
  }

  set(key: Key, value: Value): void {
    if (this.#now.size >= this.#most) {
      this.#before = this.#now
      this.#now = new Map()
    }
    this.#now.set(key, value)
  }
}
