import { createORPCClient } from '@orpc/client'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import type { Contact } from '../../../src-shared/features/contacts/model.ts'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import type { Me } from '../../../src-shared/features/session/contract.ts'
import type { ApiClient } from '../../kernel/api.ts'
import { ApiProvider, MeProvider } from '../../kernel/context.tsx'
import { startText } from '../../kernel/text.ts'
import { CustomFields } from '../fields/public.ts'
import { ContactDialog } from './ContactDialog.tsx'
import { EditDrawer } from './EditDrawer.tsx'

const ME = { employeeId: 'e', timeZone: 'Asia/Shanghai', permissions: {}, fieldRights: {} } as unknown as Me
const STORED = '合同里写的'
const customer = {
  id: 'c',
  name: '永固标准件',
  version: 3,
  tags: [],
  deletedAt: null,
  custom: { cf_1: STORED },
} as unknown as Customer
const contact = { id: 'p', customerId: 'c', name: '林晓', version: 1, custom: { cf_2: STORED } } as unknown as Contact
const field = (key: string, entity: string) => ({
  id: key,
  entity,
  key,
  label: `公司的${key}`,
  type: 'text',
  choices: [],
  unit: null,
  precision: null,
  formula: null,
  position: 0,
  archived: false,
  version: 1,
})
const ANSWERS: Readonly<Record<string, unknown>> = {
  'fields.list': [field('cf_1', 'customer'), field('cf_2', 'contact')],
  'fields.settings': [],
  'layouts.list': [],
}

let root: Root
let asked: Map<string, (answer: unknown) => void>
beforeAll(() => startText('zh-CN'))
beforeEach(() => {
  asked = new Map()
  root = createRoot(document.createElement('div'))
})
afterEach(() => root.unmount())

function draw(page: ReactNode): void {
  const call = (path: readonly string[]) => new Promise((resolve) => void asked.set(path.join('.'), resolve))
  const client = createORPCClient<ApiClient>({ call: call as never })
  root.render(
    <QueryClientProvider client={new QueryClient()}>
      <ApiProvider connection={{ client, api: createTanstackQueryUtils(client) }}>
        <MeProvider me={ME}>
          <CustomFields>{page}</CustomFields>
        </MeProvider>
      </ApiProvider>
    </QueryClientProvider>,
  )
}
/** Answers, and waits until everything was drawn that it changes. */
async function answer(path: string): Promise<void> {
  await vi.waitFor(() => expect(asked.has(path)).toBe(true), 5000)
  asked.get(path)?.(ANSWERS[path])
  await new Promise((resolve) => setTimeout(resolve, 20))
}
const closed = vi.fn<() => void>()
const held = (key: string) => document.querySelector<HTMLInputElement>(`#${key}`)?.value
const saves = () => [...document.querySelectorAll<HTMLButtonElement>('.ant-drawer-footer .ant-btn-primary')]

it.each([
  ['customer', 'cf_1', () => <EditDrawer customer={customer} onClose={closed} />],
  ['contact', 'cf_2', () => <ContactDialog customer={customer} contact={contact} onClose={closed} />],
] as const)(
  'the form of a %s begins when it is known what it asks, with what stands in every field',
  async (_kind, key, page) => {
    closed.mockClear()
    draw(page())
    await vi.waitFor(() => expect(saves()).toHaveLength(1), 5000)
    expect([held('name'), held(key)]).toEqual([undefined, undefined])
    expect(saves().map(({ disabled }) => disabled)).toEqual([true])
    await answer('layouts.list')
    expect(held('name')).toBeUndefined()
    await answer('fields.settings')
    await answer('fields.list')
    await vi.waitFor(() => expect(held(key)).toBe(STORED), 5000)
    // Nothing was changed: nothing is sent.
    saves()[0]?.click()
    await vi.waitFor(() => expect(closed).toHaveBeenCalledTimes(1), 5000)
    expect([...asked.keys()].filter((path) => path.endsWith('.edit'))).toEqual([])
  },
)
