import { expect, it } from 'vitest'
import { killCycles, type Tally } from '../durability/killCycles.ts'

const CYCLES = Number(process.env['KEZHAN_KILLS'] ?? 220)
/** A folder is looked over whole after each kill; one for all of them would be read for most of the hour. */
const PER_FOLDER = 44

async function inFolders(cycles: number): Promise<Tally> {
  const whole = await killCycles(Math.min(PER_FOLDER, cycles), 3000)
  while (whole.cycles < cycles) {
    const part = await killCycles(Math.min(PER_FOLDER, cycles - whole.cycles), 3000)
    for (const key of ['cycles', 'killedBeforeReady', 'acknowledged', 'imports', 'importedRows'] as const) whole[key] += part[key]
    for (const key of ['lost', 'half', 'problems'] as const) whole[key].push(...part[key])
  }
  return whole
}

it(`${CYCLES} kills at random moments of daily work and imports`, { timeout: 3_600_000 }, async () => {
  const tally = await inFolders(CYCLES)
  console.log(
    `killed ${tally.cycles} times (${tally.killedBeforeReady} while opening), ${tally.acknowledged} acknowledged, ${tally.imports} whole imports, ${tally.importedRows} imported rows`,
  )
  expect(tally.problems).toEqual([])
  expect(tally.lost).toEqual([])
  expect(tally.half).toEqual([])
  expect(tally.cycles).toBe(CYCLES)
  expect(tally.importedRows).toBeGreaterThan(0)
  expect(tally.acknowledged).toBeGreaterThan(CYCLES * 10)
})
