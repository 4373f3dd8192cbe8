import { describe, expect, it } from 'vitest'
import { breaches, dotted, type Node, parse, productSources, type Source } from './sources.ts'

const sources = productSources()
const shell = sources.filter(({ path }) => path === 'src-main/main.ts' || path.startsWith('src-main/electron/'))
const pages = sources.filter(({ path }) => path.startsWith('src-renderer/'))

const keyOf = (node: Node): string | null => {
  const key = node['key'] as Node | undefined
  if (node.type !== 'Property' || !key) return null
  return key.type === 'Literal' ? String(key['value']) : dotted(key)
}

const isTrue = (value: unknown) => (value as Node | undefined)?.type === 'Literal' && (value as Node)['value'] === true

/** Any of these opens a hole however it is spelled; only their safe value may be written down. */
function weakens(node: Node): boolean {
  const key = keyOf(node)
  if (!key) return false
  const mayOnlyBeFalse = [
    'nodeIntegration',
    'nodeIntegrationInWorker',
    'nodeIntegrationInSubFrames',
    'webviewTag',
    'allowRunningInsecureContent',
    'experimentalFeatures',
  ]
  const mayOnlyBeTrue = ['contextIsolation', 'sandbox', 'webSecurity']
  const value = node['value'] as Node
  const isFalse = value.type === 'Literal' && value['value'] === false
  return (mayOnlyBeFalse.includes(key) && !isFalse) || (mayOnlyBeTrue.includes(key) && !isTrue(value))
}

const opensOutside = (node: Node, _ancestors: readonly Node[], { path }: Source) =>
  path !== 'src-main/electron/externalLinks.ts' && node.type === 'MemberExpression' && dotted(node['property']) === 'openExternal'

const exposes = (node: Node) => node.type === 'MemberExpression' && dotted(node['property']) === 'exposeInMainWorld'

const rawIpc = (node: Node, _ancestors: readonly Node[], { path }: Source) =>
  path !== 'src-main/electron/handle.ts' && node.type === 'MemberExpression' && (dotted(node) ?? '').startsWith('ipcMain.')

const HTML_SINKS = ['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'dangerouslySetInnerHTML', 'srcdoc', 'srcDoc']
function writesHtml(node: Node): boolean {
  const name =
    node.type === 'MemberExpression'
      ? dotted(node['property'])
      : node.type === 'JSXAttribute'
        ? String((node['name'] as Node)['name'])
        : keyOf(node)
  if (name && HTML_SINKS.includes(name)) return true
  const called = node.type === 'CallExpression' || node.type === 'NewExpression' ? dotted(node['callee']) : null
  return called === 'eval' || called === 'Function' || called === 'document.write'
}

const planted = (text: string): Source[] => [parse('planted.tsx', text)]

describe('the shell', () => {
  it('never weakens a window', () => {
    expect(shell.length).toBeGreaterThan(5)
    expect(breaches(shell, weakens)).toEqual([])
    expect(
      breaches(planted('const a = { nodeIntegration: true, sandbox: false, webSecurity: x, contextIsolation: true }'), weakens),
    ).toHaveLength(3)
  })

  it('opens an address outside only through the parser', () => {
    expect(breaches(sources, opensOutside)).toEqual([])
    expect(breaches(planted('shell.openExternal(url)'), opensOutside)).toHaveLength(1)
  })

  it('hands the page a port and nothing else', () => {
    expect(breaches(sources, exposes)).toEqual([])
    expect(breaches(planted("contextBridge.exposeInMainWorld('ipc', ipcRenderer)"), exposes)).toHaveLength(1)
  })

  it('listens to pages only through the wrapper', () => {
    expect(breaches(shell, rawIpc)).toEqual([])
    expect(breaches(planted("ipcMain.handle('x', run)"), rawIpc)).toHaveLength(1)
  })
})

describe('pages', () => {
  it('never write HTML from text', () => {
    expect(breaches(pages, writesHtml)).toEqual([])
    expect(
      breaches(planted('a.innerHTML = b; eval(c); const d = <i dangerouslySetInnerHTML={{ __html: e }} />'), writesHtml),
    ).toHaveLength(3)
  })
})
