/**
 * What is said of a row beforehand because the write is going to refuse it, by how its outcome will call it: the write judges anew, for
 * somebody may have changed what is asked, or given up the value.
 */
export const FORETOLD: Readonly<Record<string, string>> = {
  requiredMissing: 'requiredMissing',
  uniqueTaken: 'uniqueTaken',
  uniqueRepeated: 'uniqueTaken',
  notACustomer: 'notACustomer',
  poolOwned: 'poolOwned',
  poolElsewhere: 'poolElsewhere',
  poolDenied: 'poolDenied',
  poolGone: 'poolGone',
}
export const isForetold = (code: string): boolean => code in FORETOLD
