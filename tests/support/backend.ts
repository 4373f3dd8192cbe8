import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RouterClient } from '@orpc/server'
import { createBackend, type RunningBackend } from '../../src-main/backend.ts'
import { setUpWorkspace } from '../../src-main/features/setup/public.ts'
import type { Backend } from '../../src-main/kernel/context.ts'
import type { Logger } from '../../src-main/kernel/logger.ts'
import type { router } from '../../src-main/router.ts'
import { callInProcess } from '../../src-main/transports/in-process.ts'
import type { Actor, Origin } from '../../src-shared/kernel/actor.ts'

export type Client = RouterClient<typeof router>
export const ADMIN = {
  company: '海川自动化',
  timeZone: 'Asia/Shanghai',
  name: '顾建国',
  login: 'admin',
  password: 'kezhan-test-pass-1',
}

/** A clock that tests move; it ticks a millisecond per reading so that orders stay visible. */
export function testClock(start = '2026-11-19T02:00:00.000Z') {
  let at = Date.parse(start)
  return {
    now: () => new Date(at++).toISOString(),
    move: (ms: number) => void (at += ms),
    set: (iso: string) => void (at = Date.parse(iso)),
  }
}

/** Faults that a test did not expect are printed with their stack, because the client only sees an incident number. */
export const testLog = (faults: unknown[] = []): Logger => ({
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  fault(error, where) {
    faults.push(error)
    if (process.env['KEZHAN_QUIET_FAULTS'] !== '1')
      process.stderr.write(`fault in ${where}: ${error instanceof Error ? error.stack : String(error)}\n`)
    return 'test-incident'
  },
})

export type TestBackend = RunningBackend & {
  folder: string
  clock: ReturnType<typeof testClock>
  faults: unknown[]
  dispose: () => Promise<void>
}

/** A real backend on a real file in a folder of its own, set up with an administrator unless told otherwise. */
export async function startBackend(options: { setUp?: boolean; folder?: string } = {}): Promise<TestBackend> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'kezhan-test-'))
  const clock = testClock()
  const faults: unknown[] = []
  const running = await createBackend({ folder, create: true, now: clock.now, log: testLog(faults) })
  if (options.setUp ?? true) await setUpWorkspace(running.backend, ADMIN)
  return {
    ...running,
    folder,
    clock,
    faults,
    async dispose() {
      await running.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

let keys = 0
export const freshKey = (): string => `test-key-${String(++keys).padStart(8, '0')}`

/** Calls as an actor over no wire at all. */
export const clientAs = (backend: Backend, actor: Actor | null, keyOf: () => string = freshKey): Client =>
  callInProcess(() => ({ backend, actor, idempotencyKey: keyOf(), door: null }))

export const withOrigin = (actor: Actor, origin: Origin): Actor => ({ ...actor, origin })
