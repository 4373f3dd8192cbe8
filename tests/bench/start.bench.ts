/** From the start of the built host's process to its line with the address, on a million customers. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { baseFolder } from './support/base.ts'
import { percentile, Report, rounded, wholeOption } from './support/figures.ts'

const LIMIT_MS = 1500
const RUNS = 5
const root = resolve(import.meta.dirname, '../..')
const report = new Report('start')
const folder = await baseFolder(wholeOption('customers', 1_000_000), report)

type Run = { wall: number; cpu: number | null }

/** Processor time of a process so far; only Linux tells. */
function cpuOf(pid: number): number | null {
  if (process.platform !== 'linux') return null
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10
}

function timeToLine(args: readonly string[]): Promise<Run> {
  const start = performance.now()
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise((done, failed) => {
    let run: Run | undefined
    child.stdout.once('data', () => {
      run = { wall: performance.now() - start, cpu: child.pid ? cpuOf(child.pid) : null }
      child.kill('SIGTERM')
    })
    child.on('exit', (code) => (run ? done(run) : failed(new Error(`the host ended with ${code} before it was ready`))))
    child.on('error', failed)
  })
}

const starts: Run[] = []
const bare: Run[] = []
for (let run = 0; run < RUNS; run++) {
  starts.push(await timeToLine([resolve(root, 'out/main/cli.js'), 'serve', '--data', folder, '--port', '0']))
  bare.push(await timeToLine(['-e', 'console.log(1);setTimeout(() => {}, 1000)']))
}
const median = (runs: readonly Run[], pick: (run: Run) => number): number => percentile(runs.map(pick), 0.5)
const [wall, reference] = [median(starts, (run) => run.wall), median(bare, (run) => run.wall)]
const cpu = median(starts, (run) => run.cpu ?? run.wall)
report.line({
  case: 'start to ready',
  p50: rounded(wall, 0),
  best: rounded(Math.min(...starts.map((run) => run.wall)), 0),
  cpu: rounded(cpu, 0),
  reference: rounded(reference, 0),
  ratio: rounded(wall / reference),
  // Where others use the machine too, the processor's time says what a quiet one would take.
  ok: wall <= LIMIT_MS || cpu <= LIMIT_MS,
})
report.end()
