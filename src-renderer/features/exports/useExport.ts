import { useMutation } from '@tanstack/react-query'
import type {
  EXPORT_FORMATS,
  ExportDone,
  ExportRequest,
  ReceivablesExport,
  ReportExport,
} from '../../../src-shared/features/exports/contract.ts'
import { text as sliceText } from '../../../src-shared/features/exports/text.ts'
import { useClient } from '../../kernel/context.tsx'
import { saveFile } from '../../kernel/download.ts'
import { formatNumber } from '../../kernel/format.ts'
import { registerSlice } from '../../kernel/slices.ts'
import { currentLanguage, useText } from '../../kernel/text.ts'
import { toast } from '../../kernel/toast.tsx'
import { text } from './text.ts'

registerSlice('exports', sliceText)

export type ExportFormat = (typeof EXPORT_FORMATS)[number]
export type ExportPart = NonNullable<ExportRequest['part']>
export type ExportWhat = Omit<ExportRequest, 'format' | 'language'>

/** Fetches a file that the host has written, and says how many rows it holds. */
function useFetched<Input>(name: 'start' | 'receivables' | 'report', write: (input: Input) => Promise<ExportDone>) {
  const client = useClient()
  const t = useText(text)
  const run = useMutation({
    mutationKey: [['exports', name]],
    mutationFn: async (input: Input) => {
      const done = await write(input)
      saveFile(await client.exports.download({ id: done.id }))
      return done
    },
    onSuccess: ({ rows, refused }) =>
      toast(t('done', { n: formatNumber(rows) }) + (refused > 0 ? t('refused', { n: formatNumber(refused) }) : '')),
  })
  return { start: run.mutate, isRunning: run.isPending }
}

/** The table of receivables as a workbook. */
export function useReceivablesExport() {
  const client = useClient()
  return useFetched('receivables', (asked: ReceivablesExport['asked']) =>
    client.exports.receivables({ asked, language: currentLanguage() }),
  )
}

/** The table of a report as a workbook. */
export function useReportExport() {
  const client = useClient()
  return useFetched('report', (report: ReportExport['report']) => client.exports.report({ report, language: currentLanguage() }))
}

/** Writes the file on the host, fetches it, and says how many rows it holds. */
export function useExport() {
  const client = useClient()
  return useFetched('start', (request: ExportWhat & { format: ExportFormat }) =>
    client.exports.start({ ...request, language: currentLanguage() }),
  )
}
