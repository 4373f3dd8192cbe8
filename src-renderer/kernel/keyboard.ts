import { useEffect, useRef, useSyncExternalStore } from 'react'

/** One scheme for the whole program (experience standard, section 9). `Ctrl` is ⌘ on a Mac. */
export type Shortcut = {
  /** "Ctrl+K", "/", "G K" (one after the other), "Shift+Space" */
  readonly keys: string
  readonly label: string
  readonly group: string
  readonly run: (event: KeyboardEvent) => void
  /** Belongs to a dialog or a drawer: while one is open, only such keys mean anything. */
  readonly inDialog?: boolean
}

/** A question, a drawer, a list of choices: what lies above the page has the keys, Escape first of all, until it is told to go. */
const ABOVE = [
  '.ant-modal-wrap:not([style*="none"]) .ant-modal:not([class*="-leave"])',
  '.ant-drawer-open',
  '.ant-popover:not(.ant-popover-hidden, [class*="-leave"])',
  '.ant-dropdown:not(.ant-dropdown-hidden, [class*="-leave"])',
].join()
export const isPageCovered = (): boolean => document.querySelector(ABOVE) !== null

/** Keys that only the program's own window has: a browser keeps Ctrl+N for a new window of its own. */
export const newKeys = (protocol: string = location.protocol): string => (protocol === 'app:' ? 'Ctrl N' : 'N')

/** "ctrl+k" of an event: modifiers in fixed order, the key in lower case. */
export function chordOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string {
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase()
  // For signs like "?" the shift is part of the sign itself.
  const shift = event.shiftKey && (key.length > 1 || /[a-z]/.test(key))
  return [event.ctrlKey || event.metaKey ? 'ctrl' : '', event.altKey ? 'alt' : '', shift ? 'shift' : '', key]
    .filter(Boolean)
    .join('+')
}

const normalise = (keys: string): string =>
  keys
    .toLowerCase()
    .split(' ')
    .map((chord) => {
      const parts = chord.length > 1 ? chord.split('+') : [chord]
      const key = parts.at(-1) ?? ''
      return ['ctrl', 'alt', 'shift']
        .filter((m) => parts.slice(0, -1).includes(m))
        .concat(key)
        .join('+')
    })
    .join(' ')

/** A text field that only lends its input method to the grid around it: keys mean there what they mean in the grid. */
export const LENDS_KEYS = { 'data-lends-keys': '' }
export const lendsKeys = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.dataset['lendsKeys'] !== undefined

/** Typing has the right of way: there, only chords with Ctrl that no text field needs. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  !lendsKeys(target) &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !(target instanceof HTMLInputElement && (target.type === 'checkbox' || target.type === 'radio'))
/** What somebody last wrote into a field; words that were sent since are no longer his to take back there. */
const written = new WeakMap<EventTarget, string>()
export const noteWriting = ({ target }: Event): void => {
  if (target instanceof HTMLTextAreaElement) written.set(target, target.value)
}
/** A composer whose words have gone: Ctrl+Z means the message that was sent, not the letters. */
const isSent = (target: EventTarget | null): boolean =>
  target instanceof HTMLTextAreaElement && target.value === '' && written.get(target) !== ''
const TAKES_BACK = new Set(['ctrl+z', 'ctrl+y', 'ctrl+shift+z'])
const ALLOWED_WHILE_TYPING = new Set(['ctrl+k', 'ctrl+/', 'ctrl+s', 'ctrl+enter', 'ctrl+alt+enter'])

/** What Enter and the space bar press by themselves: it keeps them. */
const PRESSABLE =
  'button, a[href], summary, input, [role="button"], [role="link"], [role="tab"], [role="checkbox"], [role="radio"], [role="switch"], [role="option"], [role="menuitem"], [role="combobox"]'
const isPress = (chord: string, target: EventTarget | null): boolean =>
  (chord === 'enter' || chord === 'space') &&
  target instanceof HTMLElement &&
  !lendsKeys(target) &&
  target.closest(PRESSABLE) !== null

export const SEQUENCE_MS = 1200

/** Feeds key presses to the newest shortcut that asks for them; a prefix ("g") waits for its second key. */
export function createKeyboard(isCovered: () => boolean = () => false) {
  const shortcuts: Shortcut[] = []
  const listeners = new Set<() => void>()
  let snapshot: readonly Shortcut[] = []
  let prefix = { chord: '', at: 0 }
  const changed = () => {
    snapshot = [...shortcuts]
    for (const tell of listeners) tell()
  }
  return {
    add(shortcut: Shortcut): () => void {
      shortcuts.push(shortcut)
      changed()
      return () => {
        shortcuts.splice(shortcuts.indexOf(shortcut), 1)
        changed()
      }
    },
    press(event: KeyboardEvent, at: number): boolean {
      if (event.defaultPrevented || event.isComposing) return false
      const chord = chordOf(event)
      const isAllowed = ALLOWED_WHILE_TYPING.has(chord) || (TAKES_BACK.has(chord) && isSent(event.target))
      if (isTyping(event.target) && !isAllowed) return false
      if (isPress(chord, event.target)) return false
      const open = isCovered() ? shortcuts.filter((s) => s.inDialog) : shortcuts
      const wanted = prefix.chord && at - prefix.at < SEQUENCE_MS ? `${prefix.chord} ${chord}` : chord
      const hit = open.findLast((s) => normalise(s.keys) === wanted) ?? open.findLast((s) => normalise(s.keys) === chord)
      const opens = !hit && open.some((s) => normalise(s.keys).startsWith(`${chord} `))
      prefix = opens ? { chord, at } : { chord: '', at: 0 }
      if (!hit) return false
      event.preventDefault()
      hit.run(event)
      return true
    },
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    list: () => snapshot,
  }
}

export const keyboard = createKeyboard(isPageCovered)

/** Registers a key for as long as the component is shown and `label` is not null. */
export function useShortcut(
  keys: string,
  words: { label: string; group: string } | null,
  run: (event: KeyboardEvent) => void,
  { inDialog = false }: { inDialog?: boolean } = {},
): void {
  const latest = useRef(run)
  latest.current = run
  const label = words?.label
  const group = words?.group
  useEffect(() => {
    if (label === undefined || group === undefined) return undefined
    return keyboard.add({ keys, label, group, inDialog, run: (event) => latest.current(event) })
  }, [keys, label, group, inDialog])
}

export const useShortcuts = (): readonly Shortcut[] =>
  useSyncExternalStore(
    (listener) => keyboard.subscribe(listener),
    () => keyboard.list(),
  )
