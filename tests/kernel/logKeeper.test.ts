// The log is written back on another thread while the writer goes on, and is begun anew once it is long.
import { afterEach, expect, it, vi } from 'vitest'
import { bulkLoad } from '../../src-main/kernel/dialect/bulkLoad.ts'
import { LogKeeper } from '../../src-main/kernel/dialect/logKeeper.ts'
import type { Lane, TaskPool } from '../../src-main/kernel/workers.ts'
import { TaskPool as Workers } from '../../src-main/kernel/workers.ts'
import { makeDataFolder } from '../support/dataFolder.ts'

const opened = vi.hoisted(() => ({ paths: [] as string[], flushed: 0 }))
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>()
  const open: typeof real.open = async (path, ...rest) => {
    const file = await real.open(path, ...rest)
    opened.paths.push(String(path))
    const datasync = file.datasync.bind(file)
    file.datasync = async () => {
      await datasync()
      opened.flushed++
    }
    return file
  }
  return { ...real, open }
})

type State = { log: number; checkpointed: number }
const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const warned: unknown[] = []
const log = {
  info: () => undefined,
  warn: (_: string, details?: unknown) => void warned.push(details),
  error: () => undefined,
  fault: () => 'x',
}

async function folder(): Promise<Awaited<ReturnType<typeof makeDataFolder>>> {
  const data = await makeDataFolder(0)
  closers.push(() => data.remove())
  return data
}
const stateOf = (raw: Awaited<ReturnType<typeof makeDataFolder>>['raw']): State =>
  (raw.pragma('wal_checkpoint(noop)') as State[])[0] as State

it('writes back what waits, on a worker, and leaves what comes meanwhile', async () => {
  const { raw, folder: path } = await folder()
  const workers = new Workers(path)
  closers.push(() => workers.close())
  const runs: Promise<unknown>[] = []
  const watched = {
    run: (task: string, input: unknown, options: { lane?: Lane }) => {
      const run = workers.run(task, input, options)
      runs.push(run)
      return run
    },
  } as unknown as TaskPool
  const keeper = new LogKeeper(raw, watched, log)
  raw.exec('create table filler (id integer primary key, body text)')
  // What making the folder left in the log is not what is counted.
  raw.pragma('wal_checkpoint(truncate)')
  const insert = raw.prepare('insert into filler (body) values (?)')
  for (let commit = 0; commit < 64 && runs.length === 0; commit++) {
    raw.transaction(() => {
      for (let row = 0; row < 100; row++) insert.run('x'.repeat(4000))
    })()
    keeper.committed()
  }
  expect(runs).toHaveLength(1)
  const before = stateOf(raw)
  expect(before.log - before.checkpointed).toBeGreaterThanOrEqual(1000)
  await Promise.all(runs)
  const after = stateOf(raw)
  expect(after.checkpointed).toBeGreaterThanOrEqual(before.log)
  expect(raw.prepare('select count(*) from filler').pluck().get()).toBeGreaterThan(1000)
})

it('looks at the log only now and then, and a worker that fails is logged, not thrown', async () => {
  const { raw } = await folder()
  let asked = 0
  const failing = {
    run: () => {
      asked++
      return Promise.reject(new Error('no worker'))
    },
  } as unknown as TaskPool
  const keeper = new LogKeeper(raw, failing, log)
  raw.exec('create table filler (id integer primary key, body text)')
  raw.exec(
    "insert into filler (body) with recursive n(x) as (select 1 union all select x + 1 from n where x < 2000) select printf('%.4000c', 'x') from n",
  )
  for (let commit = 0; commit < 3; commit++) keeper.committed()
  expect(asked).toBe(0)
  keeper.committed()
  expect(asked).toBe(1)
  await new Promise((resolve) => setTimeout(resolve, 10))
  expect(warned).toEqual([{ error: 'Error: no worker' }])
})

it('leaves the log alone while a bulk load lets it grow', async () => {
  const { raw } = await folder()
  let asked = 0
  const counting = {
    run: () => {
      asked++
      return Promise.resolve({ log: 0, checkpointed: 0 })
    },
  } as unknown as TaskPool
  const keeper = new LogKeeper(raw, counting, log)
  raw.exec('create table filler (id integer primary key, body text)')
  const fill = () => {
    raw.exec(
      "insert into filler (body) with recursive n(x) as (select 1 union all select x + 1 from n where x < 2000) select printf('%.4000c', 'x') from n",
    )
    for (let commit = 0; commit < 16; commit++) keeper.committed()
  }
  await bulkLoad(raw, () => Promise.resolve(fill()))
  expect(asked).toBe(0)
  fill()
  expect(asked).toBe(1)
})

it('lets a long run wait until a log that has grown too long is written back whole, and the next write begins it anew', async () => {
  const { raw, folder: path } = await folder()
  const workers = new Workers(path)
  closers.push(() => workers.close())
  const keeper = new LogKeeper(raw, workers, log)
  raw.pragma('wal_autocheckpoint = 0')
  raw.exec('create table filler (id integer primary key, body text)')
  const fill = (rows: number): void => {
    raw.exec(
      `insert into filler (body) with recursive n(x) as (select 1 union all select x + 1 from n where x < ${rows}) select printf('%.4000c', 'x') from n`,
    )
  }
  fill(1000)
  const short = stateOf(raw)
  await keeper.breathe()
  expect(stateOf(raw)).toEqual(short)
  fill(34_000)
  expect(stateOf(raw).log).toBeGreaterThan(32_000)
  await keeper.breathe()
  const whole = stateOf(raw)
  expect(whole.checkpointed).toBe(whole.log)
  fill(1)
  expect(stateOf(raw).log).toBeLessThan(100)
})

it('sends what a relaxed commit wrote to the disk while the writer goes on; one that waited for the disk needs nothing', async () => {
  warned.length = 0
  const { raw, folder: path } = await folder()
  const workers = new Workers(path)
  closers.push(() => workers.close())
  const keeper = new LogKeeper(raw, workers, log)
  raw.exec('create table filler (id integer primary key, body text)')
  const commit = (synchronous: 'full' | 'normal'): void => {
    raw.pragma(`synchronous = ${synchronous}`)
    raw.prepare("insert into filler (body) values ('x')").run()
    keeper.committed()
  }
  commit('full')
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(opened).toEqual({ paths: [], flushed: 0 })
  commit('normal')
  await vi.waitFor(() => expect(opened).toEqual({ paths: [`${raw.name}-wal`], flushed: 1 }))
  expect(warned).toEqual([])
})
