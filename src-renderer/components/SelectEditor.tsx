import { AutoComplete } from 'antd'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTyped } from '../kernel/typed.ts'
import { Picker } from './Picker.tsx'
import { type FieldEditorProps, type Move, moveOf, useEditorKeys } from './useEditorKeys.ts'

/** One of several values: Enter takes the marked one and goes down, Tab takes it and goes along, a click takes it and stays. */
export function SelectEditor(props: FieldEditorProps) {
  const { value, replace, options = [], label, takesFocus = true, tabPasses, onCommit, onCancel } = props
  const draft = typeof value === 'string' ? value : null
  const keys = useEditorKeys({ commit: (move) => onCommit(draft, move), onCancel, tabPasses, isDirty: false })
  const list = useListKeys(keys.onKeyDown, replace)
  const take = (next: string | null) => keys.once(() => onCommit(next, list.move.current))
  return (
    <Picker
      {...list.props}
      autoFocus={takesFocus}
      defaultOpen={takesFocus}
      showSearch={list.search}
      allowClear
      aria-label={label}
      variant="borderless"
      value={draft}
      options={options.map((option) => ({ ...option }))}
      onChange={(next: string | undefined) => take(next ?? null)}
      onSelect={(next) => take(next ?? null)}
      onBlur={() => keys.once(onCancel)}
      // The list has heard the key before; where it took nothing, the value is as it was.
      onKeyDown={keys.onKeyDown}
      popupMatchSelectWidth={false}
      className="field-editor"
    />
  )
}

/** Several values: Enter adds the marked or typed one, and leaves when there is none; Tab takes them all along. */
export function TagsEditor(props: FieldEditorProps) {
  const { value, draft: before, replace, options = [], label, takesFocus = true, tabPasses, onCommit, onCancel } = props
  const began = Array.isArray(value) ? [...(value as readonly string[])] : []
  const [draft, setDraft] = useState<string[]>(Array.isArray(before) ? [...(before as readonly string[])] : began)
  // A key may add a tag and leave in the same breath, before the next drawing.
  const latest = useRef(draft)
  const heard = useRef(draft)
  const isDirty = JSON.stringify(draft) !== JSON.stringify(began)
  const keys = useEditorKeys({ commit: (move) => onCommit(latest.current, move), onCancel, tabPasses, isDirty })
  const list = useListKeys(keys.onKeyDown, replace)
  return (
    <Picker
      {...list.props}
      autoFocus={takesFocus}
      defaultOpen={takesFocus}
      mode="tags"
      aria-label={label}
      variant="borderless"
      value={draft}
      options={options.map((option) => ({ ...option }))}
      showSearch={list.search}
      onChange={(next: string[]) => {
        latest.current = next.map((tag) => tag.trim().slice(0, 50)).filter(Boolean)
        setDraft(latest.current)
        list.onSearch('')
      }}
      onBlur={() => keys.once(() => onCommit(latest.current, 'stay'))}
      onInputKeyDown={(event) => {
        heard.current = latest.current
        list.props.onInputKeyDown(event)
      }}
      onKeyDown={(event) => {
        const isAdding = event.key === 'Enter' && (latest.current !== heard.current || list.isSearching)
        if (isAdding) event.stopPropagation()
        else keys.onKeyDown(event)
      }}
      popupMatchSelectWidth={false}
      className="field-editor"
    />
  )
}

/** Free words with some to choose from, found by pinyin too: what is typed counts, unless one of them is marked. */
export function SuggestEditor(props: FieldEditorProps) {
  const { value, draft: before, replace, options = [], label, takesFocus = true, tabPasses, onCommit, onCancel } = props
  const shown = typeof value === 'string' ? value : ''
  const [draft, setDraft] = useState(replace ?? (typeof before === 'string' ? before : shown))
  const latest = useRef(draft)
  const { load, matches } = useTyped()
  const commit = (move: Move) => onCommit(latest.current.trim() || null, move)
  const keys = useEditorKeys({ commit, onCancel, tabPasses, isDirty: draft !== shown })
  const list = useListKeys(keys.onKeyDown)
  // What stands there already narrows nothing down: the others are what one came to choose from.
  const typed = draft === shown ? '' : draft
  return (
    <AutoComplete
      {...list.props}
      defaultActiveFirstOption={false}
      autoFocus={takesFocus}
      defaultOpen={takesFocus}
      aria-label={label}
      variant="borderless"
      value={draft}
      showSearch={{ filterOption: false }}
      options={options.filter((option) => matches(option.label, typed)).map((option) => ({ ...option }))}
      onFocus={load}
      onChange={(next: string) => {
        latest.current = next
        setDraft(next)
      }}
      onSelect={(next: string) => keys.once(() => onCommit(next, list.move.current))}
      onBlur={() => keys.once(() => commit('stay'))}
      // The list has heard the key before; where it took nothing, what was typed counts.
      onKeyDown={keys.onKeyDown}
      popupMatchSelectWidth={false}
      className="field-editor"
    />
  )
}

/** What the keys of an open list have in common; `begun`: what it is searched for from the first. Nothing is marked until one types or moves, or Tab would choose by itself. */
export function useListKeys(onKeyDown: (event: KeyboardEvent) => void, begun = '') {
  const move = useRef<Move>('stay')
  const [words, setWords] = useState(begun)
  const isDrawn = useRef(false)
  useEffect(() => {
    isDrawn.current = true
    return () => {
      isDrawn.current = false
    }
  }, [])
  // A list that opens as it is drawn takes itself for one that has just been closed, and empties its search.
  const onSearch = (next: string) => {
    if (isDrawn.current) setWords(next)
  }
  const isSearching = words.trim() !== ''
  return {
    move,
    isSearching,
    onSearch,
    /** Words made by an input method before the list was open are its search; otherwise the list keeps its own. */
    search: { onSearch, ...(begun !== '' && { searchValue: words }) },
    props: {
      defaultActiveFirstOption: isSearching,
      onInputKeyDown: (event: KeyboardEvent) => {
        move.current = event.nativeEvent.isComposing ? 'stay' : moveOf(event)
        // Before the list, which would only close itself.
        if (event.key === 'Escape') onKeyDown(event)
      },
      onKeyUp: () => {
        move.current = 'stay'
      },
    },
  }
}
