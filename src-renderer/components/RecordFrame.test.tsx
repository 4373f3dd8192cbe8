import { createMemoryHistory, createRootRoute, createRouter, RouterContextProvider } from '@tanstack/react-router'
import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, it, vi } from 'vitest'
import { startText } from '../kernel/text.ts'
import { RecordFrame } from './RecordFrame.tsx'

it('who has just seen a record that he may not see any more is told so, and no longer shown what he read', async () => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  startText('zh-CN')
  const router = createRouter({ routeTree: createRootRoute(), history: createMemoryHistory() })
  const root = createRoot(document.body.appendChild(document.createElement('div')))
  const gone = Object.assign(new Error('gone'), { code: 'NOT_FOUND' })
  const shown = async (id: string, found: { data: { id: string; name: string } | undefined; error: Error | null }) => {
    await act(async () =>
      root.render(
        <RouterContextProvider router={router}>
          <RecordFrame
            id={id}
            found={{ ...found, refetch: () => undefined }}
            feature="orders"
            to="/orders"
            words={(key) => key}
            title={({ name }) => name}
          >
            {({ name }) => <p>{name} 1,200.00</p>}
          </RecordFrame>
        </RouterContextProvider>,
      ),
    )
    return document.querySelector('main')?.textContent ?? ''
  }
  const data = { id: '1', name: '永固标准件' }
  expect(await shown('1', { data, error: null })).toContain('1,200.00')
  const lost = await shown('1', { data, error: gone })
  expect(lost).toContain('您看不到「永固标准件」了')
  expect(lost).not.toContain('1,200.00')
  expect(await shown('2', { data: undefined, error: gone })).toContain('goneTitle')
  await act(async () => root.unmount())
})
