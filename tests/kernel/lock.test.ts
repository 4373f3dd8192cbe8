import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fileSystemOf, lockFolder } from '../../src-main/kernel/lock.ts'
import { StartRefusal } from '../../src-main/kernel/startRefusal.ts'

const now = () => '2026-01-02T03:04:05.000Z'
const options = { now, program: 'test' }
let folder = ''
const children: ChildProcess[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kezhan-lock-'))
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const refusal = (work: () => unknown): StartRefusal => {
  try {
    work()
  } catch (error) {
    if (error instanceof StartRefusal) return error
    throw error
  }
  throw new Error('was not refused')
}

async function holdInChild(): Promise<ChildProcess> {
  const lock = new URL('../../src-main/kernel/lock.ts', import.meta.url).href
  const script = `import { lockFolder } from ${JSON.stringify(lock)}
    lockFolder(${JSON.stringify(folder)}, { now: () => '2026-01-02T03:04:05.000Z', program: 'child' })
    process.stdout.write('held'); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  await once(child.stdout as NonNullable<typeof child.stdout>, 'data')
  return child
}

describe('the lock of a data folder', () => {
  it('refuses a second owner in the same process and gives way after release', () => {
    const first = lockFolder(folder, options)
    expect(refusal(() => lockFolder(folder, options)).detail).toMatchObject({ pid: process.pid, program: 'test', since: now() })
    first.release()
    lockFolder(folder, options).release()
  })

  it('tells a second process who holds it, within two seconds, and dies with its owner', async () => {
    const child = await holdInChild()
    const started = performance.now()
    const refused = refusal(() => lockFolder(folder, options))
    expect(performance.now() - started).toBeLessThan(2000)
    expect(refused.reason).toBe('locked')
    expect(refused.detail).toMatchObject({ pid: child.pid, program: 'child' })
    child.kill('SIGKILL')
    await once(child, 'exit')
    lockFolder(folder, options).release()
  })

  it('refuses network paths before anything is created there', () => {
    const office = join(folder, 'office files')
    mkdirSync(office)
    const mounts = `dev / ext4 rw 0 0\nserver:/x ${folder}/off ext4 rw 0 0\n//nas/y ${office.replace(' ', '\\040')} cifs rw 0 0\n`
    expect(refusal(() => lockFolder('//nas/share/kezhan', options)).reason).toBe('networkPath')
    expect(refusal(() => lockFolder('\\\\nas\\share', options)).reason).toBe('networkPath')
    expect(refusal(() => lockFolder(join(office, 'data'), { ...options, mounts, create: true })).reason).toBe('networkPath')
    expect(readdirSync(office)).toEqual([])
    // A mount point is compared by whole names.
    expect(fileSystemOf(folder, mounts)).toBe('ext4')
  })

  it('does not make a folder that is gone', () => {
    rmSync(folder, { recursive: true })
    expect(refusal(() => lockFolder(folder, options)).reason).toBe('noDatabase')
  })
})
