import { Input } from 'antd'
import { useState } from 'react'
import { birthdayShown } from '../../src-shared/kernel/birthday.ts'
import { readBirthday } from '../../src-shared/kernel/cleaning/birthday.ts'
import { useClock } from '../kernel/context.tsx'
import { businessDateOf } from '../kernel/format.ts'
import { useText } from '../kernel/text.ts'
import { text } from './text.ts'
import { type FieldEditorProps, type FieldValue, type Move, useEditorKeys } from './useEditorKeys.ts'

/** What somebody wrote as it is stored; what is no birthday stays as it is written, and is refused by its name. */
function useReading(): (written: string) => string | null {
  const { nowMs, zone } = useClock()
  return (written) => (written.trim() === '' ? null : (readBirthday(written, businessDateOf(nowMs, zone)) ?? written.trim()))
}

const shownOf = (value: unknown): string => (typeof value === 'string' ? birthdayShown(value) : '')

/** A birthday in a cell or a line of a record: any notation, with its year or without. */
export function BirthdayEditor(props: FieldEditorProps) {
  const { value, draft: before, replace, label, takesFocus = true, tabPasses } = props
  const { marked, onCommit, onCancel } = props
  const t = useText(text)
  const read = useReading()
  const shown = shownOf(value)
  const [draft, setDraft] = useState(replace ?? (typeof before === 'string' ? shownOf(before) : shown))
  const commit = (move: Move) => onCommit(draft === shown ? value : (read(draft) as FieldValue), move)
  const keys = useEditorKeys({ commit, onCancel, tabPasses, isDirty: draft !== shown })
  return (
    <Input
      autoFocus={takesFocus}
      aria-label={label}
      variant="borderless"
      placeholder={t('birthdayHint')}
      value={draft}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={() => keys.once(() => commit('stay'))}
      onKeyDown={keys.onKeyDown}
      {...(marked && { onFocus: (event) => event.currentTarget.select() })}
      className="field-editor"
    />
  )
}

/** The same in a form, which keeps what was understood; leaving the field shows it. */
export function BirthdayInput({
  id,
  value,
  onChange,
}: {
  id?: string
  value?: unknown
  onChange?: (value: string | null) => void
}) {
  const t = useText(text)
  const read = useReading()
  const [draft, setDraft] = useState<string | null>(null)
  return (
    <Input
      {...(id !== undefined && { id })}
      placeholder={t('birthdayHint')}
      maxLength={100}
      value={draft ?? shownOf(value)}
      onChange={(event) => {
        setDraft(event.target.value)
        onChange?.(read(event.target.value))
      }}
      onBlur={() => setDraft(null)}
    />
  )
}
