import { useMutation } from '@tanstack/react-query'
import { useClient } from '../../kernel/context.tsx'
import { saveFile } from '../../kernel/download.ts'
import { currentLanguage } from '../../kernel/text.ts'

/** Fetches the rows that are not imported, as the backend wrote them, into the browser's own download. */
export function useFailedRows(id: string) {
  const client = useClient()
  return useMutation({
    mutationKey: [['imports', 'failedRows']],
    mutationFn: () => client.imports.failedRows({ id, language: currentLanguage() }),
    onSuccess: saveFile,
  })
}
