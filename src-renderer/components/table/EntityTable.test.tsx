import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { startText } from '../../kernel/text.ts'
import type { Column, PageOf } from './columns.ts'
import { EntityTable } from './EntityTable.tsx'
import { standardLayout } from './layout.ts'

startText('zh-CN')

type Row = { id: string }
const columns: Column<Row>[] = [{ key: 'name', title: 'name', width: 100, sticky: true, render: (row) => row.id }]
const rows = Array.from({ length: 40 }, (_, i): Row => ({ id: `row ${i}` }))

let root: Root
const box = document.createElement('div')
const load = vi.fn<() => Promise<PageOf<Row>>>()
const nothing = () => {}

function List({ total = 40 }: { total?: number }) {
  return (
    <EntityTable<Row>
      label="rows"
      feature="customers"
      columns={columns}
      rowKey={(row) => row.id}
      page={(offset) => ({ queryKey: ['rows', offset], queryFn: load })}
      resultKey="all"
      total={total}
      sort={null}
      onSort={nothing}
      layout={standardLayout(columns)}
      onLayout={nothing}
      density="compact"
      openId={null}
      onOpen={nothing}
      onOpenPage={nothing}
      describe={(row) => ({ title: row.id, facts: [] })}
      empty="empty"
      failed={(_error, retry) => (
        <button type="button" className="again" onClick={retry}>
          again
        </button>
      )}
    />
  )
}
const settle = () => act(async () => void (await new Promise((resolve) => setTimeout(resolve, 20))))

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  document.body.append(box)
  root = createRoot(box)
})
afterEach(() => {
  act(() => root.unmount())
  vi.unstubAllGlobals()
})

it('keeps its scroller when a page fails and is tried again, so that the list goes on following it', async () => {
  const cache = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  load.mockRejectedValueOnce(new Error('the host is away')).mockResolvedValue({ rows, hasMore: false, capped: false })
  act(() =>
    root.render(
      <QueryClientProvider client={cache}>
        <List />
      </QueryClientProvider>,
    ),
  )
  const scroller = box.querySelector('.grid-scroll')
  await settle()
  const again = box.querySelector<HTMLButtonElement>('.again')
  expect(again).not.toBeNull()
  act(() => again?.click())
  await settle()
  expect(box.querySelector('.again')).toBeNull()
  expect(box.querySelectorAll('tr[data-row-key^="row"]').length).toBeGreaterThan(0)
  expect(box.querySelector('.grid-scroll')).toBe(scroller)
})

it('says how many rows lie below what can be scrolled to', async () => {
  load.mockResolvedValue({ rows, hasMore: true, capped: false })
  const cache = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const shown = async (total: number) => {
    act(() =>
      root.render(
        <QueryClientProvider client={cache}>
          <List total={total} />
        </QueryClientProvider>,
      ),
    )
    await settle()
    return box.querySelector('.grid-capped')?.textContent ?? null
  }
  expect(await shown(1_000_000)).toBeNull()
  expect(await shown(1_234_567)).toBe('最后 234,567 行滚动不到，请用筛选、搜索或排序找到它们')
})
