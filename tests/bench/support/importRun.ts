import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createBackend, type RunningBackend } from '../../../src-main/backend.ts'
import type { Logger } from '../../../src-main/kernel/logger.ts'
import { clientAs } from '../../support/backend.ts'
import { percentile, rounded } from './figures.ts'

const MAKER = join(import.meta.dirname, 'importMaker.ts')
const maker = (...args: string[]): string =>
  execFileSync(process.execPath, [MAKER, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })

/** A workspace and a workbook beside it. */
export function makeWork(rows: number, known: number): { folder: string; file: string } {
  const folder = mkdtempSync(join(tmpdir(), 'kezhan-bench-import-'))
  maker('make', folder, String(rows), String(known))
  return { folder, file: join(folder, 'rows.xlsx') }
}

export type Reading = { ms: number; cpuMs: number; cells: number }
export const readByExcelJS = (file: string): Reading => JSON.parse(maker('read', file)) as Reading

const slow: number[] = []
const log: Logger = {
  info: () => undefined,
  warn: (message, details) => {
    if (message === 'slow write') slow.push(Number(details?.['tookMs'] ?? 0))
  },
  error: () => undefined,
  fault: (error) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    return 'bench'
  },
}
/** A program that has been running for a while: its threads are up. Under plain Node each reads all its sources first. */
export async function openWork(folder: string): Promise<RunningBackend> {
  const running = await createBackend({ folder: join(folder, 'data'), log })
  for (const lane of ['long', 'scan', 'log'] as const) await running.backend.workers.run('kernel.foldLog', null, { lane })
  return running
}

export type Measured<T> = {
  answer: T
  ms: number
  cpuMs: number
  figures: { listP50: number; listP99: number; longestWriteMs: number; writesOver25ms: number; rssMb: number }
}

const EVERY_MS = 20

/** Runs something while another user asks for a list page 50 times a second; a page that comes late counts from when it was due. */
export async function whileOthersWork<T>(running: RunningBackend, work: () => Promise<T>): Promise<Measured<T>> {
  const other = clientAs(running.backend, running.sessions.localAdmin('http'))
  const state = { working: true, rss: 0 }
  const lists: number[] = []
  slow.length = 0
  const watching = (async () => {
    while (state.working) {
      const due = performance.now() + EVERY_MS
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS))
      await other.customers.list({ limit: 50, offset: 0 })
      lists.push(performance.now() - due)
      // The kernel counts a process's pages for most of a millisecond: not at every look.
      if (lists.length % 10 === 0) state.rss = Math.max(state.rss, process.memoryUsage.rss())
    }
  })()
  const before = process.cpuUsage()
  const start = performance.now()
  const answer = await work()
  const ms = performance.now() - start
  const { user, system } = process.cpuUsage(before)
  state.working = false
  await watching
  return {
    answer,
    ms,
    cpuMs: (user + system) / 1000,
    figures: {
      listP50: rounded(percentile(lists, 0.5)),
      listP99: rounded(percentile(lists, 0.99)),
      longestWriteMs: slow.length > 0 ? Math.max(...slow) : 25,
      writesOver25ms: slow.length,
      rssMb: Math.round(state.rss / 1_048_576),
    },
  }
}
