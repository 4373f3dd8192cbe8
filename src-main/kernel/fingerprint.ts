import { createHash } from 'node:crypto'

/** A file says nothing of itself as JSON: what it is named, how long it is and its bytes stand for it, so that another one is another call. */
export async function withFingerprints(input: unknown): Promise<unknown> {
  if (typeof input !== 'object' || input === null || !Object.values(input).some(isFile)) return input
  const entries = Object.entries(input).map(async ([key, value]) => [
    key,
    isFile(value) ? await fingerprint(value) : (value as unknown),
  ])
  return Object.fromEntries((await Promise.all(entries)) as [string, unknown][])
}

const isFile = (value: unknown): value is File => value instanceof File

async function fingerprint(file: File): Promise<{ name: string; size: number; sha256: string }> {
  const hash = createHash('sha256')
  for await (const chunk of file.stream()) hash.update(chunk)
  return { name: file.name, size: file.size, sha256: hash.digest('hex') }
}
