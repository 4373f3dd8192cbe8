import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clearLeftovers, createBackup, listBackups, removeBackup } from '../../src-main/kernel/backup.ts'
import { verifyBackup } from '../../src-main/kernel/backupVerify.ts'
import { openRaw } from '../../src-main/kernel/database.ts'
import { tableDigests, wholeDigest } from '../../src-main/kernel/digest.ts'
import { doctor } from '../../src-main/kernel/doctor.ts'
import { addCustomers, AT, makeDataFolder } from '../support/dataFolder.ts'

let data: Awaited<ReturnType<typeof makeDataFolder>>
beforeEach(async () => {
  data = await makeDataFolder(3000)
})
afterEach(() => data.remove())

async function killed(args: readonly string[], afterMs: number): Promise<{ finished: boolean; tookMs: number }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'restoring.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => void (said += String(chunk)))
  const ended = once(child, 'exit')
  await Promise.race([once(child.stdout, 'data'), ended])
  const started = performance.now()
  await Promise.race([wait(afterMs), ended])
  child.kill('SIGKILL')
  await ended
  return { finished: said.includes('done'), tookMs: performance.now() - started }
}

const digest = (): string => {
  const raw = openRaw(data.folder, { readonly: true })
  try {
    return wholeDigest(tableDigests(raw))
  } finally {
    raw.close()
  }
}
const soundness = () => doctor(data.folder, { version: '0', newestSchema: data.newestSchema }).problems
/** Kills spread over the time that the whole thing takes. */
const KILLS = 12

describe('kills', () => {
  it('during a restore leave the old state or the new one, whole', { timeout: 180_000 }, async () => {
    const backup = await createBackup(data.folder, { reason: 'manual', at: AT, program: 'test' })
    addCustomers(data.raw, 50, '之后的客户')
    const later = await createBackup(data.folder, { reason: 'manual', at: '2026-03-02T05:00:00.000Z', program: 'test' })
    data.raw.close()
    const states = [backup.manifest.business, later.manifest.business]
    const { tookMs } = await killed(['restore', data.folder, backup.path, String(data.newestSchema)], 60_000)
    const seen = new Set<string>()
    let finished = 0
    for (let n = 0; n < KILLS; n++) {
      const target = digest() === states[0] ? later : backup
      if ((await killed(['restore', data.folder, target.path, String(data.newestSchema)], (tookMs * 1.2 * n) / KILLS)).finished)
        finished++
      clearLeftovers(data.folder)
      const now = digest()
      expect(states).toContain(now)
      seen.add(now)
      expect(soundness()).toEqual([])
      // The way back is a backup like any other: listed only when whole.
      for (const entry of listBackups(data.folder).filter(({ manifest }) => manifest.reason === 'beforeRestore')) {
        await verifyBackup(entry.path, { newestSchema: data.newestSchema })
        removeBackup(entry)
      }
    }
    expect(finished).toBeLessThan(KILLS)
    expect(seen.size).toBeGreaterThan(0)
  })

  it('during a backup leave nothing that looks like one, and the data untouched', { timeout: 180_000 }, async () => {
    data.raw.close()
    const before = digest()
    const { tookMs } = await killed(['backup', data.folder], 60_000)
    let finished = 0
    for (let n = 0; n < KILLS; n++) {
      if ((await killed(['backup', data.folder], (tookMs * n) / KILLS)).finished) finished++
      for (const entry of listBackups(data.folder)) await verifyBackup(entry.path, { newestSchema: data.newestSchema })
      expect(digest()).toBe(before)
    }
    clearLeftovers(data.folder)
    expect(soundness()).toEqual([])
    expect(finished).toBeLessThan(KILLS)
  })
})
