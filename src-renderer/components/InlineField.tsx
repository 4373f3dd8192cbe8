import './record.css'
import { DownOutlined } from '@ant-design/icons'
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { readJson, writeJson } from '../kernel/preferences.ts'
import { useIsPhone } from '../kernel/screen.ts'
import { useText } from '../kernel/text.ts'
import { toast } from '../kernel/toast.tsx'
import { type EditorKind, FieldEditor, type FieldOption, type FieldValue, type Move, prepareEditor } from './FieldEditor.tsx'
import { PhoneNote } from './PhoneNote.tsx'
import { Dash } from './values.tsx'
import { text } from './text.ts'
import { isTypedKind } from './useEditorKeys.ts'

type InlineFieldProps = {
  label: string
  kind: EditorKind
  value: FieldValue
  options?: readonly FieldOption[]
  /** Said beside the editor about what is being typed. */
  hint?: (draft: string) => ReactNode
  /** How the value reads when it is not being edited. */
  children?: ReactNode
  /** Absent = may only be read. Answers with the sentence when the value is not taken. */
  onSave?: (value: FieldValue) => Promise<string | null>
}

/** The open editor: with what was seen when the typing began, or with what was typed and not taken. */
type Open = { readonly value: FieldValue; readonly draft?: FieldValue; readonly takesFocus: boolean }

/** Saves what was typed; what is not taken comes back into the editor, with the sentence below. */
function useInlineEdit({ kind, value, onSave }: Pick<InlineFieldProps, 'kind' | 'value' | 'onSave'>) {
  const [open, setOpen] = useState<Open | null>(null)
  const [saving, setSaving] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const { button, focusBack } = useFocusBack(open !== null)
  // A colleague's change since the typing began must not be overwritten unseen: saving goes by what was seen then.
  const seen = useRef(onSave)
  const isShown = useRef(true)
  useEffect(() => {
    isShown.current = true
    return () => {
      isShown.current = false
    }
  }, [])
  const show = (next: Open) => {
    seen.current = onSave
    setOpen(next)
  }
  const commit = async (next: FieldValue, move: Move) => {
    const before = open
    // A second try is made by somebody who has read the sentence and sees today's value.
    const save = before?.draft === undefined ? seen.current : onSave
    const old = before?.draft === undefined ? before?.value : value
    focusBack(move !== 'stay')
    setOpen(null)
    setRefused(null)
    if (!save || !before || JSON.stringify(next) === JSON.stringify(old)) return
    setSaving(true)
    const problem = await save(next)
    if (!isShown.current) return problem ? toast(problem, { tone: 'bad' }) : undefined
    setSaving(false)
    setRefused(problem)
    if (problem && isTypedKind(kind)) setOpen({ value, draft: next, takesFocus: isFocusFree(button.current) })
  }
  return {
    open,
    saving,
    refused,
    button,
    begin: () => show({ value, takesFocus: true }),
    commit,
    cancel: () => {
      focusBack(false)
      setOpen(null)
      setRefused(null)
    },
  }
}

const isFocusFree = (own: Element | null): boolean => {
  const { activeElement } = document
  return activeElement === document.body || activeElement === own
}

/** After the editor the focus is on the value again, so that Tab and Enter go on from here and not from the top of the page. */
function useFocusBack(isOpen: boolean) {
  const button = useRef<HTMLButtonElement>(null)
  const wanted = useRef<'now' | 'later' | null>(null)
  useLayoutEffect(() => {
    const when = wanted.current
    wanted.current = null
    if (isOpen || when === null) return undefined
    // A key: before the browser goes on by Tab. A click: it may be about to give the focus to something else.
    if (when === 'now') button.current?.focus()
    const timer = setTimeout(() => {
      if (when === 'later' && document.activeElement === document.body) button.current?.focus({ preventScroll: true })
    })
    return () => clearTimeout(timer)
  }, [isOpen])
  return {
    button,
    focusBack: (byKey: boolean) => {
      wanted.current = byKey ? 'now' : 'later'
    },
  }
}

/** One value of a record: click or F2 to edit, Enter, Tab or leaving saves, Esc does not. */
export function InlineField(props: InlineFieldProps) {
  const { label, kind, value, options, hint, children, onSave } = props
  const t = useText(text)
  const isPhone = useIsPhone()
  const { open, saving, refused, button, begin, commit, cancel } = useInlineEdit(props)
  const canEdit = onSave !== undefined
  useEffect(() => {
    if (canEdit) prepareEditor(kind)
  }, [canEdit, kind])
  const isEmpty = value === null || value === '' || (Array.isArray(value) && value.length === 0)
  const shown = isEmpty ? <Dash /> : (children ?? String(value))
  const className = `inline-value${onSave ? ' can' : ''}${kind === 'longText' ? ' long' : ' el'}${saving ? ' saving' : ''}`
  return (
    <div>
      {open ? (
        <div className="inline-edit cellsel">
          <FieldEditor
            kind={kind}
            label={label}
            value={open.value}
            {...(open.draft !== undefined && { draft: open.draft })}
            takesFocus={open.takesFocus}
            tabPasses
            {...(options && { options })}
            {...(hint && { hint })}
            onCommit={(next, move) => void commit(next, move)}
            onCancel={cancel}
          />
        </div>
      ) : onSave ? (
        // The press lies under the value, not around it: a link or a copy icon inside is a button of its own.
        <div className={className} title={isPhone ? undefined : t('edit')}>
          <button
            type="button"
            ref={button}
            className="bare inline-press"
            aria-label={`${label} ${t('edit')}`}
            onClick={begin}
            onKeyDown={(event) => {
              if (event.key !== 'F2') return
              event.preventDefault()
              begin()
            }}
          />
          {shown}
        </div>
      ) : (
        <div className={className}>{shown}</div>
      )}
      {kind === 'phone' && <PhoneNote value={value} />}
      {refused && (
        <div className="field-error" role="alert">
          {refused}
        </div>
      )}
    </div>
  )
}

export type FieldLine = { key: string; label: string; isEmpty: boolean; field: ReactNode }

/** A group of fields that folds; empty ones are folded until asked for. */
export function FieldGroup({
  title,
  lines,
  keepEmpty = false,
  name,
  startsFolded = false,
  isWide = false,
}: {
  title: string
  lines: readonly FieldLine[]
  /** Empty fields too: somebody wants to fill them. */
  keepEmpty?: boolean
  /** Under this name it is remembered that somebody folded or opened the group. */
  name?: string
  /** Closed until somebody opens it. */
  startsFolded?: boolean
  /** Two columns where there is room. */
  isWide?: boolean
}) {
  const t = useText(text)
  const [all, setAll] = useState(false)
  const [isFolded, setFolded] = useState(
    () => startsFolded !== (name !== undefined && readJson<string[]>(FOLDED, []).includes(name)),
  )
  const empty = lines.filter((line) => line.isEmpty).length
  const showsAll = all || keepEmpty
  const shown = showsAll ? lines : lines.filter((line) => !line.isEmpty)
  const fold = () => {
    setFolded(!isFolded)
    if (name === undefined) return
    const others = readJson<string[]>(FOLDED, []).filter((one) => one !== name)
    // Only what differs from how the company laid it out.
    writeJson(FOLDED, isFolded === startsFolded ? [...others, name] : others)
  }
  return (
    <section className="kv-group">
      <button type="button" className="bare sec" aria-expanded={!isFolded || keepEmpty} onClick={fold}>
        <DownOutlined className={`tiny${isFolded && !keepEmpty ? ' folded' : ''}`} />
        <span className="b t2">{title}</span>
      </button>
      {(!isFolded || keepEmpty) && (
        <>
          <div className={`kv${isWide ? ' wide' : ''}`}>
            {shown.flatMap((line) => [
              <span key={line.key} className="kv-label" title={line.label}>
                {line.label}
              </span>,
              <div key={`${line.key} value`} data-field={line.key}>
                {line.field}
              </div>,
            ])}
          </div>
          {!keepEmpty && empty > 0 && (
            <button type="button" className="bare s12 tbrand" onClick={() => setAll(!all)}>
              {all ? t('hideEmpty') : t('showEmpty', { n: empty })}
            </button>
          )}
        </>
      )}
    </section>
  )
}

const FOLDED = 'record.folded'
