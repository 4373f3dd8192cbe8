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
  figures: {
    listP50: number
    listP99: number
    writeP50: number
    writeP99: number
    longestWriteMs: number
    writesOver25ms: number
    rssMb: number
  }
}

const EVERY_MS = 20
const WRITE_EVERY_MS = 200

/**
 * Runs something while another user asks for a list page 50 times a second and a third writes five times a second, a tag made and
 * taken away again, so that the base is the same in the end; what comes late counts from when it was due.
 */
export async function whileOthersWork<T>(running: RunningBackend, work: () => Promise<T>): Promise<Measured<T>> {
  const other = clientAs(running.backend, running.sessions.localAdmin('http'))
  const state = { working: true, rss: 0 }
  const lists: number[] = []
  const writes: number[] = []
  slow.length = 0
  const timed = async (everyMs: number, into: number[], call: () => Promise<unknown>): Promise<void> => {
    const due = performance.now() + everyMs
    await new Promise((resolve) => setTimeout(resolve, everyMs))
    await call()
    into.push(performance.now() - due)
  }
  const writing = (async () => {
    while (state.working) {
      let made: Awaited<ReturnType<typeof other.tags.create>> | undefined
      await timed(WRITE_EVERY_MS, writes, async () => {
        made = await other.tags.create({ name: `同时${writes.length}` })
      })
      await timed(WRITE_EVERY_MS, writes, async () => made && other.tags.remove({ id: made.id }))
    }
  })()
  const watching = (async () => {
    while (state.working) {
      await timed(EVERY_MS, lists, () => other.customers.list({ limit: 50, offset: 0 }))
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
  await writing
  return {
    answer,
    ms,
    cpuMs: (user + system) / 1000,
    figures: {
      listP50: rounded(percentile(lists, 0.5)),
      listP99: rounded(percentile(lists, 0.99)),
      writeP50: rounded(percentile(writes, 0.5)),
      writeP99: rounded(percentile(writes, 0.99)),
      longestWriteMs: Math.max(0, ...slow),
      writesOver25ms: slow.length,
      rssMb: Math.round(state.rss / 1_048_576),
    },
  }
}
