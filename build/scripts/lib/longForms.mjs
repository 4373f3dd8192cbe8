import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBrowser } from './browser.mjs'
import { buildIfStale } from './built.mjs'
import { childEnv, node24, root } from './runtime.mjs'
import { e2e, vitest } from './stages.mjs'

const HOUR = 3_600_000

/** One JSON object a line on stdout; what is no JSON is talk and goes on. */
function measure(file) {
  return new Promise((done) => {
    const child = spawn(node24(), [file], {
      cwd: root,
      env: childEnv({ KEZHAN_LONG: '1' }),
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let said = ''
    child.stdout.on('data', (chunk) => {
      said += chunk
      process.stdout.write(chunk)
    })
    child.on('close', (code) => {
      const figures = said.split('\n').flatMap((line) => {
        try {
          return line.startsWith('{') ? [JSON.parse(line)] : []
        } catch {
          return []
        }
      })
      done({ code: code ?? 1, figures })
    })
  })
}

const short = (value) =>
  typeof value === 'number'
    ? String(Math.round(value * 1000) / 1000)
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value)

function printTable(rows) {
  const name = Math.max(...rows.map((row) => row.name.length))
  process.stdout.write(`\n${'─'.repeat(name + 24)}\n`)
  for (const row of rows) process.stdout.write(`${row.passed ? '✓' : '✗'} ${row.name.padEnd(name)}  ${row.said}\n`)
}

const figureName = ({ bench, figure, name, what }) => [bench, figure ?? name ?? what].filter(Boolean).join(' ')
function figureRow(figure) {
  const values = Object.entries(figure).filter(([key]) => !['bench', 'figure', 'name', 'what'].includes(key))
  const passed = figure.pass !== false && figure.passed !== false && figure.ok !== false
  return {
    name: figureName(figure) || 'measurement',
    passed,
    said: values.map(([key, value]) => `${key} ${short(value)}`).join('  '),
  }
}

async function longTests() {
  const folder = join(root, 'tests/acceptance')
  const has = existsSync(folder) && readdirSync(folder, { recursive: true }).some((file) => String(file).endsWith('.test.ts'))
  if (!has) return []
  const counts = await vitest('acceptance', ['--project', 'behaviour'], { env: { KEZHAN_LONG: '1' }, timeoutMs: 6 * HOUR })
  const rows = (counts.tests ?? []).map(({ name, state, ms }) => {
    const reason = counts.reasons.find((skipped) => skipped.name === name)?.reason
    return {
      name,
      passed: state !== 'failed',
      said: state === 'skipped' ? `skipped: ${reason}` : `${state} in ${(ms / 1000).toFixed(1)} s`,
    }
  })
  const unseen = counts.failed > 0 && rows.every(({ passed }) => passed)
  return unseen ? [...rows, { name: 'acceptance tests', passed: false, said: 'did not run to their end' }] : rows
}

/** The walks through the browser that are too long for `npm test`. */
async function longWalks() {
  const missing = await ensureBrowser()
  if (missing) return [{ name: 'walks in the browser', passed: false, said: missing }]
  const { passed, failed } = await e2e([], { env: { KEZHAN_LONG: '1' }, timeoutMs: 3 * HOUR })
  return [{ name: 'walks in the browser', passed: failed === 0, said: `${passed} passed, ${failed} failed` }]
}

async function measurements() {
  const folder = join(root, 'tests/bench')
  const rows = []
  for (const file of existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.bench.ts')) : []) {
    process.stdout.write(`\n── ${file} ──\n`)
    const { code, figures } = await measure(join(folder, file))
    rows.push(...figures.map(figureRow))
    if (code !== 0) rows.push({ name: file, passed: false, said: `ended with code ${code}` })
  }
  return rows
}

/** Everything an issue demands in its long form, and one table at the end. */
export async function acceptance() {
  if ((await buildIfStale()) !== 0) return 1
  const rows = [...(await longTests()), ...(await longWalks()), ...(await measurements())]
  if (rows.length === 0) rows.push({ name: 'acceptance', passed: false, said: 'nothing to run' })
  printTable(rows)
  const failed = rows.filter(({ passed }) => !passed).length
  process.stdout.write(`\n${rows.length - failed} passed, ${failed} failed\n`)
  return failed === 0 ? 0 : 1
}
