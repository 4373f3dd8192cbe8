import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'

export type EditorKind =
  | 'text'
  | 'longText'
  | 'phone'
  | 'email'
  | 'number'
  | 'money'
  | 'date'
  | 'birthday'
  | 'instant'
  | 'select'
  | 'tags'
  | 'customer'
/** Typing is what can be lost; a choice from a list is made again in a moment. */
const TYPED: readonly EditorKind[] = ['text', 'longText', 'phone', 'email', 'number', 'money', 'birthday', 'tags']
/** Whether a value of this kind that is not taken comes back into its editor. */
export const isTypedKind = (kind: EditorKind): boolean => TYPED.includes(kind)
export type FieldValue = string | number | readonly string[] | null
export type FieldOption = { readonly value: string; readonly label: string }
/** Where to go after the value is taken: down by Enter, right by Tab, up and left with Shift, nowhere by leaving the field. */
export type Move = 'down' | 'up' | 'right' | 'left' | 'stay'

export type FieldEditorProps = {
  kind: EditorKind
  value: FieldValue
  /** What was typed before and not taken; the editor begins with it. */
  draft?: FieldValue
  /** What is typed takes the place of what stands there; begins with what was typed before it opened. */
  replace?: string
  /** What stands there is marked: typing takes its place, an arrow keeps it. */
  marked?: boolean
  options?: readonly FieldOption[]
  label: string
  /** False when it comes back by itself while somebody types elsewhere. */
  takesFocus?: boolean
  /** Tab is left to the browser, which goes on from whatever has the focus once the value is taken. */
  tabPasses?: boolean
  /** Said beside the editor about what stands in it so far. */
  hint?: (draft: string) => ReactNode
  onCommit: (value: FieldValue, move: Move) => void
  onCancel: () => void
}

type EditorKeys = {
  commit: (move: Move) => void
  onCancel: () => void
  multiline?: boolean
  tabPasses?: boolean | undefined
  /** What stands in the editor is not what it began with: it is taken even when the editor is removed under one's hands. */
  isDirty: boolean
}

/** A value is taken once, or left once. */
export function useOnce(): (act: () => void) => void {
  const over = useRef(false)
  return useRef((act: () => void) => {
    if (over.current) return
    over.current = true
    act()
  }).current
}

export const moveOf = ({ key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>): Move =>
  key === 'Enter' ? (shiftKey ? 'up' : 'down') : key === 'Tab' ? (shiftKey ? 'left' : 'right') : 'stay'

/** Enter and Tab of any editor; a Chinese input method keeps its own Enter. */
export function useEditorKeys({ commit, onCancel, multiline = false, tabPasses = false, isDirty }: EditorKeys) {
  const once = useOnce()
  const latest = useRef({ commit, isDirty })
  latest.current = { commit, isDirty }
  useEffect(
    () => () => {
      if (latest.current.isDirty) once(() => latest.current.commit('stay'))
    },
    [once],
  )
  return {
    once,
    onKeyDown: (event: KeyboardEvent) => {
      event.stopPropagation()
      if (event.nativeEvent.isComposing) return
      if (event.key === 'Escape') return once(onCancel)
      if (event.key === 'Enter' && (!multiline || event.ctrlKey)) {
        event.preventDefault()
        return once(() => commit(multiline ? 'down' : moveOf(event)))
      }
      if (event.key === 'Tab') {
        if (!tabPasses) event.preventDefault()
        once(() => commit(moveOf(event)))
      }
    },
  }
}
