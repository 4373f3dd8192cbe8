/** What somebody leaves beside customers: each kind goes to one colleague as a whole, or to nobody. */
export const OTHER_KINDS = [
  'opportunities',
  'quotes',
  'orders',
  'leads',
  'departments',
  'reports',
  'teams',
  'pools',
  'views',
] as const
export type OtherKind = (typeof OTHER_KINDS)[number]
/** All that can be handed over, as notices and sentences name it. */
export const GIVEN_KINDS = ['customers', ...OTHER_KINDS] as const
export type GivenKind = (typeof GIVEN_KINDS)[number]
export type Given = Partial<Record<GivenKind, number>>
