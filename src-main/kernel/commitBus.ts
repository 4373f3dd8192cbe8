import type { Entity } from '../../src-shared/kernel/procedure.ts'

export type TouchedRecord = {
  entity: Entity
  id: string
  /** Who owned the record before, when the row itself changed: the former owner must learn that it left him. */
  ownersBefore: readonly (string | null)[]
  /** Likewise the pools it lay in, and who was its collaborator until now. */
  poolsBefore: readonly string[]
  membersBefore: readonly string[]
  customerId: string | null
}
/** What one commit touched; `records` null when there are too many to name; `told`: the employees who have a new notice. */
export type Commit = {
  seq: number
  entities: readonly Entity[]
  records: readonly TouchedRecord[] | null
  told?: readonly string[]
}
type Listener = (commit: Commit) => void

/** Tells listeners of commits, in order, after the fact. Events announce; they do not steer. */
export class CommitBus {
  readonly #listeners = new Set<Listener>()

  publish(commit: Commit): void {
    for (const listener of this.#listeners) listener(commit)
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
