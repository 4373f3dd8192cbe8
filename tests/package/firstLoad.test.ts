import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { parseSync } from 'vite'
import { describe, expect, it } from 'vitest'

const pages = resolve(import.meta.dirname, '../../out/renderer')
const assets = join(pages, 'assets')
const LIMIT = 400_000
/** What the list of customers may need beside the entry: it is the second page of a day, and comes while the first is read. */
const LIST_LIMIT = 480_000

const asset = (path: string) => path.slice(path.lastIndexOf('/') + 1)

/** What a chunk needs before it can run. */
function staticImports(name: string): string[] {
  const { module } = parseSync(name, readFileSync(join(assets, name), 'utf8'), {})
  return module.staticImports.map(({ moduleRequest }) => asset(moduleRequest.value))
}

function withImports(start: readonly string[]): Set<string> {
  const found = new Set<string>()
  const open = [...start]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue
    found.add(name)
    if (name.endsWith('.js')) open.push(...staticImports(name))
  }
  return found
}

const chunk = (name: string): string => {
  const file = readdirSync(assets).find((path) => path.startsWith(`${name}-`) && path.endsWith('.js'))
  if (!file) throw new Error(`there is no chunk of ${name}`)
  return file
}

describe('the built pages', () => {
  it('are addressed from the root, so that a reload of a record finds them', (test) => {
    if (!existsSync(pages)) test.skip('out/ is not built: npm run build')
    const html = readFileSync(join(pages, 'index.html'), 'utf8')
    const addresses = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address)
    expect(addresses.length).toBeGreaterThan(1)
    expect(addresses.filter((address) => !address?.startsWith('/'))).toEqual([])
    expect(html).not.toMatch(/<script(?![^>]+src=)|\son\w+=|style=/)
  })

  it.for([
    ['entry, login and the first page', 'WorkbenchPage', LIMIT],
    ['entry, login and the list of customers', 'CustomersPage', LIST_LIMIT],
  ] as const)('load no more than they may for %s', ([, page, limit], test) => {
    if (!existsSync(pages)) test.skip('out/ is not built: npm run build')
    const html = readFileSync(join(pages, 'index.html'), 'utf8')
    const entry = [...html.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map(([, address]) => asset(address ?? ''))
    const needed = withImports([...entry, chunk('LoginPage'), chunk(page)])
    const sizes = [...needed].map((name) => ({ name, bytes: gzipSync(readFileSync(join(assets, name)), { level: 9 }).length }))
    const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0)
    console.log(`first load with ${page}: ${Math.round(total / 1000)} kB gzip in ${sizes.length} files`)
    expect(total, JSON.stringify(sizes.toSorted((a, b) => b.bytes - a.bytes).slice(0, 8))).toBeLessThanOrEqual(limit)
  })
})
