import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser'
import { afterEach, describe, expect, it } from 'vitest'
import { root } from './sources.ts'

const rules = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as {
  forbidden: object[]
  options: { enhancedResolveOptions: object } & Record<string, unknown>
}

/** Fewer modules than this means that the tool did not look, not that the project is clean. */
const AT_LEAST_MODULES = 400

async function look(baseDir: string): Promise<ICruiseResult> {
  const { enhancedResolveOptions: _used, ...options } = rules.options
  const chosen = { ...options, baseDir, validate: true, ruleSet: { forbidden: rules.forbidden } } as ICruiseOptions
  delete chosen.tsConfig
  const { output } = await cruise(
    ['src-main', 'src-shared', 'src-renderer', 'migrations'],
    chosen,
    rules.options.enhancedResolveOptions,
  )
  return output as ICruiseResult
}

const violationsOf = ({ summary }: ICruiseResult) =>
  summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)

describe('layers', () => {
  it('hold in the whole project', async () => {
    const result = await look(root)
    expect(result.summary.totalCruised).toBeGreaterThan(AT_LEAST_MODULES)
    expect(violationsOf(result)).toEqual([])
  })
})

describe('a planted violation is found', () => {
  let folder = ''
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const plant = (files: Record<string, string>) => {
    folder = mkdtempSync(join(tmpdir(), 'kezhan-layers-'))
    for (const base of ['src-main', 'src-shared', 'src-renderer', 'migrations']) mkdirSync(join(folder, base))
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
  }

  const target = 'export const x = 1\n'
  const importing = (path: string) => `import { x } from '${path}'\nexport const y = x\n`

  it.each([
    ['the renderer never sees main', 'src-renderer/app/a.tsx', 'src-main/kernel/b.ts', '../../src-main/kernel/b.ts'],
    ['main never sees the renderer', 'src-main/kernel/a.ts', 'src-renderer/kernel/b.ts', '../../src-renderer/kernel/b.ts'],
    ['shared knows neither side', 'src-shared/kernel/a.ts', 'src-main/kernel/b.ts', '../../src-main/kernel/b.ts'],
    ['src-main: a feature does not reach', 'src-main/features/one/a.ts', 'src-main/features/two/store.ts', '../two/store.ts'],
    [
      'src-renderer: a feature does not reach',
      'src-renderer/features/one/A.tsx',
      'src-renderer/features/two/B.tsx',
      '../two/B.tsx',
    ],
    [
      'src-shared: a feature does not reach',
      'src-shared/features/one/a.ts',
      'src-shared/features/two/rules.ts',
      '../two/rules.ts',
    ],
    ['a kernel does not know features', 'src-main/kernel/a.ts', 'src-main/features/one/public.ts', '../features/one/public.ts'],
    ['transports are leaves', 'src-main/kernel/a.ts', 'src-main/transports/b.ts', '../transports/b.ts'],
    ['only the shell is imported by the shell', 'src-main/backend.ts', 'src-main/electron/menu.ts', './electron/menu.ts'],
    ['migrations stand alone', 'migrations/0001_a.ts', 'src-shared/kernel/b.ts', '../src-shared/kernel/b.ts'],
    ['the product does not import tests', 'src-main/kernel/a.ts', 'tests/support/b.ts', '../../tests/support/b.ts'],
  ])('%s', async (rule, from, to, written) => {
    plant({ [from]: importing(written), [to]: target })
    const found = violationsOf(await look(folder))
    expect(found.filter((line) => line.startsWith(rule))).toHaveLength(1)
  })

  it('no cycles', async () => {
    plant({
      'src-shared/kernel/a.ts': importing('./b.ts'),
      'src-shared/kernel/b.ts': `import { y } from './a.ts'\nexport const x = () => y\n`,
    })
    expect(violationsOf(await look(folder)).some((line) => line.startsWith('no cycles'))).toBe(true)
  })

  it('a public or model file may be used by other features', async () => {
    plant({
      'src-main/features/one/a.ts': importing('../two/public.ts'),
      'src-main/features/two/public.ts': target,
      'src-shared/features/one/a.ts': importing('../two/model.ts'),
      'src-shared/features/two/model.ts': target,
    })
    expect(violationsOf(await look(folder))).toEqual([])
  })
})
