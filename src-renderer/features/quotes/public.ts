/** What other pages may use of quotes: those of a customer, with their number, and a new one for an opportunity. */
export { CustomerQuotes, MakeQuote, useQuoteCount } from './CustomerQuotes.tsx'
