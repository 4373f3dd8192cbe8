// Issue 3: each file of the corpus is read or refused within 2 s and 256 MB, each in a process of its own. The process as a whole
// is measured: Node alone takes about 85 MB of it.
import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { sharedFile } from '../support/sharedData.ts'

type Measured = { kind: string; cpuMs: number; peakMb: number; what?: string }
const script = fileURLToPath(new URL('../support/readMeasured.ts', import.meta.url))
const list = sharedFile('spreadsheets', 'expected.json')
const folder = list === null ? '' : join(list, '..')

it.skipIf(list === null)('each file of the corpus ≤ 2 s of processor time and ≤ 256 MB', () => {
  const measured = readdirSync(folder, { withFileTypes: true })
    .filter((file) => file.isFile() && file.name !== 'expected.json')
    .map(({ name }) => {
      const said = execFileSync(process.execPath, [script, join(folder, name)], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      return { name, ...(JSON.parse(said) as Measured) }
    })
  const most = (key: 'cpuMs' | 'peakMb') => measured.reduce((a, b) => (b[key] > a[key] ? b : a))
  process.stdout.write(`corpus: ${JSON.stringify({ files: measured.length, slowest: most('cpuMs'), largest: most('peakMb') })}\n`)
  expect(measured.filter(({ kind }) => kind === 'fault')).toEqual([])
  expect(measured.filter(({ cpuMs, peakMb }) => cpuMs > 2000 || peakMb > 256)).toEqual([])
})
