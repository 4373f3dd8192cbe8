type Values = Readonly<Record<string, unknown>>

/**
 * What a change of owner or status leaves behind on the customer: since when he is whose, who had him before, when he was won. Who
 * gets an owner leaves his pool. For every way an owner changes: form, bulk, import, hand-over, claim.
 */
export function carriedBy(stored: Values | null, values: Values, now: string): Record<string, unknown> {
  const owner = values['ownerId']
  const before = stored?.['ownerId'] ?? null
  const moved = owner !== undefined && owner !== before
  const won = values['status'] === 'won' && stored?.['status'] !== 'won'
  return {
    ...(moved ? { ownerSince: owner === null ? null : now } : {}),
    ...(moved && before !== null ? { lastOwnerId: before } : {}),
    ...(moved && owner !== null && stored?.['poolId'] ? { poolId: null, poolEnteredAt: null } : {}),
    ...(won ? { wonAt: now } : {}),
  }
}
