import { type KeyboardEvent, useRef } from 'react'

export type EditorKind = 'text' | 'longText' | 'phone' | 'email' | 'number' | 'money' | 'date' | 'instant' | 'select' | 'tags'
export type FieldValue = string | number | readonly string[] | null
export type FieldOption = { readonly value: string; readonly label: string }
/** Where to go after the value is taken: down by Enter, right by Tab, left by Shift+Tab, nowhere by leaving the field. */
export type Move = 'down' | 'right' | 'left' | 'stay'

export type FieldEditorProps = {
  kind: EditorKind
  value: FieldValue
  options?: readonly FieldOption[]
  label: string
  onCommit: (value: FieldValue, move: Move) => void
  onCancel: () => void
}

/** Enter and Tab of any editor; a Chinese input method keeps its own Enter. */
export function useEditorKeys(commit: (move: Move) => void, onCancel: () => void, multiline = false) {
  const over = useRef(false)
  const once = (act: () => void) => {
    if (over.current) return
    over.current = true
    act()
  }
  return {
    once,
    onKeyDown: (event: KeyboardEvent) => {
      event.stopPropagation()
      if (event.nativeEvent.isComposing) return
      if (event.key === 'Escape') return once(onCancel)
      if (event.key === 'Enter' && (!multiline || event.ctrlKey)) {
        event.preventDefault()
        return once(() => commit('down'))
      }
      if (event.key === 'Tab') {
        event.preventDefault()
        once(() => commit(event.shiftKey ? 'left' : 'right'))
      }
    },
  }
}
