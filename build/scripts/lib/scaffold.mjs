import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root, run, node24, runTool } from './runtime.mjs'
import { sliceFiles } from './sliceFiles.mjs'

const camel = (words) => words.map((word, index) => (index === 0 ? word : word[0].toUpperCase() + word.slice(1))).join('')
const pascal = (words) => words.map((word) => word[0].toUpperCase() + word.slice(1)).join('')
const singular = (word) => (word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.replace(/(?<=s|x|ch|sh)es$|s$/, ''))

/** Words SQL keeps for itself: a table of this name would need quotes everywhere. */
const RESERVED = new Set(['order', 'group', 'index', 'table', 'check', 'case', 'transaction', 'value', 'column', 'user', 'key'])

function namesOf(feature) {
  const many = feature.split('-')
  const one = [...many.slice(0, -1), singular(many.at(-1))]
  const taken = readdirSync(join(root, 'migrations')).flatMap((file) => /^(\d{4})_\w+\.ts$/.exec(file)?.[1] ?? [])
  const number = String(Math.max(0, ...taken.map(Number)) + 1).padStart(4, '0')
  return {
    feature,
    many: camel(many),
    Many: pascal(many),
    one: camel(one),
    One: pascal(one),
    table: one.join('_'),
    migration: `${number}_${many.join('_')}`,
    words: many.join(' '),
    wordsOne: one.join(' '),
  }
}

/** Adds a line to the end of a list in a file: before `end`, behind `start`. A list that has moved is named, not guessed at. */
function insert(path, [start, end], line) {
  const file = join(root, path)
  const text = readFileSync(file, 'utf8')
  const at = text.indexOf(end, text.indexOf(start) + start.length)
  if (at < 0 || !text.includes(start)) {
    process.stderr.write(`${path} has changed its shape; add this yourself: ${line.trim()}\n`)
    return path
  }
  writeFileSync(file, `${text.slice(0, at)}${line}${text.slice(at)}`)
  return path
}

/** Imports stand in one block at the top; the new one goes to its end. */
function insertImport(path, line) {
  const file = join(root, path)
  const text = readFileSync(file, 'utf8')
  const last = [...text.matchAll(/^import [\s\S]*?from '[^']+'\n/gm)].at(-1)
  const at = last.index + last[0].length
  writeFileSync(file, `${text.slice(0, at)}${line}\n${text.slice(at)}`)
}

function addToLists({ feature, many, Many, one, table, words }) {
  insertImport('src-shared/contract.ts', `import { ${many}Contract } from './features/${feature}/contract.ts'`)
  insertImport('src-main/router.ts', `import { ${many}Handlers } from './features/${feature}/handlers.ts'`)
  insertImport('src-renderer/app/slices.ts', `import { text as ${many} } from '../../src-shared/features/${feature}/text.ts'`)
  const permissionWords = `\n    'permissions.${many}.read': '${words}: read',\n    'permissions.${many}.write': '${words}: write',`
  const page = `  { path: '/${feature}', needs: '${many}.read', component: '${Many}Page', load: () => import('../features/${feature}/${Many}Page.tsx') },`
  return [
    insert('src-shared/contract.ts', ['export type Contract', '\n}'], `\n  readonly ${many}: typeof ${many}Contract`),
    insert('src-shared/contract.ts', ['export const contract', '\n}'], `\n  ${many}: ${many}Contract,`),
    insert('src-main/router.ts', ['root.router(', '\n})'], `\n  ${many}: ${many}Handlers,`),
    insert('src-shared/kernel/procedure.ts', ['export const ENTITIES', '] as const'], `  '${one}',\n`),
    insert(
      'src-shared/kernel/permissions.ts',
      ['export const PLAIN_PERMISSIONS', '] as const'],
      `  '${many}.read',\n  '${many}.write',\n`,
    ),
    insert('src-main/kernel/tableList.ts', ['export const businessTables', '\n]'], `\n  { name: '${table}', entity: '${one}' },`),
    insert('src-renderer/app/pages.ts', ['export const pages', '\n]'], `\n${page}`),
    insert('src-renderer/app/slices.ts', ['const slices: Record', '}'], `, ${many} `),
    insert('src-renderer/features/roles/matrix.ts', ["'toolsData', permissions: [", ']'], `, '${many}.read', '${many}.write'`),
    insert('src-shared/features/people/text.ts', ["'permissions.tags.manage': '管理标签',", '\n'], permissionWords),
    insert('src-shared/features/people/text.ts', ["'permissions.tags.manage': 'Manage tags',", '\n'], permissionWords),
  ]
}

/** Writes a slice that compiles and whose test passes; returns the exit code. */
export async function newFeature(feature) {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*s$/.test(feature)) {
    process.stderr.write('Name the feature by a plural noun in small letters: npm run new:feature service-tickets\n')
    return 1
  }
  const names = namesOf(feature)
  if (RESERVED.has(names.table)) {
    process.stderr.write(`"${names.table}" is a word of SQL; choose another, such as sales-${feature}\n`)
    return 1
  }
  const files = sliceFiles(names)
  const present = Object.keys(files).filter((path) => existsSync(join(root, path)))
  if (present.length > 0) {
    process.stderr.write(`There is a feature of this name already: ${present.join(', ')}\n`)
    return 1
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const changed = [...new Set(addToLists(names))]
  const formatted = await runTool('@biomejs/biome', ['format', '--write', ...Object.keys(files), ...changed], {
    command: 'biome',
    stdio: 'ignore',
  })
  const typed = await run(node24(), [join(root, 'build/scripts/dbTypes.mjs')])
  process.stdout.write(
    `\nwrote\n${Object.keys(files)
      .map((path) => `  ${path}\n`)
      .join('')}and a line each in\n${changed.map((path) => `  ${path}\n`).join('')}`,
  )
  process.stdout.write(
    `\nNext: make the migration and the model yours, then npm run db:types && npm run check.\nA place in the navigation: src-renderer/app/navigation.tsx, with its word in src-renderer/app/text.ts.\n`,
  )
  return Math.max(formatted, typed)
}
