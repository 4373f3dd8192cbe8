/** From the start of the built host's process to its line with the address, on a million customers. */
import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { baseFolder } from './support/base.ts'
import { percentile, Report, rounded, wholeOption } from './support/figures.ts'

const LIMIT_MS = 1500
const RUNS = 5
const root = resolve(import.meta.dirname, '../..')
const report = new Report('start')
const folder = await baseFolder(wholeOption('customers', 1_000_000), report)

/** Milliseconds from the start of the process to its first line. */
function timeToLine(args: readonly string[]): Promise<number> {
  const start = performance.now()
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise((done, failed) => {
    let took: number | undefined
    child.stdout.once('data', () => {
      took = performance.now() - start
      child.kill('SIGTERM')
    })
    child.on('exit', (code) =>
      took === undefined ? failed(new Error(`the host ended with ${code} before it was ready`)) : done(took),
    )
    child.on('error', failed)
  })
}

const starts: number[] = []
const bare: number[] = []
for (let run = 0; run < RUNS; run++) {
  starts.push(await timeToLine([resolve(root, 'out/main/cli.js'), 'serve', '--data', folder, '--port', '0']))
  bare.push(await timeToLine(['-e', 'console.log(1);setTimeout(() => {}, 1000)']))
}
const [wall, reference] = [percentile(starts, 0.5), percentile(bare, 0.5)]
report.line({
  case: 'start to ready',
  p50: rounded(wall, 0),
  best: rounded(Math.min(...starts), 0),
  reference: rounded(reference, 0),
  ratio: rounded(wall / reference),
  ok: wall <= LIMIT_MS,
})
report.end()
