/** What other features may use of quotes. */
export { bringBack as bringBackQuote, familyOf, linesOf as linesOfQuote, purgeBeside as purgeBesideQuotes } from './store.ts'
export { quoteSubject, requireSoundQuotes } from './states.ts'
