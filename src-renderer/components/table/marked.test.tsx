import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { FieldEditor } from '../FieldEditor.tsx'

const box = document.createElement('div')
let root: Root
beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  document.body.append(box)
  root = createRoot(box)
})
afterEach(() => {
  act(() => root.unmount())
  vi.unstubAllGlobals()
})

const selected = (marked: boolean): string => {
  act(() =>
    root.render(
      <FieldEditor
        key={String(marked)}
        kind="text"
        label="city"
        value="青岛市"
        {...(marked && { marked })}
        onCommit={() => {}}
        onCancel={() => {}}
      />,
    ),
  )
  const input = box.querySelector('input')
  return input?.value.slice(input.selectionStart ?? 0, input.selectionEnd ?? 0) ?? ''
}

it('a cell reached from another begins with its words marked: typing on takes their place; one opened by itself does not', () => {
  expect(selected(true)).toBe('青岛市')
  expect(selected(false)).toBe('')
})
