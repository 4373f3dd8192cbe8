import { statfsSync } from 'node:fs'

export type DiskSpace = { free: number; total: number; low: boolean }

const LOW_BYTES = 500 * 1024 * 1024
const LOW_SHARE = 0.05

/** What is left where the data lie; `low` is when people should be warned, long before a write fails. */
export function diskSpace(folder: string): DiskSpace {
  const { bavail, blocks, bsize } = statfsSync(folder)
  const [free, total] = [bavail * bsize, blocks * bsize]
  return { free, total, low: free < LOW_BYTES || free < total * LOW_SHARE }
}
