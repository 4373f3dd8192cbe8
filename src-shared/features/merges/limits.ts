/** More than a person compares at once. */
export const MERGE_AT_MOST = 5
/** How long a merge can be taken back. */
export const UNMERGE_DAYS = 30
/** What hangs on a customer, kind by kind: each is counted only for whoever may see the kind. */
export const HANGING = [
  'contacts',
  'followUps',
  'addresses',
  'opportunities',
  'quotes',
  'orders',
  'payments',
  'invoices',
] as const
export type Hanging = (typeof HANGING)[number]
