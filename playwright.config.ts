import { defineConfig } from '@playwright/test'

/** `npm test` and `npm run e2e` find the browser and name it here; a bare `npx playwright` gets Debian's. */
const browser = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const output = process.env['PLAYWRIGHT_JSON_OUTPUT_FILE']

/**
 * Chromium takes the last list alone, so this one begins with Playwright's. At its end the pop-ups of the address bar: pages of
 * their own, drawn anew for each window, half a second of a processor each; and no test has an address bar.
 */
const WITHOUT = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
]

export default defineConfig({
  // `npm run acceptance` walks the long way.
  testDir: process.env['KEZHAN_LONG'] ? 'tests/acceptance' : 'tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: '.cache/e2e',
  workers: 2,
  retries: 0,
  timeout: 150_000,
  expect: { timeout: 20_000 },
  reporter: output ? [['list'], ['json', { outputFile: output }]] : [['list']],
  use: {
    browserName: 'chromium',
    headless: true,
    viewport: { width: 1366, height: 768 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    actionTimeout: 25_000,
    screenshot: 'only-on-failure',
    // A dialog that still grows can slip away between press and release of the mouse on a busy machine; the motions
    // themselves are walked in stillness.spec.ts.
    contextOptions: { reducedMotion: 'reduce' },
    // A recorded trace costs a third of the time of every test; `npm run e2e -- --trace retain-on-failure` asks for one.
    trace: 'off',
    launchOptions: {
      executablePath: browser,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        `--disable-features=${WITHOUT.join()}`,
      ],
    },
  },
})
