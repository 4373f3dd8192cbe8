/** Apart from the contract, so that the page does not load what only checks calls. */

/** Whose work is looked at, from narrow to wide; only those that the rights reach, and each only once. */
export const WHO = ['own', 'reports', 'department', 'below', 'all'] as const
export type WhoKey = (typeof WHO)[number]

export const RANKS = ['followUps', 'customers'] as const
