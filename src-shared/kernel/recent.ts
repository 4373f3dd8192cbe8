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

/**
 * The same for texts that are asked again soon or never: each has one place by its length and some of its signs, and whoever comes
 * later takes it. It makes no garbage and costs next to nothing where nothing comes back.
 */
export class Lately<Value> {
  readonly #keys: (string | undefined)[]
  readonly #values: (Value | undefined)[]

  /** @param places a power of two. */
  constructor(places: number) {
    this.#keys = Array.from({ length: places })
    this.#values = Array.from({ length: places })
  }

  get(key: string): Value | undefined {
    const at = this.#placeOf(key)
    return this.#keys[at] === key ? this.#values[at] : undefined
  }

  set(key: string, value: Value): void {
    const at = this.#placeOf(key)
    this.#keys[at] = key
    this.#values[at] = value
  }

  #placeOf(key: string): number {
    let place = key.length
    for (let at = 0; at < key.length && at < 12; at++) place = (Math.imul(place, 31) + key.charCodeAt(at)) | 0
    return (place ^ (place >>> 13)) & (this.#keys.length - 1)
  }
}
