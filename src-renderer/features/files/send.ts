import { FILES_PATH, NAME_HEADER } from '../../../src-shared/features/files/bytes.ts'
import type { Upload } from '../../../src-shared/features/files/model.ts'
import { soundFileName } from '../../../src-shared/features/files/rules.ts'

/** What the host refused, said like the failure of a call, so that one place makes sentences of both. */
class RoadFailure extends Error {
  readonly code: string
  readonly data: unknown
  constructor(said: { code: string; message?: string; data?: unknown }) {
    super(said.message ?? said.code)
    this.code = said.code
    this.data = said.data
  }
}

/** Sends bytes to the host, streamed by the browser; what comes back is hung on a record by a command. */
export async function sendFile(file: File, signal: AbortSignal): Promise<Upload> {
  const answer = await fetch(FILES_PATH, {
    method: 'POST',
    headers: { [NAME_HEADER]: encodeURIComponent(soundFileName(file.name)), 'content-type': 'application/octet-stream' },
    body: file,
    signal,
  })
  const said: unknown = await answer.json()
  if (!answer.ok) throw new RoadFailure(said as { code: string })
  return said as Upload
}

export const addressOf = (id: string, shown = false): string => `${FILES_PATH}/${id}${shown ? '?show=1' : ''}`

/** All of a file, by the road on which it is downloaded. */
export async function fetchBytes(id: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await fetch(addressOf(id), { signal })
  if (!answer.ok) throw new RoadFailure((await answer.json()) as { code: string })
  return new Uint8Array(await answer.arrayBuffer())
}
