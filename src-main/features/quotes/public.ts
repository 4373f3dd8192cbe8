/** What other features may use of quotes. */
export {
  bringBack as bringBackQuote,
  columnsOf as columnsOfQuote,
  familyOf,
  linesOf as linesOfQuote,
  markOf as markOfQuote,
  placed as placedQuoteLines,
  purgeBeside as purgeBesideQuotes,
} from './store.ts'
export { quoteSubject, requireSoundQuotes } from './states.ts'
