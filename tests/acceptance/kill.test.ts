import { expect, it } from 'vitest'
import { killCycles } from '../durability/killCycles.ts'

const CYCLES = Number(process.env['KEZHAN_KILLS'] ?? 220)

it(`${CYCLES} kills at random moments of daily work and imports`, { timeout: 3_600_000 }, async () => {
  const tally = await killCycles(CYCLES, 3000)
  console.log(
    `killed ${tally.cycles} times (${tally.killedBeforeReady} while opening), ${tally.acknowledged} acknowledged, ${tally.imports} whole imports, ${tally.importedRows} imported rows`,
  )
  expect(tally.problems).toEqual([])
  expect(tally.lost).toEqual([])
  expect(tally.half).toEqual([])
  expect(tally.importedRows).toBeGreaterThan(0)
  expect(tally.acknowledged).toBeGreaterThan(CYCLES * 10)
})
