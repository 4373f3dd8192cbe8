import type { Exclusions, Holding, MyPool } from './model.ts'

/** So many are claimed at once; a daily cap is rarely more. */
export const CLAIM_AT_MOST = 500

type Counted = { readonly level?: unknown; readonly status?: unknown }

/**
 * Whether a customer does not count for a limit.
 * @param without whom the limit leaves out, by level and by status
 */
export const isWithout = ({ levels = [], statuses = [] }: Exclusions, { level, status }: Counted): boolean =>
  (levels as readonly unknown[]).includes(level) || (statuses as readonly unknown[]).includes(status)

type ClaimBar = { readonly reason: 'dailyClaims' | 'holdingFull'; readonly detail: Record<string, number> }

/**
 * Why somebody can claim a customer of a pool no more for now, said before he tries; null while he can.
 * @param holding what he holds; absent until it is known, and then it bars nothing
 * @param customer null: any of several, of whom some may not count
 */
export function claimBar(
  { dailyClaims, claimedToday }: Pick<MyPool, 'dailyClaims' | 'claimedToday'>,
  holding: Holding | undefined,
  customer: Counted | null,
): ClaimBar | null {
  if (dailyClaims !== null && claimedToday >= dailyClaims)
    return { reason: 'dailyClaims', detail: { used: claimedToday, most: dailyClaims } }
  if (!holding || holding.most === null || holding.held < holding.most) return null
  const { levels = [], statuses = [] } = holding.without
  if (customer ? isWithout(holding.without, customer) : levels.length + statuses.length > 0) return null
  return { reason: 'holdingFull', detail: { held: holding.held, most: holding.most } }
}
