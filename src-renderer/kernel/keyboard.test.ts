import { expect, it, vi } from 'vitest'
import { chordOf, createKeyboard, newKeys, noteWriting, SEQUENCE_MS } from './keyboard.ts'

const press = (key: string, mods: Partial<KeyboardEvent> = {}) =>
  ({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    defaultPrevented: false,
    isComposing: false,
    target: null,
    preventDefault: vi.fn(),
    ...mods,
  }) as unknown as KeyboardEvent

class FakeElement {
  isContentEditable = false
  dataset = {}
  tagName = 'INPUT'
  readonly type: string
  constructor(type = '') {
    this.type = type
  }
  closest = () => null
}
class FakeInput extends FakeElement {}
vi.stubGlobal('HTMLElement', FakeElement)
vi.stubGlobal('HTMLInputElement', FakeInput)
class FakeArea extends FakeElement {
  override tagName = 'TEXTAREA'
  value = ''
}
vi.stubGlobal('HTMLTextAreaElement', FakeArea)

it('in a composer whose words were sent Ctrl+Z means the message; what somebody writes or wipes out there is his', () => {
  const keyboard = createKeyboard()
  const run = vi.fn()
  keyboard.add({ keys: 'Ctrl+Z', label: '', group: '', run })
  const area = new FakeArea()
  const [target, undo] = [area as unknown as EventTarget, () => press('z', { ctrlKey: true, target: area as never })]
  const write = (words: string) => {
    area.value = words
    noteWriting({ target } as Event)
  }
  write('明天再打')
  keyboard.press(undo(), 0)
  write('')
  keyboard.press(undo(), 0)
  expect(run).not.toHaveBeenCalled()
  write('明天再打')
  area.value = ''
  keyboard.press(undo(), 0)
  expect(run).toHaveBeenCalledOnce()
})

it('a choice that has the focus is no typing: Ctrl+Z right after it takes the change back', () => {
  const keyboard = createKeyboard()
  const run = vi.fn()
  keyboard.add({ keys: 'Ctrl+Z', label: '', group: '', run })
  for (const type of ['text', 'checkbox', 'radio'])
    keyboard.press(press('z', { ctrlKey: true, target: new FakeInput(type) as unknown as EventTarget }), 0)
  expect(run).toHaveBeenCalledTimes(2)
})

it('names chords the same way whatever the keyboard sends', () => {
  expect(chordOf(press('K', { ctrlKey: true }))).toBe('ctrl+k')
  expect(chordOf(press('k', { metaKey: true }))).toBe('ctrl+k')
  expect(chordOf(press('?', { shiftKey: true }))).toBe('?')
  expect(chordOf(press(' ', { shiftKey: true }))).toBe('shift+space')
})

it('runs the newest shortcut of a key and returns to the older one when it goes', () => {
  const keyboard = createKeyboard()
  const older = vi.fn()
  const newer = vi.fn()
  keyboard.add({ keys: 'Ctrl+N', label: '', group: '', run: older })
  const remove = keyboard.add({ keys: 'Ctrl+N', label: '', group: '', run: newer })
  keyboard.press(press('n', { ctrlKey: true }), 0)
  remove()
  keyboard.press(press('n', { ctrlKey: true }), 0)
  expect([newer.mock.calls.length, older.mock.calls.length]).toEqual([1, 1])
})

it('waits for the second key of a sequence, but not for ever', () => {
  const keyboard = createKeyboard()
  const run = vi.fn()
  keyboard.add({ keys: 'G K', label: '', group: '', run })
  keyboard.press(press('g'), 0)
  keyboard.press(press('k'), 100)
  keyboard.press(press('g'), 1000)
  keyboard.press(press('k'), 1000 + SEQUENCE_MS)
  expect(run).toHaveBeenCalledTimes(1)
})

it('leaves keys alone while a Chinese input method composes', () => {
  const keyboard = createKeyboard()
  const run = vi.fn()
  keyboard.add({ keys: '/', label: '', group: '', run })
  keyboard.press(press('/', { isComposing: true }), 0)
  expect(run).not.toHaveBeenCalled()
})

it('leaves Enter and the space bar to what they press', () => {
  const keyboard = createKeyboard()
  const run = vi.fn()
  keyboard.add({ keys: 'Enter', label: '', group: '', run })
  keyboard.add({ keys: 'Ctrl+K', label: '', group: '', run })
  const button = Object.assign(new HTMLElement(), { tagName: 'BUTTON', closest: () => button }) as HTMLElement
  const plain = Object.assign(new HTMLElement(), { tagName: 'DIV', closest: () => null }) as HTMLElement
  const on = press('Enter', { target: button })
  expect(keyboard.press(on, 0)).toBe(false)
  expect(on.preventDefault).not.toHaveBeenCalled()
  expect(keyboard.press(press('k', { ctrlKey: true, target: button }), 0)).toBe(true)
  expect(keyboard.press(press('Enter', { target: plain }), 0)).toBe(true)
  expect(run).toHaveBeenCalledTimes(2)
})

it('serves only the keys of a dialog while one is open', () => {
  let isOpen = true
  const keyboard = createKeyboard(() => isOpen)
  const close = vi.fn()
  const save = vi.fn()
  const go = vi.fn()
  keyboard.add({ keys: 'Escape', label: '', group: '', run: close })
  keyboard.add({ keys: 'G K', label: '', group: '', run: go })
  keyboard.add({ keys: 'Ctrl+Enter', label: '', group: '', inDialog: true, run: save })
  const escape = press('Escape')
  expect(keyboard.press(escape, 0)).toBe(false)
  expect(escape.preventDefault).not.toHaveBeenCalled()
  keyboard.press(press('g'), 0)
  isOpen = false
  keyboard.press(press('k'), 1)
  isOpen = true
  keyboard.press(press('Enter', { ctrlKey: true }), 2)
  isOpen = false
  keyboard.press(press('Escape'), 3)
  expect([save.mock.calls.length, go.mock.calls.length, close.mock.calls.length]).toEqual([1, 0, 1])
})

it('prints a key that the browser does not keep for itself', () => {
  expect([newKeys('https:'), newKeys('app:')]).toEqual(['N', 'Ctrl N'])
})
