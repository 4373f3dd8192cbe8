import { createMemoryHistory, createRootRoute, createRouter, RouterContextProvider } from '@tanstack/react-router'
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { startText } from '../kernel/text.ts'
import { SidePanel } from './SidePanel.tsx'

let root: Root | undefined
beforeAll(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  startText('zh-CN')
})
afterEach(() => act(async () => root?.unmount()))

/** A panel over a list that one came to from the workbench. */
async function opened() {
  window.matchMedia = ((media: string) => ({
    matches: media.includes('699'),
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  })) as never
  const history = createMemoryHistory({ initialEntries: ['/', '/payments?view=mine'], initialIndex: 1 })
  const router = createRouter({ routeTree: createRootRoute(), history })
  const onClose = vi.fn()
  const host = document.body.appendChild(document.createElement('div'))
  root = createRoot(host)
  await act(async () =>
    root?.render(
      <RouterContextProvider router={router}>
        <SidePanel onClose={onClose}>回款</SidePanel>
      </RouterContextProvider>,
    ),
  )
  return { history, onClose, host }
}

it('the way back of a phone closes the panel and leaves the list where it was', async () => {
  const { history, onClose } = await opened()
  expect(history.location.href).toBe('/payments?view=mine')
  await act(async () => history.back())
  expect(onClose).toHaveBeenCalledTimes(1)
  expect(history.location.href).toBe('/payments?view=mine')
  await act(async () => history.back())
  expect(history.location.href).toBe('/')
})

it('its arrow does the same', async () => {
  const { host, onClose } = await opened()
  await act(async () => host.querySelector<HTMLElement>('[aria-label^="返回"]')?.click())
  expect(onClose).toHaveBeenCalledTimes(1)
})

it('who went on to a record comes back to the list in one step', async () => {
  const { history, onClose } = await opened()
  history.push('/payments/1')
  expect(onClose).toHaveBeenCalledTimes(1)
  await act(async () => root?.unmount())
  root = undefined
  history.back()
  expect([history.location.href, history.location.state]).toEqual([
    '/payments?view=mine',
    expect.not.objectContaining({ panel: true }),
  ])
  history.back()
  expect(history.location.href).toBe('/')
})
