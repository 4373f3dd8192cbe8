/** What a browser loads before the first page stands: entry, login, first page, styles; packed as a server would send it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { Report } from './support/figures.ts'

const LIMIT_KB = 400
/** The lazily loaded parts of the first page, by the name of their source. The rows of the grid come after. */
const FIRST = [/^LoginPage-/, /^Entrance-/, /^SignedIn-/, /^Frame-/, /^CustomersPage-/, /^zh[_-]?CN-/i]
const folder = resolve(import.meta.dirname, '../../out/renderer')
const assets = join(folder, 'assets')
const report = new Report('load')

const html = readFileSync(join(folder, 'index.html'), 'utf8')
const entries = [...html.matchAll(/(?:src|href)="[./]*assets\/([^"]+\.(?:js|css))"/g)].flatMap((found) => found[1] ?? [])
const lazy = readdirSync(assets).filter((name) => name.endsWith('.js') && FIRST.some((pattern) => pattern.test(name)))

const loaded = new Set<string>()
function follow(name: string): void {
  if (loaded.has(name) || !existsSync(join(assets, name))) return
  loaded.add(name)
  if (!name.endsWith('.js')) return
  const source = readFileSync(join(assets, name), 'utf8')
  // Only what is imported at once; import() waits until somebody asks.
  for (const found of source.matchAll(/(?:from|import)\s*["']\.\/([^"']+)["']/g)) follow(basename(found[1] ?? ''))
}
for (const name of [...entries, ...lazy]) follow(name)

const sizes = [...loaded].map((name) => ({ name, bytes: gzipSync(readFileSync(join(assets, name)), { level: 9 }).length }))
const total = (gzipSync(html).length + sizes.reduce((sum, { bytes }) => sum + bytes, 0)) / 1000
const whole = readdirSync(assets)
  .filter((name) => /\.(js|css)$/.test(name))
  .reduce((sum, name) => sum + gzipSync(readFileSync(join(assets, name))).length, 0)
report.note({
  case: 'biggest chunks',
  chunks: sizes
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, 12)
    .map(({ name, bytes }) => `${name} ${Math.round(bytes / 1000)} kB`),
})
report.line({
  case: 'first load, gzip kB',
  kB: Math.round(total),
  reference: Math.round(whole / 1000),
  ratio: Number((total / (whole / 1000)).toFixed(2)),
  files: loaded.size,
  ok: total <= LIMIT_KB,
})
report.end()
