import { unitsOf } from '../../kernel/documents/units.ts'

/** A level beyond this could no longer be counted exactly. */
export const MOST_UNITS = 9_000_000_000_000_000

/** What orders ask of a place in the order in which they asked. Units. */
export type Waiting = { readonly orderId: string; readonly wanted: number }

/** What of a level is kept for orders: no more than there is. Units. */
export const reservedOf = (onHand: number, demand: number): number => Math.max(0, Math.min(onHand, demand))

/** What each order is kept of a level: who asked first is served first. @returns units by order */
export function keptFor(onHand: number, queue: readonly Waiting[]): Map<string, number> {
  const kept = new Map<string, number>()
  let left = Math.max(0, onHand)
  for (const { orderId, wanted } of queue) {
    const part = Math.min(left, wanted)
    kept.set(orderId, (kept.get(orderId) ?? 0) + part)
    left -= part
  }
  return kept
}

/** What may leave a level: for an order what is kept for it and what is kept for nobody, for anything else only the latter. Units. */
export function takeable(onHand: number, queue: readonly Waiting[], orderId: string | null): number {
  const demand = queue.reduce((sum, { wanted }) => sum + wanted, 0)
  const free = Math.max(0, onHand - demand)
  return free + (orderId === null ? 0 : (keptFor(onHand, queue).get(orderId) ?? 0))
}

type Line = { readonly productId: string | null; readonly quantity: string }
/** What lines come to by product, in units; what comes to nothing is left out. Lines without a product say nothing of stock. */
export function byProduct(lines: readonly Line[]): Map<string, number> {
  const found = new Map<string, number>()
  for (const { productId, quantity } of lines)
    if (productId !== null) found.set(productId, (found.get(productId) ?? 0) + unitsOf(quantity))
  return new Map([...found].filter(([, units]) => units !== 0))
}
