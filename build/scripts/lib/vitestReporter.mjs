import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

const shared = resolve(import.meta.dirname, '../../..', process.env.KEZHAN_SHARED ?? '../shared')
/** Tests that are left out before they run can say nothing; without the data beside the repository that is why. */
const unsaid = existsSync(shared) ? 'no reason given' : `the data beside the repository is absent (KEZHAN_SHARED, ${shared})`

/** Counts for the closing line of `npm test`, and why a test was skipped: a skip without a reason is a hidden failure. */
export default class CountingReporter {
  onTestRunEnd(testModules, unhandledErrors) {
    const target = process.env.KEZHAN_COUNTS
    if (!target) return
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0, reasons: [], tests: [] }
    for (const testModule of testModules) {
      // A file that cannot even be loaded has no tests to fail, so it counts as one itself.
      if (testModule.errors().length > 0) counts.failed += 1
      for (const test of testModule.children.allTests()) {
        const result = test.result()
        const state = result.state === 'passed' || result.state === 'failed' ? result.state : 'skipped'
        counts[state] += 1
        if (state === 'skipped') counts.reasons.push({ reason: result.note ?? unsaid, name: test.fullName })
        counts.tests.push({ name: test.fullName, state, ms: Math.round(test.diagnostic()?.duration ?? 0) })
      }
    }
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, JSON.stringify(counts))
  }
}
