import { describe, expect, it } from 'vitest'
import { breaches, dotted, type Node, parse, productSources, type Source } from './sources.ts'

const sources = productSources()
/** Where the program is put together, the real clock is handed to everything else. */
const isRoot = (path: string) => /^src-main\/(main|backend|cli)(\.ts|\/)/.test(path)
const outsideKernels = sources.filter(({ path }) => !/^src-\w+\/kernel\//.test(path) && !isRoot(path))
const features = sources.filter(({ path }) => path.startsWith('src-main/features/'))
const pages = sources.filter(({ path }) => path.startsWith('src-renderer/') && !/(^|\/)\w*([tT]ext|Words)\.ts$/.test(path))

const CHINESE = /[\u3400-\u9fff\uf900-\ufaff]/

const asksTheClock = (node: Node) =>
  (node.type === 'NewExpression' && dotted(node['callee']) === 'Date' && (node['arguments'] as unknown[]).length === 0) ||
  (node.type === 'MemberExpression' && ['Date.now', 'Math.random', 'crypto.randomUUID'].includes(dotted(node) ?? ''))

const touchesBackend = (node: Node) => node.type === 'MemberExpression' && dotted(node['property']) === 'backend'

function saysChinese(node: Node, ancestors: readonly Node[]): boolean {
  const words =
    node.type === 'Literal' && typeof node['value'] === 'string'
      ? node['value']
      : node.type === 'JSXText'
        ? String(node['value'])
        : node.type === 'TemplateElement'
          ? String((node['value'] as { raw: string }).raw)
          : ''
  // A language is called by its own name whatever the page speaks.
  if (words === '中文') return false
  // A regular expression or a type may speak of characters; what a person reads may not.
  return (
    CHINESE.test(words) &&
    !ancestors.some(({ type }) => type.startsWith('TS') && type !== 'TSAsExpression' && type !== 'TSSatisfiesExpression')
  )
}

const planted = (text: string): Source[] => [parse('planted.tsx', text)]

describe('purity', () => {
  it('time and chance come from the kernel', () => {
    expect(breaches(outsideKernels, asksTheClock)).toEqual([])
    expect(
      breaches(planted('const a = new Date(); const b = Date.now(); const c = Math.random(); new Date(a)'), asksTheClock),
    ).toHaveLength(3)
  })

  it('a feature reaches the database only through what its handler is given', () => {
    expect(breaches(features, touchesBackend)).toEqual([])
    expect(breaches(planted('const a = context.backend.database'), touchesBackend)).toHaveLength(1)
  })

  it('pages hold no Chinese words outside their text files', () => {
    expect(breaches(pages, saysChinese)).toEqual([])
    const page = 'const a = "客户"; const b = <b title="姓名">电话</b>; const c = `共${a}条`; /* 注释 */ const d = /[\\u4e00]/'
    expect(breaches(planted(page), saysChinese)).toHaveLength(5)
  })
})
