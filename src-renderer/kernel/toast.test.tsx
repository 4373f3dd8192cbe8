import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, it, vi } from 'vitest'
import { startText } from './text.ts'
import { toast, Toasts } from './toast.tsx'

it('the way back stands before the way on', async () => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  startText('zh-CN')
  const root = createRoot(document.body.appendChild(document.createElement('div')))
  await act(async () => root.render(<Toasts />))
  await act(async () =>
    toast('已领取 1 个客户', { undo: async () => undefined, action: { label: '打开', run: () => undefined } }),
  )
  expect([...document.querySelectorAll('.toast-link')].map((one) => one.textContent?.slice(0, 2))).toEqual(['撤销', '打开'])
  await act(async () => root.unmount())
})
