// A removal that is cut off in the middle leaves nothing under a backup's own name.
import { existsSync } from 'node:fs'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { clearLeftovers, createBackup, leftovers, listBackups, removeBackup } from '../../src-main/kernel/backup.ts'
import { AT, makeDataFolder } from '../support/dataFolder.ts'

const cut = vi.hoisted(() => ({ now: false }))
vi.mock('node:fs', async (original) => {
  const real = await original<typeof import('node:fs')>()
  const rmSync: typeof real.rmSync = (path, options) => {
    if (cut.now) throw new Error('killed')
    real.rmSync(path, options)
  }
  return { ...real, rmSync }
})

let data: Awaited<ReturnType<typeof makeDataFolder>>
beforeEach(async () => {
  data = await makeDataFolder()
})
afterEach(() => {
  cut.now = false
  data.remove()
})

it('is cleared away at the next start', async () => {
  const entry = await createBackup(data.folder, { reason: 'manual', at: AT, program: '0.1.0' })
  cut.now = true
  expect(() => removeBackup(entry)).toThrow('killed')
  cut.now = false
  expect(existsSync(entry.path)).toBe(false)
  expect(listBackups(data.folder)).toEqual([])
  expect(leftovers(data.folder)).toHaveLength(1)
  clearLeftovers(data.folder)
  expect(leftovers(data.folder)).toEqual([])
})
