/** What printed documents are made of; only the pages that print load it. */
export { type Fact, PrintPage, Sheet, SheetLines, SheetTotals } from './Sheet.tsx'
