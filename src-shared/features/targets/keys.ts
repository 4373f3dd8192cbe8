/** Apart from the model, so that pages do not load what only checks calls. */

/** What counts towards a target: opportunities won, orders agreed on by their day of signing, money received less what was given back. */
export const TARGET_KINDS = ['won', 'contract', 'received'] as const
export type TargetKind = (typeof TARGET_KINDS)[number]

/** The rights that one needs beside that to targets to see what was reached. */
export const KIND_RIGHTS = {
  won: ['opportunities.read'],
  contract: ['orders.read'],
  received: ['orders.read', 'payments.read'],
} as const
