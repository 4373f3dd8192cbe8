import { DatePicker, Input, InputNumber, Select } from 'antd'
import dayjs from 'dayjs'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useClock } from '../kernel/context.tsx'
import { formatPhone, instantOfWall, wallOf } from '../kernel/format.ts'

export type EditorKind = 'text' | 'longText' | 'phone' | 'email' | 'number' | 'money' | 'date' | 'instant' | 'select' | 'tags'
export type FieldValue = string | number | readonly string[] | null
export type FieldOption = { readonly value: string; readonly label: string }
/** Where to go after the value is taken: down by Enter, right by Tab, left by Shift+Tab, nowhere by leaving the field. */
export type Move = 'down' | 'right' | 'left' | 'stay'

type FieldEditorProps = {
  kind: EditorKind
  value: FieldValue
  options?: readonly FieldOption[]
  label: string
  onCommit: (value: FieldValue, move: Move) => void
  onCancel: () => void
}

const INPUT_MODE = { phone: 'tel', email: 'email', text: 'text', longText: 'text' } as const

/** The editor of one value, in a cell of a grid or in a line of a record. Enter, Tab and leaving take it; Esc does not. */
export function FieldEditor(props: FieldEditorProps) {
  switch (props.kind) {
    case 'number':
    case 'money':
      return <NumberEditor {...props} />
    case 'date':
    case 'instant':
      return <DateEditor {...props} />
    case 'select':
      return <SelectEditor {...props} />
    case 'tags':
      return <TagsEditor {...props} />
    default:
      return <TextEditor {...props} />
  }
}

/** Enter and Tab of any editor; a Chinese input method keeps its own Enter. */
function useKeys(commit: (move: Move) => void, onCancel: () => void, multiline = false) {
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

function TextEditor({ kind, value, label, onCommit, onCancel }: FieldEditorProps) {
  const shown = typeof value !== 'string' ? '' : kind === 'phone' ? formatPhone(value) : value
  const [draft, setDraft] = useState(shown)
  // A phone is edited as it reads; left as it was, it stays as it is stored.
  const commit = (move: Move) => onCommit(draft === shown ? value : draft.trim() || null, move)
  const multiline = kind === 'longText'
  const keys = useKeys(commit, onCancel, multiline)
  const shared = {
    autoFocus: true,
    'aria-label': label,
    variant: 'borderless' as const,
    value: draft,
    onBlur: () => keys.once(() => commit('stay')),
    onKeyDown: keys.onKeyDown,
    className: 'field-editor',
  }
  if (multiline) return <Input.TextArea {...shared} autoSize={{ minRows: 2, maxRows: 8 }} onChange={(event) => setDraft(event.target.value)} />
  return <Input {...shared} inputMode={INPUT_MODE[kind as keyof typeof INPUT_MODE] ?? 'text'} onChange={(event) => setDraft(event.target.value)} />
}

function NumberEditor({ kind, value, label, onCommit, onCancel }: FieldEditorProps) {
  const factor = kind === 'money' ? 100 : 1
  const [draft, setDraft] = useState(typeof value === 'number' ? value / factor : null)
  const commit = (move: Move) => onCommit(draft === null ? null : Math.round(draft * factor), move)
  const keys = useKeys(commit, onCancel)
  return (
    <InputNumber
      autoFocus
      aria-label={label}
      variant="borderless"
      controls={false}
      value={draft}
      {...(kind === 'money' && { precision: 2 })}
      onChange={(next) => setDraft(typeof next === 'number' ? next : null)}
      onBlur={() => keys.once(() => commit('stay'))}
      onKeyDown={keys.onKeyDown}
      className="field-editor"
    />
  )
}

function SelectEditor({ value, options = [], label, onCommit, onCancel }: FieldEditorProps) {
  const [draft, setDraft] = useState(typeof value === 'string' ? value : null)
  const keys = useKeys((move) => onCommit(draft, move), onCancel)
  return (
    <Select
      autoFocus
      defaultOpen
      showSearch={{ optionFilterProp: 'label' }}
      allowClear
      aria-label={label}
      variant="borderless"
      value={draft}
      options={options.map((option) => ({ ...option }))}
      onChange={(next: string | undefined) => {
        setDraft(next ?? null)
        keys.once(() => onCommit(next ?? null, 'stay'))
      }}
      onBlur={() => keys.once(onCancel)}
      onInputKeyDown={(event) => {
        // Enter belongs to the open list; Esc and Tab leave the cell.
        event.stopPropagation()
        if (event.key !== 'Enter') keys.onKeyDown(event)
      }}
      popupMatchSelectWidth={false}
      className="field-editor"
    />
  )
}

function TagsEditor({ value, options = [], label, onCommit, onCancel }: FieldEditorProps) {
  const [draft, setDraft] = useState<string[]>(Array.isArray(value) ? [...value] : [])
  const keys = useKeys((move) => onCommit(draft, move), onCancel)
  return (
    <Select
      autoFocus
      defaultOpen
      mode="tags"
      aria-label={label}
      variant="borderless"
      value={draft}
      options={options.map((option) => ({ ...option }))}
      onChange={(next: string[]) => setDraft(next.map((tag) => tag.trim().slice(0, 50)).filter(Boolean))}
      onBlur={() => keys.once(() => onCommit(draft, 'stay'))}
      onInputKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Escape' || event.key === 'Tab') keys.onKeyDown(event)
      }}
      popupMatchSelectWidth={false}
      className="field-editor"
    />
  )
}

/** Days and times are those of the workspace's zone, wherever the browser stands. */
function DateEditor({ kind, value, label, onCommit, onCancel }: FieldEditorProps) {
  const { zone } = useClock()
  const withTime = kind === 'instant'
  const wall = typeof value === 'string' ? (withTime ? wallOf(value, zone) : value) : null
  const keys = useKeys(() => onCommit(value, 'stay'), onCancel)
  return (
    <DatePicker
      autoFocus
      defaultOpen
      aria-label={label}
      variant="borderless"
      showTime={withTime ? { format: 'HH:mm', minuteStep: 5 } : false}
      format={withTime ? 'YYYY-MM-DD HH:mm' : 'YYYY-MM-DD'}
      value={wall ? dayjs(wall) : null}
      onChange={(next) => {
        const picked = next ? next.format(withTime ? 'YYYY-MM-DDTHH:mm' : 'YYYY-MM-DD') : null
        keys.once(() => onCommit(picked && withTime ? instantOfWall(picked, zone) : picked, 'stay'))
      }}
      onOpenChange={(open) => {
        if (!open) keys.once(onCancel)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' || event.key === 'Tab') keys.onKeyDown(event)
      }}
      className="field-editor"
    />
  )
}
