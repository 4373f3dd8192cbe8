import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { showBadge, tellOutside } from './outside.ts'

const handed: [string, unknown][] = []
const sent: unknown[] = []
let focused = false

beforeEach(() => {
  handed.length = 0
  sent.length = 0
  vi.stubGlobal('document', { hasFocus: () => focused })
  vi.stubGlobal('window', { postMessage: (name: string, _to: string, ports: unknown[]) => handed.push([name, ports.length]) })
  vi.stubGlobal(
    'MessageChannel',
    class {
      port1 = { postMessage: (data: unknown) => sent.push(data) }
      port2 = {}
    },
  )
})
afterEach(() => void vi.unstubAllGlobals())

it('says nothing in a browser, nor to somebody who looks at the window', () => {
  vi.stubGlobal('location', { protocol: 'http:' })
  focused = false
  tellOutside('导入', '完成')
  vi.stubGlobal('location', { protocol: 'app:' })
  focused = true
  tellOutside('导入', '完成')
  expect([handed, sent]).toEqual([[], []])
})

it('asks the desktop once for a channel and says everything over it, no longer than it takes', () => {
  vi.stubGlobal('location', { protocol: 'app:' })
  focused = false
  tellOutside('导入', '完成')
  tellOutside('导'.repeat(200), '完'.repeat(900))
  expect(handed).toEqual([['kezhan:shell', 1]])
  expect(sent).toEqual([
    { id: 1, call: 'notify', input: { title: '导入', body: '完成' } },
    { id: 2, call: 'notify', input: { title: '导'.repeat(100), body: '完'.repeat(500) } },
  ])
})

it('sends the number of the icon when it changes, and none in a browser', () => {
  vi.stubGlobal('location', { protocol: 'http:' })
  showBadge(2)
  vi.stubGlobal('location', { protocol: 'app:' })
  for (const count of [2, 2, 1286, 0]) showBadge(count)
  expect(sent.map((message) => (message as { input: unknown }).input)).toEqual([{ count: 2 }, { count: 999 }, { count: 0 }])
})
