export { CustomerQuotes, MakeQuote, useQuoteCount } from './CustomerQuotes.tsx'
