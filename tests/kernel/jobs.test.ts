import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Commit } from '../../src-main/kernel/commitBus.ts'
import type { CommandContext } from '../../src-main/kernel/context.ts'
import { type JobContext, type JobKind, type JobTable, systemActor } from '../../src-main/kernel/jobKinds.ts'
import { createJobs, type Jobs } from '../../src-main/kernel/jobs.ts'
import { verifyChain } from '../../src-main/kernel/journal.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { Refusal } from '../../src-shared/kernel/refusal.ts'
import { kernelBackend } from '../support/kernelBackend.ts'

let folder = ''
let backend: Awaited<ReturnType<typeof kernelBackend>>
let jobs: Jobs
let faults: unknown[]
let actors: Map<string, Actor>
let clock = 0
const now = () => new Date(Date.parse('2026-05-04T01:00:00.000Z') + clock++).toISOString()
const wang = { id: '01USERWANG0000000000000000', name: '王' }

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kezhan-jobs-'))
  faults = []
  clock = 0
  actors = new Map([[wang.id, { ...systemActor('job'), userId: wang.id, name: wang.name }]])
  backend = await kernelBackend(folder, { now, faults, create: true })
})
afterEach(async () => {
  await jobs.close()
  await backend.close()
  rmSync(folder, { recursive: true, force: true })
})

const begin = async (kinds: JobTable, start = true) => {
  jobs = createJobs(backend, { kinds, actorOf: (id) => actors.get(id) ?? null })
  if (start) await jobs.start()
}

let made = 0
async function makeTag(command: CommandContext, name: string): Promise<void> {
  await command.tx
    .insertInto('tag')
    .values({
      id: `01TAG${String(++made).padStart(21, '0')}`,
      name,
      nameKey: name,
      createdAt: command.now(),
      updatedAt: command.now(),
    })
    .execute()
  command.record({ entity: 'tag', id: name, action: 'created' })
}
const tags = () => backend.database.raw.prepare('select name from tag order by name').pluck().all() as string[]

/** Makes one tag a chunk; `between` is where a test interferes. */
const maker = (
  options: Partial<JobKind<{ count: number }>> = {},
  between: (n: number, context: JobContext) => Promise<void> = async () => undefined,
): JobKind<{ count: number }> => ({
  resumable: true,
  run: async (context, { count }) => {
    for (let n = (context.cursor as number | null) ?? 0; n < count; n++) {
      await context.commit((command) => makeTag(command, `tag ${n}`), { cursor: n + 1, done: n + 1, total: count })
      await between(n, context)
    }
    return { made: count }
  },
  ...options,
})
const hangUntilStopped = async (context: JobContext) => {
  while (true) {
    await context.checkpoint()
    await wait(1)
  }
}

describe('jobs', () => {
  it('runs chunk by chunk as its owner, journals each chunk and tells of it', async () => {
    await begin({ make: maker({ title: ({ count }) => `${count} tags` }) })
    const heard: Commit[] = []
    backend.bus.listen((commit) => void heard.push(commit))
    const { id } = await jobs.enqueue({ kind: 'make', input: { count: 4 }, owner: wang })
    const job = await jobs.settled(id)
    expect(job).toMatchObject({
      state: 'done',
      title: '4 tags',
      done: 4,
      total: 4,
      ownerName: '王',
      result: '{"made":4}',
      error: null,
    })
    const commands = backend.database.raw
      .prepare("select actor_name, origin, procedure from command where procedure = 'make'")
      .all()
    expect(commands).toEqual(Array.from({ length: 4 }, () => ({ actor_name: '王', origin: 'job', procedure: 'make' })))
    expect(verifyChain(backend.database.raw).faults).toEqual([])
    expect(heard.some((commit) => commit.entities.includes('job') && commit.records === null)).toBe(true)
    expect(heard.map((commit) => commit.seq)).toEqual(heard.map((commit) => commit.seq).toSorted((a, b) => a - b))
  })

  it('a key makes one job, however often it is asked for', async () => {
    await begin({ make: maker() })
    const first = await jobs.enqueue({ kind: 'make', input: { count: 1 }, owner: null, runKey: 'daily@1' })
    await jobs.settled(first.id)
    expect(await jobs.enqueue({ kind: 'make', input: { count: 9 }, owner: null, runKey: 'daily@1' })).toEqual({
      id: first.id,
      isNew: false,
    })
    expect(tags()).toEqual(['tag 0'])
  })

  it('pauses between chunks, and goes on where it was', async () => {
    await begin({ make: maker({}, async (n) => void (n === 1 && (await jobs.pause(id)))) })
    const { id } = await jobs.enqueue({ kind: 'make', input: { count: 4 }, owner: wang })
    expect(await jobs.settled(id)).toMatchObject({ state: 'paused', done: 2, wanted: null })
    expect(tags()).toEqual(['tag 0', 'tag 1'])
    await jobs.resume(id)
    expect(await jobs.settled(id)).toMatchObject({ state: 'done' })
    expect(tags()).toEqual(['tag 0', 'tag 1', 'tag 2', 'tag 3'])
    await expect(jobs.resume(id)).rejects.toThrow('alreadyOver')
    await expect(jobs.cancel(id)).rejects.toThrow('alreadyOver')
  })

  it('a cancelled job takes back what it did, also when it was paused before', async () => {
    const onCancel = async (context: JobContext) => {
      await context.commit(async (command) => {
        await command.tx.deleteFrom('tag').execute()
        command.record({ entity: 'tag', id: '', action: 'deleted' })
      })
    }
    await begin({ make: maker({ onCancel }, (n, context) => (n === 1 ? hangUntilStopped(context) : Promise.resolve())) })
    const running = await jobs.enqueue({ kind: 'make', input: { count: 4 }, owner: wang })
    await until(() => tags().length === 2)
    await jobs.cancel(running.id)
    expect(await jobs.settled(running.id)).toMatchObject({ state: 'cancelled' })
    expect(tags()).toEqual([])
    const paused = await jobs.enqueue({ kind: 'make', input: { count: 4 }, owner: wang })
    await until(() => tags().length === 2)
    await jobs.pause(paused.id)
    expect(await jobs.settled(paused.id)).toMatchObject({ state: 'paused' })
    await jobs.cancel(paused.id)
    await until(async () => (await jobs.get(paused.id))?.state === 'cancelled')
    expect(tags()).toEqual([])
  })

  it('a waiting job is cancelled without ever running', async () => {
    await begin({ make: maker() }, false)
    const { id } = await jobs.enqueue({ kind: 'make', input: { count: 4 }, owner: wang })
    await jobs.cancel(id)
    await jobs.start()
    expect(await jobs.get(id)).toMatchObject({ state: 'cancelled' })
    expect(tags()).toEqual([])
  })

  it('asks for today’s rights before every chunk', async () => {
    await begin({
      gone: maker({}, async (n) => void (n === 1 && actors.delete(wang.id))),
      poorer: maker(
        { needs: 'imports.run' },
        async (n) => void (n === 1 && actors.set(wang.id, { ...systemActor('job'), userId: wang.id, permissions: {} })),
      ),
    })
    const first = await jobs.enqueue({ kind: 'gone', input: { count: 4 }, owner: wang })
    expect(await jobs.settled(first.id)).toMatchObject({ state: 'failed', done: 2, error: '{"reason":"ownerGone"}' })
    expect(tags()).toHaveLength(2)
    actors.set(wang.id, { ...systemActor('job'), userId: wang.id, name: wang.name })
    backend.database.raw.exec('update current_command set seq = -1; delete from tag; update current_command set seq = null')
    const second = await jobs.enqueue({ kind: 'poorer', input: { count: 4 }, owner: wang })
    expect(await jobs.settled(second.id)).toMatchObject({
      state: 'failed',
      error: '{"reason":"forbidden","needs":"imports.run"}',
    })
    expect(faults).toEqual([])
  })

  it('runs one of a kind and two in all', async () => {
    let [most, mostOfKind, inKind, all] = [0, 0, 0, 0]
    const slow = (kind: string): JobKind => ({
      resumable: true,
      run: async () => {
        all++
        if (kind === 'a') inKind++
        most = Math.max(most, all)
        mostOfKind = Math.max(mostOfKind, inKind)
        await wait(10)
        all--
        if (kind === 'a') inKind--
        return null
      },
    })
    await begin({ a: slow('a'), b: slow('b'), c: slow('c') })
    const ids = []
    for (const kind of ['a', 'a', 'b', 'c', 'a', 'b']) ids.push((await jobs.enqueue({ kind, input: null, owner: null })).id)
    for (const id of ids) expect(await jobs.settled(id)).toMatchObject({ state: 'done' })
    expect([most, mostOfKind]).toEqual([2, 1])
  })

  it('writes down why it failed: a rule’s reason, or an incident', async () => {
    const fail = (error: Error): JobKind => ({ resumable: false, run: () => Promise.reject(error) })
    await begin({ rule: fail(new Refusal('diskFull', { needed: 5 })), fault: fail(new Error('bug')) })
    const rule = await jobs.enqueue({ kind: 'rule', input: null, owner: null })
    expect(await jobs.settled(rule.id)).toMatchObject({ state: 'failed', error: '{"needed":5,"reason":"diskFull"}' })
    const fault = await jobs.enqueue({ kind: 'fault', input: null, owner: null })
    expect(JSON.parse((await jobs.settled(fault.id)).error ?? '')).toEqual({ reason: 'unexpected', incident: 'incident 1' })
    await expect(jobs.resume(fault.id)).rejects.toThrow('notResumable')
  })
})

describe('after the program ended', () => {
  const kinds = (): JobTable => ({
    make: maker({}, (n, context) =>
      n === 1 && context.attempt === 1 && context.cursor === null ? hangUntilStopped(context) : Promise.resolve(),
    ),
    once: { resumable: false, run: hangUntilStopped },
  })

  it('a resumable job goes on from its last chunk, no chunk twice', async () => {
    await begin(kinds())
    const { id } = await jobs.enqueue({ kind: 'make', input: { count: 5 }, owner: wang })
    await until(() => tags().length === 2)
    await jobs.close()
    expect(await jobs.get(id)).toMatchObject({ state: 'waiting', done: 2 })
    await begin(kinds())
    expect(await jobs.settled(id)).toMatchObject({ state: 'done', done: 5 })
    expect(tags()).toHaveLength(5)
  })

  it('what a kill cut off goes on or is reported, and never runs a second time by itself', async () => {
    const finished: string[] = []
    await begin(kinds(), false)
    const [make, once] = [
      await jobs.enqueue({ kind: 'make', input: { count: 5 }, owner: wang }),
      await jobs.enqueue({ kind: 'once', input: null, owner: wang }),
    ]
    backend.database.raw.exec("update job set state = 'running', attempt = 1")
    jobs.onFinished((job) => void finished.push(job.state))
    await jobs.start()
    expect(await jobs.get(once.id)).toMatchObject({ state: 'interrupted', error: '{"reason":"killed"}' })
    expect(await jobs.settled(make.id)).toMatchObject({ state: 'done' })
    expect(finished).toEqual(['interrupted', 'done'])
  })

  it('a job that keeps killing the program is left for a person', async () => {
    await begin({ make: maker() }, false)
    const { id } = await jobs.enqueue({ kind: 'make', input: { count: 5 }, owner: wang })
    backend.database.raw.exec("update job set state = 'running', attempt = 3")
    await jobs.start()
    expect(await jobs.get(id)).toMatchObject({ state: 'interrupted' })
    await jobs.resume(id)
    expect(await jobs.settled(id)).toMatchObject({ state: 'done' })
  })
})

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let n = 0; n < 2000; n++) {
    if (await holds()) return
    await wait(2)
  }
  throw new Error('never happened')
}
