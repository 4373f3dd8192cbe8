import type { KeyboardEvent } from 'react'
import { expect, it, vi } from 'vitest'
import { isComposing, isTyped, isTypingIn, KEYS, keepsKey } from './gridKeys.ts'

const held = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false }
const clear = vi.fn<() => void>()
const fill = vi.fn<(to: string) => void>()
type Input = Parameters<NonNullable<(typeof KEYS)[string]>>[0]
const grid = { cursor: { at: { row: 0, column: 0 } }, block: { clear, fill, card: clear } } as unknown as Input
const act = (key: string, ctrlKey = false) => {
  const meant = KEYS[key]?.(grid, { ...held, key, ctrlKey } as unknown as KeyboardEvent) ?? null
  meant?.()
  return meant !== null
}

it('cells are emptied and filled by keys, and the letters alone mean nothing', () => {
  expect([act('d'), act('r'), act('Delete'), act('Backspace')]).toEqual([false, false, true, true])
  expect([act('d', true), act('r', true)]).toEqual([true, true])
  expect([fill.mock.calls, clear.mock.calls.length]).toEqual([[['down'], ['right']], 2])
})

it('a key belongs to what has the focus: a head, a link, a box', () => {
  const box = document.createElement('div')
  box.innerHTML = '<a href="#site">site</a><input type="checkbox" class="check" />'
  const [link, check] = [...box.children] as [Element, Element]
  const keeps = (target: Element, key: string) => keepsKey({ target, currentTarget: box, key })
  expect([keeps(link, 'Enter'), keeps(link, ' '), keeps(box, 'Enter'), keeps(link, 'ArrowDown')]).toEqual([
    true,
    true,
    false,
    false,
  ])
  expect([keeps(check, ' '), keeps(check, 'Enter')]).toEqual([true, false])
})

it('a letter and a sign beyond the BMP are typed; search and the sheet of keys are not', () => {
  const typed = (key: string, more: Partial<typeof held> = {}) => isTyped({ ...held, ...more, key })
  expect(['a', '7', '𠮷', '='].map((key) => typed(key))).toEqual([true, true, true, true])
  expect([typed('/'), typed('?'), typed(' '), typed('Enter'), typed('F2'), typed('a', { ctrlKey: true })]).toEqual(
    Array(6).fill(false),
  )
})

it('the field that lends its input method keeps no key, and what that composes is none', () => {
  const box = document.createElement('div')
  box.innerHTML = '<input data-lends-keys="" /><input />'
  const [lends, other] = [...box.children] as [Element, Element]
  const keeps = (target: Element, key: string) => keepsKey({ target, currentTarget: box, key })
  expect([keeps(lends, 'Enter'), keeps(lends, 'ArrowDown'), keeps(other, 'ArrowDown')]).toEqual([false, false, true])
  expect([isTypingIn(lends), isTypingIn(other)]).toEqual([false, true])
  const composes = (key: string, keyCode: number, composing = false) =>
    isComposing({ nativeEvent: { key, keyCode, isComposing: composing } } as never)
  expect([composes('Process', 229), composes('n', 229), composes('Enter', 13, true), composes('n', 78)]).toEqual([
    true,
    true,
    true,
    false,
  ])
})
