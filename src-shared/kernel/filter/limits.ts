/** Groups within groups. Apart from list.ts, so that the page loads no schemas for it. */
export const FILTER_DEPTH = 12
/** Conditions in all groups together: beyond this the statement would be longer than the database takes. */
export const FILTER_RULES = 200
