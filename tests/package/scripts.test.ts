import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultDataFolder } from '../../src-main/dataFolder.ts'

const root = resolve(import.meta.dirname, '../..')
/** The scripts are plain JavaScript, because they must run before anything is installed. */
const script = <Exports>(name: string): Promise<Exports> => import(join(root, 'build/scripts/lib', name)) as Promise<Exports>

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kezhan-scripts-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('what is installed', () => {
  type Install = { installedMatchesLock: (folder: string) => boolean }
  const lockWith = (packages: object) => JSON.stringify({ packages })
  const put = (lock: object, installed?: object) => {
    writeFileSync(join(folder, 'package-lock.json'), lockWith(lock))
    if (!installed) return
    mkdirSync(join(folder, 'node_modules'), { recursive: true })
    writeFileSync(join(folder, 'node_modules/.package-lock.json'), lockWith(installed))
  }
  const a = { 'node_modules/a': { version: '1.0.0' } }

  it('is compared with the lock, so a changed, missing or interrupted install is found', async () => {
    const { installedMatchesLock } = await script<Install>('install.mjs')
    put(a)
    expect(installedMatchesLock(folder)).toBe(false)
    put({ '': {}, ...a, 'node_modules/other-platform': { version: '1.0.0', optional: true } }, a)
    expect(installedMatchesLock(folder)).toBe(true)
    put({ 'node_modules/a': { version: '1.0.1' } }, a)
    expect(installedMatchesLock(folder)).toBe(false)
    put({ ...a, 'node_modules/b': { version: '1.0.0' } }, a)
    expect(installedMatchesLock(folder)).toBe(false)
  })

  it('is right here and now', async () => {
    const { installedMatchesLock } = await script<Install>('install.mjs')
    expect(installedMatchesLock(root)).toBe(true)
  })
})

describe('the closing line', () => {
  type Line = { name: string; ms: number; counts: { passed: number; failed: number; skipped: number; reasons: object[] } }
  type Stages = {
    closeWith: (lines: Line[]) => number
    runStages: (stages: { name: string; needs?: string; opens?: string; work: () => Line['counts'] }[]) => Promise<Line[]>
  }
  const said = async (work: () => Promise<number> | number) => {
    const write = process.stdout.write.bind(process.stdout)
    let text = ''
    process.stdout.write = ((chunk: string) => {
      text += chunk
      return true
    }) as typeof process.stdout.write
    const code = await Promise.resolve(work()).finally(() => {
      process.stdout.write = write
    })
    return { code, text, last: text.trimEnd().split('\n').at(-1) }
  }
  const counts = (passed: number, failed: number, reasons: { reason: string; name: string }[] = []) => ({
    passed,
    failed,
    skipped: reasons.length,
    reasons,
  })

  it('adds up, names why tests were skipped, and fails when anything failed', async () => {
    const { closeWith } = await script<Stages>('stages.mjs')
    const good = await said(() => closeWith([{ name: 'a', ms: 1, counts: counts(2, 0) }]))
    expect([good.code, good.last]).toEqual([0, '2 passed, 0 failed'])
    const reasons = [{ reason: '../shared is absent', name: 'x' }]
    const bad = await said(() =>
      closeWith([
        { name: 'a', ms: 1, counts: counts(2, 1) },
        { name: 'b', ms: 1, counts: counts(3, 0, reasons) },
      ]),
    )
    expect([bad.code, bad.last]).toEqual([1, '5 passed, 1 failed, 1 skipped'])
    expect(bad.text).toContain('skipped 1, ../shared is absent')
  })

  it('a failed stage hides none that can still run', async () => {
    const { closeWith, runStages } = await script<Stages>('stages.mjs')
    const { last } = await said(async () =>
      closeWith(
        await runStages([
          { name: 'types', work: () => counts(0, 1) },
          { name: 'build', opens: 'out', work: () => counts(0, 1) },
          { name: 'unit', work: () => counts(7, 0) },
          { name: 'needs the build', needs: 'out', work: () => counts(9, 0) },
        ]),
      ),
    )
    expect(last).toBe('7 passed, 3 failed')
  })
})

describe('the packed program', () => {
  type Stub = {
    writeStubElectron: (folder: string, version: string) => void
    readFuses: (binary: Buffer) => Record<string, boolean>
  }

  it('has fuses that can be read back one by one', async () => {
    const { writeStubElectron, readFuses } = await script<Stub>('stubElectron.mjs')
    writeStubElectron(folder, '45.4.1')
    const binary = readFileSync(join(folder, 'electron'))
    expect(readFuses(binary)).toMatchObject({
      runAsNode: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: true,
    })
    const at = binary.indexOf('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX') + 34
    binary.write('0', at)
    expect(readFuses(binary)).toMatchObject({ runAsNode: false, onlyLoadAppFromAsar: true })
    expect(() => readFuses(Buffer.from('no program'))).toThrow('no fuses')
  })
})

describe('an old Node', () => {
  it('is told so in one sentence', () => {
    copyFileSync(join(root, 'build/scripts/lib/guard.mjs'), join(folder, 'guard.mjs'))
    writeFileSync(
      join(folder, 'old.mjs'),
      `Object.defineProperty(process.versions, 'node', { value: '18.20.4' })\nawait import('./guard.mjs')\nconsole.log('went on')\n`,
    )
    const { status, stderr, stdout } = spawnSync(process.execPath, [join(folder, 'old.mjs')], { encoding: 'utf8' })
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^Kezhan needs Node 20\.11 or newer.+18\.20\.4.+\n$/)
  })
})

describe('the data folder', () => {
  it('is where each system keeps such things, unless it was named', () => {
    expect(defaultDataFolder({ KEZHAN_DATA: '/d' }, 'linux', '/home/a')).toBe('/d')
    expect(defaultDataFolder({}, 'linux', '/home/a')).toBe(join('/home/a', '.local/share/kezhan'))
    expect(defaultDataFolder({ XDG_DATA_HOME: '/x' }, 'linux', '/home/a')).toBe(join('/x', 'kezhan'))
    expect(defaultDataFolder({}, 'darwin', '/Users/a')).toBe(join('/Users/a', 'Library/Application Support/kezhan'))
    expect(defaultDataFolder({ APPDATA: 'R' }, 'win32', 'C')).toBe(join('R', 'kezhan'))
  })
})

describe('the README', () => {
  it('gives a reason for every dependency and names every command', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8')
    const { dependencies, devDependencies, scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
      string,
      object
    >
    const names = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !name.startsWith('@types/'))
    const named = (name: string) =>
      readme.includes(name) || readme.includes(`${name.split('/')[0]}/*`) || readme.includes(name.replace('@tanstack/', ''))
    expect(names.filter((name) => !named(name))).toEqual([])
    const commands = Object.keys(scripts ?? {}).filter((name) => !['start', 'test', 'build', 'kezhan'].includes(name))
    expect(commands.filter((name) => !readme.includes(`npm run ${name}`))).toEqual([])
  })
})
