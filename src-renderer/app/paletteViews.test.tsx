import { createORPCClient } from '@orpc/client'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import type { ApiClient } from '../kernel/api.ts'
import { ApiProvider } from '../kernel/context.tsx'
import { startText } from '../kernel/text.ts'
import { loadTyped } from '../kernel/typed.ts'
import { type NavItem, navigation } from './navigation.tsx'
import type { Entry } from './paletteEntries.tsx'
import { useViews } from './paletteViews.tsx'

const went = vi.fn<(to: unknown) => Promise<void>>(() => Promise.resolve())
vi.mock('@tanstack/react-router', () => ({ useNavigate: () => went }))

const view = (id: string, name: string, isForMe = true) => ({ id, name, isForMe })
const VIEWS: Readonly<Record<string, readonly object[]>> = {
  customer: [view('a', '重庆大客户'), view('b', '别人的重庆', false)],
  contact: [view('c', '重庆的老板')],
  pool: [view('d', '重庆公海'), view('e', '宁波公海')],
}
let root: Root | undefined
let asked: string[]
const drawn = { entries: [] as Entry[] }
function Views({ typed, items }: { typed: string; items: readonly NavItem[] }) {
  Object.assign(drawn, { entries: useViews(typed, items) })
  return null
}
beforeAll(() => startText('zh-CN'))
afterEach(() => root?.unmount())

async function expectNamed(typed: string, named: readonly string[], items: readonly NavItem[] = navigation): Promise<void> {
  const call = (_path: readonly string[], { entity }: { entity: string }) => {
    asked.push(entity)
    return Promise.resolve({ views: VIEWS[entity], arrangement: {} })
  }
  const client = createORPCClient<ApiClient>({ call: call as never })
  await loadTyped()
  asked = []
  drawn.entries = []
  root?.unmount()
  root = createRoot(document.createElement('div'))
  root.render(
    <QueryClientProvider client={new QueryClient()}>
      <ApiProvider connection={{ client, api: createTanstackQueryUtils(client) }}>
        <Views typed={typed} items={items} />
      </ApiProvider>
    </QueryClientProvider>,
  )
  await vi.waitFor(() => expect(asked).toHaveLength(items === navigation ? 3 : 1), 5000)
  await vi.waitFor(
    () => expect(drawn.entries.map(({ title, note }) => `${title} · ${note}`).toSorted()).toEqual(named.toSorted()),
    5000,
  )
}

it('names views of all lists with their list, by name and by pinyin, and goes there', async () => {
  await expectNamed('重庆', ['重庆大客户 · 客户', '重庆公海 · 公海', '重庆的老板 · 联系人'])
  drawn.entries.find(({ title }) => title === '重庆公海')?.run()
  expect(went).toHaveBeenCalledWith({ to: '/pools', search: { view: 'd' } })
  await expectNamed('cqgh', ['重庆公海 · 公海'])
})

it('asks for no list that one may not open, and says nothing while nothing is typed', async () => {
  const contacts = navigation.filter(({ to }) => to === '/contacts')
  await expectNamed('chongqing', ['重庆的老板 · 联系人'], contacts)
  expect(asked).toEqual(['contact'])
  await expectNamed(' ', [])
})
