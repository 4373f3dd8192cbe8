import { defineConfig } from 'vitest/config'

const long = process.env['KEZHAN_LONG'] === '1'
const node24 = Number(process.versions.node.split('.')[0]) >= 24

if (!node24) {
  // better-sqlite3 crashes the whole process under Node 20, so a sentence here saves an hour.
  throw new Error(`The tests need Node 24, this is ${process.version}. Run them through "npm test" or "npx vitest".`)
}

export default defineConfig({
  test: {
    // Two workers: the machines this runs on have two cores, and behaviour tests hold real databases.
    maxWorkers: 2,
    // Passwords of tests are hashed at the cheapest cost; only tests can ask for it.
    env: { KEZHAN_TEST_HASH: 'cheap' },
    projects: [
      {
        test: {
          name: 'architecture',
          environment: 'node',
          include: ['tests/architecture/**/*.test.ts'],
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['src-{shared,main}/**/*.test.ts'],
          // Pure rules: to load them anew for each file takes longer than to ask them.
          isolate: false,
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'pages',
          environment: 'node',
          include: ['src-renderer/**/*.test.ts'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'behaviour',
          environment: 'node',
          include: long ? ['tests/acceptance/**/*.test.ts'] : ['tests/**/*.test.ts'],
          exclude: long ? [] : ['tests/{acceptance,architecture,bench,e2e,renderer}/**'],
          testTimeout: long ? 3_600_000 : 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'renderer',
          environment: 'jsdom',
          include: ['tests/renderer/**/*.test.tsx', 'src-renderer/**/*.test.tsx'],
          setupFiles: ['tests/support/jsdom.ts'],
          testTimeout: 30_000,
        },
      },
    ],
  },
})
