import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { findBrowser } from './browser.mjs'
import { buildIfStale } from './built.mjs'
import { cache, childEnv, node24, root, run, runTool } from './runtime.mjs'

const MINUTE = 60_000
const results = join(cache, 'test')

const one = (passed) => ({ passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0, reasons: [] })
const fromCode = (code) => one(code === 0)

/** A runner that died before it could count is one failure, never silence. */
function counted(file, code) {
  if (!existsSync(file)) return one(false)
  const counts = JSON.parse(readFileSync(file, 'utf8'))
  if (code !== 0 && counts.failed === 0) counts.failed = 1
  if (counts.passed + counts.failed + counts.skipped === 0) counts.failed = 1
  return counts
}

function countsFile(name) {
  mkdirSync(results, { recursive: true })
  const file = join(results, `${name}.json`)
  rmSync(file, { force: true })
  return file
}

export async function vitest(name, args, { env = {}, timeoutMs = 20 * MINUTE } = {}) {
  const file = countsFile(name)
  const reporters = ['--reporter=default', '--reporter=./build/scripts/lib/vitestReporter.mjs']
  const code = await runTool('vitest', ['run', ...reporters, ...args], {
    // Every worker of a program under test would otherwise strip the types of the same files anew, with WebAssembly that V8 has
    // been seen to stumble over when many threads come and go.
    env: childEnv({ KEZHAN_COUNTS: file, NODE_COMPILE_CACHE: join(cache, 'compiled'), ...env }),
    timeoutMs,
  })
  return counted(file, code)
}

function playwrightCounts(report) {
  const counts = { passed: 0, failed: report.errors?.length ?? 0, skipped: 0, reasons: [] }
  const kinds = { expected: 'passed', skipped: 'skipped', unexpected: 'failed', flaky: 'failed' }
  const walk = (suite) => {
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        const kind = kinds[test.status] ?? 'failed'
        counts[kind] += 1
        const reason = test.annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description ?? 'no reason given'
        if (kind === 'skipped') counts.reasons.push({ reason, name: spec.title })
      }
    }
    for (const inner of suite.suites ?? []) walk(inner)
  }
  for (const suite of report.suites ?? []) walk(suite)
  return counts
}

export async function e2e(args = [], { env = {}, timeoutMs = 15 * MINUTE } = {}) {
  const file = countsFile('e2e')
  const code = await runTool('@playwright/test', ['test', ...args], {
    command: 'playwright',
    env: childEnv({ PLAYWRIGHT_JSON_OUTPUT_FILE: file, CHROMIUM: findBrowser() ?? '', ...env }),
    timeoutMs,
  })
  if (!existsSync(file)) return one(false)
  const counts = playwrightCounts(JSON.parse(readFileSync(file, 'utf8')))
  if (code !== 0 && counts.failed === 0) counts.failed = 1
  if (counts.passed + counts.failed === 0) counts.failed = 1
  return counts
}

const tool = (name, args, options) => async () => fromCode(await runTool(name, args, { timeoutMs: 5 * MINUTE, ...options }))

// Each checker works the contract's types out for itself: more of them than processors cost gigabytes and are later done.
export const types = {
  name: 'types',
  work: tool('typescript', ['-b', '--checkers', '2', '--builders', '1'], { command: 'tsc' }),
}
export const lint = { name: 'lint', work: tool('oxlint', ['--type-aware', '--deny-warnings']) }
export const format = { name: 'format', work: tool('@biomejs/biome', ['format', '--reporter=summary'], { command: 'biome' }) }
export const architecture = { name: 'architecture', work: () => vitest('architecture', ['--project', 'architecture']) }
const projects = (...names) => names.flatMap((name) => ['--project', name])
export const unit = { name: 'unit', work: () => vitest('unit', projects('unit', 'pages')) }
export const behaviour = {
  name: 'unit and behaviour',
  work: () => vitest('behaviour', projects('unit', 'pages', 'behaviour', 'renderer')),
}
export const built = { name: 'build', work: async () => fromCode(await buildIfStale()), opens: 'out' }
export const packaged = {
  name: 'package',
  needs: 'out',
  work: async () => fromCode(await run(node24(), [join(root, 'build/scripts/packageCheck.mjs')], { timeoutMs: 5 * MINUTE })),
}
export const endToEnd = { name: 'end to end', needs: 'out', work: () => e2e() }

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`

/** Runs every stage, also after one failed: one run should tell everything that is wrong. */
export async function runStages(stages) {
  const lines = []
  const open = new Set()
  for (const stage of stages) {
    process.stdout.write(`\n── ${stage.name} ${'─'.repeat(Math.max(2, 60 - stage.name.length))}\n`)
    const started = performance.now()
    const cannot = stage.needs && !open.has(stage.needs)
    if (cannot) process.stdout.write('cannot run: the build failed\n')
    const counts = cannot ? one(false) : await stage.work()
    if (stage.opens && counts.failed === 0) open.add(stage.opens)
    lines.push({ name: stage.name, ms: performance.now() - started, counts })
  }
  return lines
}

function printReasons(lines) {
  const byReason = new Map()
  for (const { reason, name } of lines.flatMap(({ counts }) => counts.reasons)) {
    byReason.set(reason, [...(byReason.get(reason) ?? []), name])
  }
  for (const [reason, names] of byReason) {
    const which = reason === 'no reason given' ? `: ${names.join('; ')}` : ''
    process.stdout.write(`skipped ${names.length}, ${reason}${which}\n`)
  }
}

/** Prints the table of stages and the one closing line; returns the exit code. */
export function closeWith(lines) {
  const width = Math.max(...lines.map(({ name }) => name.length))
  process.stdout.write(`\n${'─'.repeat(64)}\n`)
  for (const { name, ms, counts } of lines) {
    const said = `${counts.passed} passed, ${counts.failed} failed${counts.skipped ? `, ${counts.skipped} skipped` : ''}`
    process.stdout.write(`${counts.failed ? '✗' : '✓'} ${name.padEnd(width)}  ${seconds(ms).padStart(8)}  ${said}\n`)
  }
  printReasons(lines)
  const sum = (kind) => lines.reduce((total, { counts }) => total + counts[kind], 0)
  const total = lines.reduce((all, { ms }) => all + ms, 0)
  process.stdout.write(`all in ${Math.floor(total / MINUTE)} min ${Math.round((total % MINUTE) / 1000)} s\n\n`)
  const skipped = sum('skipped')
  process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed${skipped ? `, ${skipped} skipped` : ''}\n`)
  return sum('failed') === 0 ? 0 : 1
}
