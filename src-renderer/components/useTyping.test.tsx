import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useTyping } from './useTyping.ts'

type Typing = ReturnType<typeof useTyping>
let root: Root
/** As it was drawn last. */
const drawn = {} as { field: Typing }
const sent = vi.fn<(words: string) => void>()

function Field({ value }: { value: string }) {
  // A new function at each drawing, as the page around the field makes one.
  drawn.field = useTyping(value, (words) => sent(words))
  return null
}
const draw = (value: string) => act(() => root.render(<Field value={value} />))
const type = (words: string) => act(() => drawn.field.type(words))
const wait = (ms: number) =>
  act(() => {
    vi.advanceTimersByTime(ms)
  })

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  root = createRoot(document.createElement('div'))
  sent.mockClear()
  draw('')
})
afterEach(() => {
  act(() => root.unmount())
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('sends when the typing stops, and only then', () => {
  type('深')
  wait(150)
  type('深圳')
  wait(199)
  expect(sent).not.toHaveBeenCalled()
  wait(1)
  expect(sent.mock.calls).toEqual([['深圳']])
})

it('does not starve while the page around it is drawn again and again', () => {
  type('深圳')
  for (let i = 0; i < 4; i++) {
    wait(60)
    draw('')
  }
  expect(sent.mock.calls).toEqual([['深圳']])
})

it('keeps what was typed while the address was on its way', () => {
  type('深')
  wait(200)
  type('深圳')
  draw('深')
  expect(drawn.field.typed).toBe('深圳')
  wait(200)
  type('深圳市')
  draw('深圳')
  expect(drawn.field.typed).toBe('深圳市')
  expect(sent.mock.calls).toEqual([['深'], ['深圳']])
})

it('follows the address when it changes by itself', () => {
  type('深')
  wait(200)
  draw('深')
  draw('')
  expect(drawn.field.typed).toBe('')
  draw('长沙')
  expect(drawn.field.typed).toBe('长沙')
  wait(1000)
  expect(sent.mock.calls).toEqual([['深']])
})

it('knows a way back from a late answer', () => {
  type('a')
  wait(200)
  type('')
  wait(200)
  wait(2000)
  draw('a')
  expect(drawn.field.typed).toBe('a')
})

it('sends no half syllable, and nothing pulls the word from under the input method', () => {
  act(() => drawn.field.compose(true))
  type('shen')
  wait(1000)
  act(() => drawn.field.settle())
  draw('other')
  expect(drawn.field.typed).toBe('shen')
  expect(sent).not.toHaveBeenCalled()
  type('深')
  act(() => drawn.field.compose(false))
  wait(200)
  expect(sent.mock.calls).toEqual([['深']])
})

it('sends at once when the field is left, and not again', () => {
  type(' 深圳 ')
  act(() => drawn.field.settle())
  wait(1000)
  expect(sent.mock.calls).toEqual([['深圳']])
})
