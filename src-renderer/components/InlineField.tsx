import { type ReactNode, useState } from 'react'
import { useIsPhone } from '../kernel/screen.ts'
import { useText } from '../kernel/text.ts'
import { type EditorKind, FieldEditor, type FieldOption, type FieldValue } from './FieldEditor.tsx'
import { Dash } from './values.tsx'
import { text } from './text.ts'

type InlineFieldProps = {
  label: string
  kind: EditorKind
  value: FieldValue
  options?: readonly FieldOption[]
  /** How the value reads when it is not being edited. */
  children?: ReactNode
  /** Absent = may only be read. Answers with the sentence when the value is not taken. */
  onSave?: (value: FieldValue) => Promise<string | null>
}

/** One value of a record: click or F2 to edit, Enter, Tab or leaving saves, Esc does not. */
export function InlineField({ label, kind, value, options, children, onSave }: InlineFieldProps) {
  const t = useText(text)
  const isPhone = useIsPhone()
  // Saving goes by what was seen when the typing began: a colleague's change since then must not be overwritten unseen.
  const [began, setBegan] = useState<Pick<InlineFieldProps, 'onSave' | 'value'> | null>(null)
  const [saving, setSaving] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const isEmpty = value === null || value === '' || (Array.isArray(value) && value.length === 0)

  const commit = async (next: FieldValue) => {
    setBegan(null)
    if (!began?.onSave || JSON.stringify(next) === JSON.stringify(began.value)) return
    setSaving(true)
    setRefused(await began.onSave(next))
    setSaving(false)
  }
  const begin = () => setBegan({ value, ...(onSave && { onSave }) })
  if (began) {
    return (
      <div className="inline-edit cellsel">
        <FieldEditor
          kind={kind}
          label={label}
          value={began.value}
          {...(options && { options })}
          onCommit={(next) => void commit(next)}
          onCancel={() => setBegan(null)}
        />
      </div>
    )
  }
  const shown = isEmpty ? <Dash /> : (children ?? String(value))
  const long = kind === 'longText'
  const className = `inline-value${onSave ? ' can' : ''}${long ? ' long' : ' el'}${saving ? ' saving' : ''}`
  return (
    <div>
      {onSave ? (
        // A link or a copy icon inside keeps its own click.
        <div
          role="button"
          tabIndex={0}
          className={className}
          title={isPhone ? undefined : t('edit')}
          aria-label={`${label} ${t('edit')}`}
          onClick={(event) => {
            if (!(event.target as Element).closest('a, button')) begin()
          }}
          onKeyDown={(event) => {
            if (event.key !== 'F2' && event.key !== 'Enter') return
            event.preventDefault()
            begin()
          }}
        >
          {shown}
        </div>
      ) : (
        <div className={className}>{shown}</div>
      )}
      {refused && (
        <div className="field-error" role="alert">
          {refused}
        </div>
      )}
    </div>
  )
}

export type FieldLine = { key: string; label: string; isEmpty: boolean; field: ReactNode }

/** A group of fields; empty ones are folded until asked for. */
export function FieldGroup({
  title,
  lines,
  keepEmpty = false,
}: {
  title: string
  lines: readonly FieldLine[]
  keepEmpty?: boolean
}) {
  const t = useText(text)
  const [all, setAll] = useState(keepEmpty)
  const empty = lines.filter((line) => line.isEmpty).length
  const shown = all ? lines : lines.filter((line) => !line.isEmpty)
  return (
    <section className="kv-group">
      <div className="sec">
        <span className="b t2">{title}</span>
      </div>
      <div className="kv">
        {shown.flatMap((line) => [
          <span key={line.key} className="kv-label" title={line.label}>
            {line.label}
          </span>,
          <div key={`${line.key} value`}>{line.field}</div>,
        ])}
      </div>
      {!keepEmpty && empty > 0 && (
        <button type="button" className="bare s12 tbrand" onClick={() => setAll(!all)}>
          {all ? t('hideEmpty') : t('showEmpty', { n: empty })}
        </button>
      )}
    </section>
  )
}
