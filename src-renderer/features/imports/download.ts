import type { ApiClient } from '../../kernel/api.ts'

/** Fetches a file of the backend and hands it to the browser's own download. */
export async function downloadFailedRows(client: ApiClient, id: string): Promise<void> {
  const file = await client.imports.failedRows({ id })
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = file.name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
