import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { startText } from '../kernel/text.ts'
import { ConfirmHost } from './ConfirmHost.tsx'
import { answerAsked, confirm } from './confirm.ts'

const box = document.createElement('div')
let root: Root
beforeAll(() => startText('zh-CN'))
beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  document.body.append(box)
  root = createRoot(box)
})
afterEach(() => {
  act(() => root.unmount())
  box.remove()
  vi.unstubAllGlobals()
})

it('a question is called what it asks, and still says it while it goes', async () => {
  act(() => root.render(<ConfirmHost />))
  const answer = confirm({ title: '删除 12 个客户？', yes: '删除 12 个' })
  await act(async () => {})
  const dialog = document.querySelector('[role="dialog"]')
  const name = document.getElementById(dialog?.getAttribute('aria-labelledby') ?? '')
  expect(name?.querySelector('[aria-label]')?.getAttribute('aria-label')).toBe('删除 12 个客户？')
  act(() => answerAsked(true))
  expect(await answer).toBe(true)
  expect(dialog?.textContent).toContain('删除 12 个')
})
