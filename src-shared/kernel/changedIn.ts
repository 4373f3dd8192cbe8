/** A field that no record has: rows that a batch (an import) wrote, told by the number of the batch. Apart from list.ts, so that the first page loads no schemas. */
export const CHANGED_IN = 'changedIn'
