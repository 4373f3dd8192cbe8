import { type CompositionEvent, type FocusEvent, type FormEvent, type RefObject, useEffect, useRef } from 'react'
import { flushSync } from 'react-dom'
import { LENDS_KEYS } from '../../kernel/keyboard.ts'
import { useHasMouse } from '../../kernel/screen.ts'

/**
 * An input method begins a word only in a text field, and a word begun in one field cannot go on in another. While the cursor
 * stands in a cell that takes words, a text field that nobody sees has the focus for the grid: its keys are the grid's, and what
 * an input method makes in it, shown over the cell meanwhile, opens the cell. Elsewhere the grid has the focus itself, or letters
 * that are shortcuts would begin words. Not where fingers type: the keyboard would come up at every touch.
 */
export function useCatcher(grid: RefObject<HTMLDivElement | null>, takesWords: boolean, onWords: (words: string) => void) {
  const field = useRef<HTMLInputElement>(null)
  const isComposing = useRef(false)
  const hasMouse = useHasMouse()
  const isOn = hasMouse && takesWords
  useEffect(() => {
    if (isOn && document.activeElement === grid.current) field.current?.focus({ preventScroll: true })
    if (!isOn && document.activeElement === field.current) grid.current?.focus({ preventScroll: true })
  }, [isOn, grid])

  const take = () => {
    const input = field.current
    if (!input || isComposing.current || input.value === NOTHING) return
    const words = input.value
    empty(input)
    if (words === '') return
    // The next letter may be waiting already.
    flushSync(() => onWords(words))
  }
  return {
    isOn,
    onGridFocus: (event: FocusEvent) => {
      if (isOn && event.target === event.currentTarget) field.current?.focus({ preventScroll: true })
    },
    catcher: {
      ref: field,
      className: 'cell-catcher',
      tabIndex: isOn ? 0 : -1,
      autoComplete: 'off',
      spellCheck: false,
      ...LENDS_KEYS,
      onFocus: (event: FocusEvent<HTMLInputElement>) => empty(event.currentTarget),
      onInput: (_: FormEvent) => take(),
      onCompositionStart: (_: CompositionEvent) => {
        isComposing.current = true
        showOver(field.current, grid.current?.querySelector('td.at-cell'))
      },
      onCompositionEnd: (_: CompositionEvent) => {
        isComposing.current = false
        field.current?.removeAttribute('style')
        take()
      },
    },
  }
}

/** Marked, for a field in which nothing is marked hears no Ctrl+C; what is typed takes its place. */
const NOTHING = ' '
function empty(input: HTMLInputElement): void {
  input.value = NOTHING
  input.select()
}

/** The list of the input method stands where the word is written. */
function showOver(field: HTMLElement | null, cell: Element | null | undefined): void {
  if (!field || !cell) return
  const { left, top, width, height } = cell.getBoundingClientRect()
  Object.assign(field.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px`, opacity: '1' })
}
