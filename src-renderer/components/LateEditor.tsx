import { Input } from 'antd'
import { type KeyboardEvent, type RefObject, Suspense, useEffect, useRef } from 'react'
import type { LaterPart } from '../kernel/later.ts'
import type { FieldEditorProps } from './useEditorKeys.ts'

type LateEditorProps = { part: LaterPart<FieldEditorProps>; editor: FieldEditorProps }

/** An editor that is loaded when it is needed. Until it is there a plain field stands in, and what is typed into it goes on into the editor. */
export function LateEditor({ part: Part, editor }: LateEditorProps) {
  const keys = useRef<Keys>({ words: '', leave: null })
  const box = useRef<HTMLSpanElement>(null)
  return (
    <span ref={box} className="late-editor">
      <Suspense fallback={<StandIn editor={editor} keys={keys} />}>
        <Part {...editor} />
        <HandOver editor={editor} keys={keys} box={box} />
      </Suspense>
    </span>
  )
}

/** What was typed, and the key by which one has gone on already. */
type Keys = { words: string; leave: Pick<KeyboardEvent, 'key' | 'shiftKey'> | null }
type StandInProps = { editor: FieldEditorProps; keys: RefObject<Keys> }

/** Enter and Tab wait for the editor, which knows what the words mean; Esc leaves. */
function StandIn({ editor: { label, replace, takesFocus = true, onCancel }, keys }: StandInProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') return onCancel()
    if (event.key === 'Enter' || event.key === 'Tab') keys.current.leave ??= { key: event.key, shiftKey: event.shiftKey }
    // What comes after was not meant for this field.
    if (keys.current.leave) event.preventDefault()
  }
  return (
    <Input
      autoFocus={takesFocus}
      aria-label={label}
      variant="borderless"
      className="field-editor"
      defaultValue={replace}
      onChange={(event) => {
        keys.current.words = event.target.value
      }}
      onKeyDown={onKeyDown}
    />
  )
}

type HandOverProps = StandInProps & { box: RefObject<HTMLSpanElement | null> }

/** Drawn with the editor: types into it what was typed before it was there, and goes on where one has gone on. */
function HandOver({ editor: { kind, replace, marked = false }, keys, box }: HandOverProps) {
  const goesOn = useRef(kind === 'birthday' && replace === undefined && !marked)
  useEffect(() => {
    const { words, leave } = keys.current
    const input = box.current?.querySelector('input')
    if (!input) return undefined
    keys.current = { words: '', leave: null }
    if (words !== '') typeInto(input, goesOn.current ? `${input.value}${words}` : words)
    if (!leave) return undefined
    // When the editor has taken the words in.
    const timer = setTimeout(() =>
      input.dispatchEvent(new KeyboardEvent('keydown', { ...leave, bubbles: true, cancelable: true })),
    )
    return () => clearTimeout(timer)
  }, [keys, box])
  return null
}

const { set: write } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value') ?? {}

/** As if by hand: the editor hears it by itself, whatever it is made of. */
function typeInto(input: HTMLInputElement, words: string): void {
  write?.call(input, words)
  input.dispatchEvent(new Event('input', { bubbles: true }))
}
