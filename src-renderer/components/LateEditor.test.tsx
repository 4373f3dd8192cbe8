import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { later } from '../kernel/later.ts'
import { startText } from '../kernel/text.ts'
import { LateEditor } from './LateEditor.tsx'
import type { FieldEditorProps } from './useEditorKeys.ts'

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

const onCommit = vi.fn<FieldEditorProps['onCommit']>()
const onCancel = vi.fn<() => void>()
type Editor = FieldEditorProps['kind']
const PARTS = {
  date: () => import('./DateEditor.tsx').then((module) => module.DateEditor),
  birthday: () => import('./BirthdayEditor.tsx').then((module) => module.BirthdayEditor),
}
/** An editor that arrives when the test says so. */
async function open(kind: keyof typeof PARTS, more: Partial<FieldEditorProps> = {}): Promise<() => Promise<void>> {
  const real = await PARTS[kind]()
  let arrive: () => void = () => undefined
  const part = later(() => new Promise<typeof real>((resolve) => void (arrive = () => resolve(real))))
  const editor: FieldEditorProps = { kind: kind as Editor, value: null, label: '那天', onCommit, onCancel, ...more }
  onCommit.mockClear()
  onCancel.mockClear()
  await act(async () => root.render(<LateEditor part={part} editor={editor} />))
  return async () => {
    const standIn = field()
    await act(async () => arrive())
    await vi.waitFor(() => expect(field()).not.toBe(standIn))
  }
}
const field = (): HTMLInputElement => box.querySelector('input') as HTMLInputElement
const type = (words: string): Promise<void> =>
  act(async () => {
    const input = field()
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, `${input.value}${words}`)
    input.dispatchEvent(new Event('input', { bubbles: true }))
  })
const press = (key: string): Promise<KeyboardEvent> => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
  return act(async () => {
    field().dispatchEvent(event)
    return event
  })
}

it.each([
  ['birthday', '5月1日', '--05-01'],
  ['date', '2026-11-20', '2026-11-20'],
] as const)('what is typed before the editor of a %s is there goes on into it', async (kind, words, stored) => {
  const arrive = await open(kind, { replace: '' })
  expect(document.activeElement).toBe(field())
  await type(words.slice(0, 3))
  await type(words.slice(3))
  await arrive()
  await vi.waitFor(() => expect(field().value).toBe(words))
  expect(document.activeElement).toBe(field())
  expect(onCommit).not.toHaveBeenCalled()
  await press('Tab')
  expect(onCommit).toHaveBeenCalledWith(stored, 'right')
})

it.each([
  ['birthday', '5月1日', '--05-01'],
  ['date', '2026-11-20', '2026-11-20'],
] as const)('whoever has gone on before the editor of a %s was there has his words taken', async (kind, words, stored) => {
  const arrive = await open(kind, { replace: '' })
  await type(words)
  expect((await press('Enter')).defaultPrevented).toBe(true)
  expect((await press('7')).defaultPrevented).toBe(true)
  await arrive()
  await vi.waitFor(() => expect(onCommit).toHaveBeenCalledWith(stored, 'down'), 5000)
  expect(onCommit).toHaveBeenCalledTimes(1)
})

it('what stood there is kept where it is edited, not where it is typed over', async () => {
  const goesOn = await open('birthday', { value: '1990-05-0' })
  await type('1')
  await goesOn()
  await vi.waitFor(() => expect(field().value).toBe('1990-05-01'))
})

it('Esc leaves before it is there; nothing typed leaves what stands', async () => {
  await open('birthday')
  await press('Escape')
  expect(onCancel).toHaveBeenCalledTimes(1)
  const arrive = await open('birthday', { value: '1990-05-01' })
  await arrive()
  expect(field().value).toBe('1990-05-01')
})
