import { describe, expect, it } from 'vitest'
import { lineOf, type Node, nodesOf, productSources, type Source, sourcesMatching } from './sources.ts'

const FILE_LIMIT = { ts: 400, tsx: 300 }
const FUNCTION_LIMIT = 80

/** One table of numbers, adopted as it was designed. */
const THEME = 'src-renderer/app/theme.ts'

const isWordList = ({ path }: Source) => /(^|\/)\w*([tT]ext|Words)\.ts$/.test(path)
const isFunction = ({ type }: Node) => /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(type)

/** Counted like the linter counts: lines with code on them. */
function codeLines(source: Source, node: Node): number {
  return source.text
    .slice(node.start, node.end)
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s*(\/\/|\/?\*)/.test(line)).length
}

describe('size', () => {
  it('no file is longer than its kind allows', () => {
    const sources = [...productSources(), ...sourcesMatching('tests/**/*.{ts,tsx}', 'migrations/*.ts', 'build/**/*.{mjs,ts}')]
    const tooLong = sources
      .filter((source) => !isWordList(source))
      .map(({ path, text }) => ({
        path,
        lines: text.split('\n').length - 1,
        limit: path.endsWith('x') ? FILE_LIMIT.tsx : FILE_LIMIT.ts,
      }))
      .filter(({ lines, limit }) => lines > limit)
    expect(tooLong).toEqual([])
  })

  it('no function is longer than 80 lines', () => {
    const tooLong: string[] = []
    for (const source of productSources().filter(({ path }) => path !== THEME)) {
      for (const { node } of nodesOf(source.program)) {
        if (isFunction(node) && codeLines(source, node) > FUNCTION_LIMIT)
          tooLong.push(`${source.path}:${lineOf(source, node.start)}`)
      }
    }
    expect(tooLong).toEqual([])
  })

  it('no list of names is put together by hand: it follows the language', () => {
    // What goes into cells is read again when it comes back, whatever the language.
    const isCell = ({ path }: Source) => path === 'src-renderer/components/table/cellText.ts'
    const byHand = productSources().filter(
      (source) => source.path.startsWith('src-renderer/') && !isCell(source) && /\.join\((['"`])、\1\)/.test(source.text),
    )
    expect(byHand.map(({ path }) => path)).toEqual([])
  })

  it('no file is named after a drawer', () => {
    const vague = productSources().filter(({ path }) => /(^|\/)(utils?|helpers?|common|misc|types|index)\.tsx?$/.test(path))
    expect(vague.map(({ path }) => path)).toEqual([])
  })
})
