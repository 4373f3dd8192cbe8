/** What every list with views and every record of one has, whatever its rows are. */
export { ListEmpty } from './ListEmpty.tsx'
export { ListHead, type Making } from './ListHead.tsx'
export { ListPage, type PanelAt } from './ListPage.tsx'
export { DeletedBanner, RemoveButton, useRemoval } from './recordParts.tsx'
export { useBulkResult, useBulkWork, useExportAction } from './useBulkWork.tsx'
export { type RecordList, useRecordList, useRecordsOf } from './useRecordList.ts'
export { useTransfer } from './useTransfer.tsx'
export { useNeighbours } from './useNeighbours.ts'
