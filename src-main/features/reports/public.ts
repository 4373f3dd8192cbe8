/** What other features may use of reports. */
export { readAnswers, readOwed, readReport, readReturns, REPORT_NAMES, REPORT_WORDS } from './commandLine.ts'
