import { createORPCClient } from '@orpc/client'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import type { Me } from '../../src-shared/features/session/contract.ts'
import type { ApiClient } from '../kernel/api.ts'
import { ApiProvider, MeProvider } from '../kernel/context.tsx'
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
  product: [view('f', '常卖的')],
  opportunity: [view('g', '快谈成的')],
  order: [view('h', '大订单')],
  payment: [view('i', '大回款')],
  invoice: [view('k', '大额发票')],
  quote: [view('j', '大额的')],
  lead: [view('h', '展会来的')],
  pool: [view('d', '重庆公海'), view('e', '宁波公海')],
}
const ME = {
  employeeId: 'me',
  permissions: { 'customers.read': 'own', 'contacts.read': 'own' },
  fieldRights: {},
} as unknown as Me
const POOLS = [{ id: 'p', name: '华东公海', hides: ['customer.lastFollowUpAt'] }]
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
  const call = ([slice]: readonly string[], { entity = '' }: { entity?: string }) => {
    if (slice !== 'views') return Promise.resolve(POOLS)
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
        <MeProvider me={ME}>
          <Views typed={typed} items={items} />
        </MeProvider>
      </ApiProvider>
    </QueryClientProvider>,
  )
  await vi.waitFor(() => expect(asked).toHaveLength(items === navigation ? 12 : 1), 5000)
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

it('names the views of the program too, those that make sense for who asks, with the name of their list or without', async () => {
  await expectNamed('我的客户', ['我的 · 客户', '我的客户的 · 联系人'])
  drawn.entries.find(({ note }) => note === '客户')?.run()
  expect(went).toHaveBeenCalledWith({ to: '/customers', search: { view: 'mine' } })
  await expectNamed('最近浏览', ['最近浏览 · 客户', '最近浏览 · 公海'])
  // 从未跟进 asks by what the only pool keeps back; 我部门的 is nothing for who sees his own customers.
  await expectNamed('从未', [])
  await expectNamed('部门', [])
  // The name of a list alone names no view of it.
  await expectNamed('联系人', ['全部联系人 · 联系人', '首要联系人 · 联系人'])
})

it('asks for no list that one may not open, and says nothing while nothing is typed', async () => {
  const contacts = navigation.filter(({ to }) => to === '/contacts')
  await expectNamed('chongqing', ['重庆的老板 · 联系人'], contacts)
  expect(asked).toEqual(['contact'])
  await expectNamed(' ', [])
})
