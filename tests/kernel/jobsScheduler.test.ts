import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JobKind } from '../../src-main/kernel/jobKinds.ts'
import { createJobs, type Jobs } from '../../src-main/kernel/jobs.ts'
import { createScheduler, type Scheduler, type ScheduleSeed } from '../../src-main/kernel/scheduler.ts'
import { lastDue, nextDue, parseCron } from '../../src-shared/kernel/cron.ts'
import { kernelBackend } from '../support/kernelBackend.ts'

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())
const due = (cron: string, zone: string, after: string) => {
  const parsed = parseCron(cron)
  if (!parsed) throw new Error(`not a plan: ${cron}`)
  return iso(nextDue(parsed, zone, Date.parse(after)))
}

describe('plans', () => {
  it.each([
    ['30 12,18 * * *', 'Asia/Shanghai', '2026-11-22T04:29:00Z', '2026-11-22T04:30:00.000Z'],
    ['30 12,18 * * *', 'Asia/Shanghai', '2026-11-22T04:30:00Z', '2026-11-22T10:30:00.000Z'],
    ['30 12,18 * * *', 'Asia/Shanghai', '2026-11-22T10:30:00Z', '2026-11-23T04:30:00.000Z'],
    ['0 9 * * 1-5', 'Asia/Shanghai', '2026-11-20T02:00:00Z', '2026-11-23T01:00:00.000Z'],
    ['*/15 * * * *', 'UTC', '2026-01-01T00:46:00Z', '2026-01-01T01:00:00.000Z'],
    ['0 0 29 2 *', 'UTC', '2026-03-01T00:00:00Z', '2028-02-29T00:00:00.000Z'],
    ['0 0 13 * 5', 'UTC', '2026-11-01T00:00:00Z', '2026-11-06T00:00:00.000Z'],
    // Clocks go forward at 02:00 in Berlin on 2026-03-29: 02:30 is never shown, and runs once, at 03:30.
    ['30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z', '2026-03-29T01:30:00.000Z'],
    ['30 2 * * *', 'Europe/Berlin', '2026-03-29T01:30:00Z', '2026-03-30T00:30:00.000Z'],
    // Clocks go back at 03:00 on 2026-10-25: 02:30 is shown twice, and runs at the first.
    ['30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z', '2026-10-25T00:30:00.000Z'],
    ['30 2 * * *', 'Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-26T01:30:00.000Z'],
  ])('%s in %s after %s is due at %s', (cron, zone, after, expected) => expect(due(cron, zone, after)).toBe(expected))

  it('looks back as it looks ahead', () => {
    const cron = parseCron('30 2 * * *') ?? never()
    for (let at = Date.parse('2026-03-27T00:00:00Z'); at < Date.parse('2026-11-01T00:00:00Z'); at += 5 * 3_600_000) {
      const last = lastDue(cron, 'Europe/Berlin', at) ?? never()
      expect(last).toBeLessThanOrEqual(at)
      expect(nextDue(cron, 'Europe/Berlin', last)).toBeGreaterThan(at)
    }
  })

  it('says no to what is no plan', () => {
    for (const text of [
      '',
      '* * * *',
      '60 * * * *',
      '* 24 * * *',
      '* * 0 * *',
      '5-1 * * * *',
      '*/0 * * * *',
      'a * * * *',
      '* * * * * *',
    ])
      expect(parseCron(text)).toBeNull()
    expect(nextDue(parseCron('0 0 31 2 *') ?? never(), 'UTC', 0)).toBeNull()
  })
})
const never = (): never => {
  throw new Error('not a plan')
}

let folder = ''
let backend: Awaited<ReturnType<typeof kernelBackend>>
let jobs: Jobs
let scheduler: Scheduler
let at = 0
let runs: string[] = []
let fails = 0
let faults: unknown[] = []
const now = () => new Date(at).toISOString()
const set = (time: string) => void (at = Date.parse(time))

const kind: JobKind = {
  resumable: true,
  run: (context) => {
    runs.push(context.now())
    return fails-- > 0 ? Promise.reject(new Error('disk gone')) : Promise.resolve({ ok: true })
  },
}
const daily: ScheduleSeed = { kind: 'daily', cron: '30 12 * * *', missed: 'once', enabled: true, maxRetries: 0, input: null }

const open = async (seed: Partial<ScheduleSeed> = {}) => {
  backend = await kernelBackend(folder, { now, faults, create: true })
  jobs = createJobs(backend, { kinds: { daily: kind }, actorOf: () => null })
  scheduler = createScheduler(backend, jobs, [{ ...daily, ...seed }])
  await jobs.start()
  await scheduler.start()
}
const close = async () => {
  await scheduler.close()
  await jobs.close()
  await backend.close()
}
const tickAt = async (time: string) => {
  set(time)
  await scheduler.tick()
  await done()
}
const done = async () => {
  for (const { id } of await backend.database.write.selectFrom('job').select('id').execute()) await jobs.settled(id)
  await scheduler.tick()
}
const plan = () => backend.database.write.selectFrom('schedule').selectAll().executeTakeFirstOrThrow()

describe('the scheduler', () => {
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kezhan-scheduler-'))
    ;[runs, faults, fails] = [[], [], 0]
    set('2026-11-22T01:00:00Z')
  })
  afterEach(async () => {
    await close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('runs when due, once, and says how it went', async () => {
    await open()
    expect((await plan()).nextRunAt).toBe('2026-11-22T04:30:00.000Z')
    await tickAt('2026-11-22T04:29:59Z')
    expect(runs).toEqual([])
    await tickAt('2026-11-22T04:30:20Z')
    await tickAt('2026-11-22T04:30:40Z')
    await tickAt('2026-11-22T04:31:00Z')
    expect(runs).toHaveLength(1)
    expect(await plan()).toMatchObject({ nextRunAt: '2026-11-23T04:30:00.000Z', lastState: 'done', lastResult: '{"ok":true}' })
  })

  it('does not run twice when the clock goes back, and does not wait a year when it was a year ahead', async () => {
    await open()
    await tickAt('2026-11-22T04:30:20Z')
    await tickAt('2026-11-22T03:00:00Z')
    expect((await plan()).nextRunAt).toBe('2026-11-22T04:30:00.000Z')
    await tickAt('2026-11-22T04:30:20Z')
    expect(runs).toHaveLength(1)
    await tickAt('2027-11-22T04:30:20Z')
    expect(runs).toHaveLength(2)
    await tickAt('2026-11-22T05:00:00Z')
    expect((await plan()).nextRunAt).toBe('2026-11-23T04:30:00.000Z')
    await tickAt('2026-11-23T04:30:00Z')
    expect(runs).toHaveLength(3)
  })

  it.each([
    ['once', 1],
    ['skip', 0],
    ['all', 10],
  ] as const)('makes up for ten days off by the rule %s: %i runs', async (missed, expected) => {
    await open({ missed })
    await close()
    set('2026-12-01T12:00:00Z')
    await open({ missed })
    expect(runs).toEqual([])
    await tickAt('2026-12-01T12:01:00Z')
    expect(runs).toHaveLength(expected)
    expect((await plan()).nextRunAt).toBe('2026-12-02T04:30:00.000Z')
  })

  it('a clock put forward by years makes no storm', async () => {
    await open({ missed: 'all' })
    await tickAt('2036-01-01T00:00:00Z')
    expect(runs).toHaveLength(100)
    expect((await plan()).nextRunAt).toBe('2036-01-01T04:30:00.000Z')
  })

  it('tries again after a failure, later each time, and gives up until the next day', async () => {
    fails = 3
    await open({ maxRetries: 2 })
    await tickAt('2026-11-22T04:30:00Z')
    expect(await plan()).toMatchObject({ lastState: 'failed', retries: 1, nextRunAt: '2026-11-22T04:35:00.000Z' })
    await tickAt('2026-11-22T04:35:00Z')
    expect(await plan()).toMatchObject({ retries: 2, nextRunAt: '2026-11-22T04:45:00.000Z' })
    await tickAt('2026-11-22T04:45:00Z')
    expect(await plan()).toMatchObject({ retries: 0, nextRunAt: '2026-11-23T04:30:00.000Z' })
    expect(runs).toHaveLength(3)
    await tickAt('2026-11-23T04:30:00Z')
    expect(await plan()).toMatchObject({ lastState: 'done' })
    expect(faults).toHaveLength(3)
  })

  it('a plan that was switched off stays silent; one that was edited follows at once', async () => {
    await open({ enabled: false })
    await tickAt('2026-11-22T04:30:20Z')
    expect(runs).toEqual([])
    await backend.database.write.updateTable('schedule').set({ enabled: 1, cron: '0 13 * * *', nextRunAt: null }).execute()
    await tickAt('2026-11-22T04:31:00Z')
    expect((await plan()).nextRunAt).toBe('2026-11-22T05:00:00.000Z')
    const { id } = await scheduler.runNow('daily')
    expect((await jobs.settled(id)).state).toBe('done')
    expect(runs).toHaveLength(1)
  })
})
