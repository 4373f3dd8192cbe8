import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseSync } from 'vite'

export const root = resolve(import.meta.dirname, '../..')

export type Node = { type: string; start: number; end: number; [key: string]: unknown }
export type Source = { path: string; text: string; program: Node }

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Node).type === 'string' &&
  typeof (value as Node).start === 'number'

/** Paths under the project, with forward slashes on every system. */
export function filesMatching(patterns: readonly string[]): string[] {
  const found = globSync([...patterns], { cwd: root, exclude: (name) => name === 'node_modules' || name === 'out' })
  return found.map((path) => path.replaceAll('\\', '/')).toSorted()
}

export function parse(path: string, text: string): Source {
  const { program, errors } = parseSync(path, text, {})
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`)
  return { path, text, program: program as unknown as Node }
}

export const sourcesMatching = (...patterns: string[]): Source[] =>
  filesMatching(patterns).map((path) => parse(path, readFileSync(join(root, path), 'utf8')))

export const productSources = (): Source[] =>
  sourcesMatching('src-{main,shared,renderer}/**/*.{ts,tsx}').filter(
    ({ path }) => !/\.(test\.tsx?|gen\.ts|config\.ts)$/.test(path),
  )

/** Every node of the file, parents first, with its ancestors (nearest last). */
export function* nodesOf(node: Node, ancestors: readonly Node[] = []): Generator<{ node: Node; ancestors: readonly Node[] }> {
  yield { node, ancestors }
  const inner = [...ancestors, node]
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) yield* nodesOf(child, inner)
    }
  }
}

export const lineOf = ({ text }: Source, offset: number): number => text.slice(0, offset).split('\n').length

export const at = (source: Source, node: Node): string => `${source.path}:${lineOf(source, node.start)}`

/** `a.b.c` of a member chain, or null when a part of it is computed. */
export function dotted(node: unknown): string | null {
  if (!isNode(node)) return null
  if (node.type === 'Identifier') return String(node['name'])
  if (node.type === 'ThisExpression') return 'this'
  if (node.type === 'ChainExpression') return dotted(node['expression'])
  if (node.type !== 'MemberExpression' || node['computed'] === true) return null
  const object = dotted(node['object'])
  const property = dotted(node['property'])
  return object && property ? `${object}.${property}` : null
}

/** Runs a rule over sources and says where it was broken. */
export function breaches(
  sources: readonly Source[],
  broken: (node: Node, ancestors: readonly Node[], source: Source) => boolean,
): string[] {
  const found: string[] = []
  for (const source of sources) {
    for (const { node, ancestors } of nodesOf(source.program)) if (broken(node, ancestors, source)) found.push(at(source, node))
  }
  return found
}
