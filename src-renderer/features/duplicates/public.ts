export { shownValue } from './shown.ts'
/** What the frame shows of the search for duplicates on every page. */
export { SearchPill } from './SearchPill.tsx'
