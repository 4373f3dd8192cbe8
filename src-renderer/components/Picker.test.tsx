import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { startText } from '../kernel/text.ts'
import { Picker } from './Picker.tsx'

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

const onChange = vi.fn<(value: unknown) => void>()
const options = [
  { value: 'a', label: '王芳' },
  { value: 'b', label: '李强' },
]
const field = (): HTMLInputElement => box.querySelector('input') as HTMLInputElement
/** The old number of a key as well: the list goes by that. */
const press = (key: string, keyCode: number): Promise<KeyboardEvent> => {
  const event = new KeyboardEvent('keydown', { key, keyCode, which: keyCode, bubbles: true, cancelable: true })
  return act(async () => {
    field().dispatchEvent(event)
    return event
  })
}
const isOpen = (): string | null => field().getAttribute('aria-expanded')

it('Tab leaves a choice of several and takes nobody who is only marked; Enter takes him', async () => {
  onChange.mockClear()
  await act(async () => root.render(<Picker mode="multiple" autoFocus defaultOpen options={options} onChange={onChange} />))
  await vi.waitFor(() => expect(isOpen()).toBe('true'))
  const tab = await press('Tab', 9)
  expect(onChange).not.toHaveBeenCalled()
  expect(tab.defaultPrevented).toBe(false)
  expect(isOpen()).toBe('false')

  await press('ArrowDown', 40)
  await vi.waitFor(() => expect(isOpen()).toBe('true'))
  await press('ArrowDown', 40)
  await press('Enter', 13)
  expect(onChange.mock.calls.map(([value]) => value)).toEqual([['b']])
})

it('what is called exactly as typed is taken, though another begins so and stands before it', async () => {
  onChange.mockClear()
  const roles = [
    { value: 'manager', label: '销售主管' },
    { value: 'all', label: '全国销售' },
    { value: 'sales', label: '销售' },
  ]
  await act(async () => root.render(<Picker autoFocus defaultOpen options={roles} onChange={onChange} />))
  await vi.waitFor(() => expect(isOpen()).toBe('true'))
  await act(async () => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field(), '销售')
    field().dispatchEvent(new Event('input', { bubbles: true }))
  })
  await press('Enter', 13)
  expect(onChange.mock.calls.map(([value]) => value)).toEqual(['sales'])
})
