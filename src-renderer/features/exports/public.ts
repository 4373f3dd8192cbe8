/** What other features may use of exports. */
export { ExportMenu } from './ExportMenu.tsx'
export { useExport } from './useExport.ts'
