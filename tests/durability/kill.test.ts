import { expect, it } from 'vitest'
import { killCycles } from './killCycles.ts'

it('20 kills at random moments of daily work and imports: nothing acknowledged is lost, nothing is half', {
  timeout: 300_000,
}, async () => {
  const tally = await killCycles(20)
  console.log(
    `killed ${tally.cycles} times (${tally.killedBeforeReady} while opening), ${tally.acknowledged} acknowledged, ${tally.imports} whole imports, ${tally.importedRows} imported rows`,
  )
  expect(tally.problems).toEqual([])
  expect(tally.lost).toEqual([])
  expect(tally.half).toEqual([])
  // Without work there would be nothing to lose.
  expect(tally.importedRows).toBeGreaterThan(0)
  expect(tally.acknowledged).toBeGreaterThan(200)
})
