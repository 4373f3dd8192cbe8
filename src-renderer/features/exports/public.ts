/** What other features may use of exports. */
export { ExportMenu } from './ExportMenu.tsx'
export { type ExportPart, type ExportWhat, useExport, useReceivablesExport, useReportExport } from './useExport.ts'
