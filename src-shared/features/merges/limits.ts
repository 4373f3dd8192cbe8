/** More than a person compares at once. */
export const MERGE_AT_MOST = 5
/** How long a merge can be taken back. */
export const UNMERGE_DAYS = 30
