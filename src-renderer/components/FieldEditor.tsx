import { Input, InputNumber } from 'antd'
import { type FocusEvent, useState } from 'react'
import { later } from '../kernel/later.ts'
import { formatPhone } from '../kernel/format.ts'
import { LateEditor } from './LateEditor.tsx'
import { SelectEditor, SuggestEditor, TagsEditor } from './SelectEditor.tsx'
import { type EditorKind, type FieldEditorProps, type Move, useEditorKeys } from './useEditorKeys.ts'

const DateEditor = later(() => import('./DateEditor.tsx').then((module) => module.DateEditor))
const CustomerEditor = later(() => import('./CustomerEditor.tsx').then((module) => module.CustomerEditor))
const BirthdayEditor = later(() => import('./BirthdayEditor.tsx').then((module) => module.BirthdayEditor))

const LATE = { date: DateEditor, instant: DateEditor, birthday: BirthdayEditor, customer: CustomerEditor } as const

/** The page with such fields stands: their editors come before anybody opens one. */
export function prepareEditor(kind: EditorKind): void {
  if (kind in LATE) LATE[kind as keyof typeof LATE].prepare()
}

export type { EditorKind, FieldOption, FieldValue, Move } from './useEditorKeys.ts'

const INPUT_MODE = { phone: 'tel', email: 'email', text: 'text', longText: 'text' } as const

/** The editor of one value, in a cell of a grid or in a line of a record. Enter, Tab and leaving take it; Esc does not. */
export function FieldEditor(props: FieldEditorProps) {
  switch (props.kind) {
    case 'number':
    case 'money':
      return <NumberEditor {...props} />
    case 'date':
    case 'instant':
    case 'birthday':
    case 'customer':
      return <LateEditor part={LATE[props.kind]} editor={props} />
    case 'select':
      return <SelectEditor {...props} />
    case 'tags':
      return <TagsEditor {...props} />
    default:
      if (props.kind === 'text' && (props.options ?? []).length > 0) return <SuggestEditor {...props} />
      return <TextEditor {...props} />
  }
}

const markAll = (event: FocusEvent<HTMLInputElement | HTMLTextAreaElement>): void => event.currentTarget.select()

function TextEditor(props: FieldEditorProps) {
  const { kind, value, draft: before, replace, marked, label, takesFocus = true, tabPasses } = props
  const { hint, onCommit, onCancel } = props
  const shown = typeof value !== 'string' ? '' : kind === 'phone' ? formatPhone(value) : value
  const [draft, setDraft] = useState(replace ?? (typeof before === 'string' ? before : shown))
  // A phone is edited as it reads; left as it was, it stays as it is stored.
  const commit = (move: Move) => onCommit(draft === shown ? value : draft.trim() || null, move)
  const multiline = kind === 'longText'
  const keys = useEditorKeys({ commit, onCancel, multiline, tabPasses, isDirty: draft !== shown })
  const shared = {
    autoFocus: takesFocus,
    'aria-label': label,
    variant: 'borderless' as const,
    value: draft,
    onBlur: () => keys.once(() => commit('stay')),
    onKeyDown: keys.onKeyDown,
    className: 'field-editor',
    ...(marked && { onFocus: markAll }),
  }
  if (multiline) return <Input.TextArea {...shared} rows={2} onChange={(event) => setDraft(event.target.value)} />
  return (
    <>
      <Input
        {...shared}
        inputMode={INPUT_MODE[kind as keyof typeof INPUT_MODE] ?? 'text'}
        onChange={(event) => setDraft(event.target.value)}
      />
      {draft !== shown && hint?.(draft)}
    </>
  )
}

function NumberEditor(props: FieldEditorProps) {
  const { kind, value, draft: before, replace, marked, label, takesFocus = true, tabPasses, onCommit, onCancel } = props
  const factor = kind === 'money' ? 100 : 1
  const shown = typeof value === 'number' ? value / factor : null
  const [draft, setDraft] = useState(replace !== undefined ? null : typeof before === 'number' ? before / factor : shown)
  const commit = (move: Move) => onCommit(draft === null ? null : kind === 'money' ? Math.round(draft * factor) : draft, move)
  const keys = useEditorKeys({ commit, onCancel, tabPasses, isDirty: draft !== shown })
  return (
    <InputNumber
      autoFocus={takesFocus}
      aria-label={label}
      variant="borderless"
      controls={false}
      value={draft}
      {...(kind === 'money' && { precision: 2 })}
      onChange={(next) => setDraft(typeof next === 'number' ? next : null)}
      onBlur={() => keys.once(() => commit('stay'))}
      onKeyDown={keys.onKeyDown}
      {...(marked && { onFocus: markAll })}
      className="field-editor"
    />
  )
}
