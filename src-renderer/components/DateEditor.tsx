import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { type KeyboardEvent, useRef } from 'react'
import { useClock } from '../kernel/context.tsx'
import { instantOfWall, wallOf } from '../kernel/format.ts'
import { type FieldEditorProps, type FieldValue, type Move, moveOf, useEditorKeys } from './useEditorKeys.ts'

/** Days and times are those of the workspace's zone, wherever the browser stands. Picked by the mouse, or typed. */
export function DateEditor({ kind, value, label, takesFocus = true, tabPasses, onCommit, onCancel }: FieldEditorProps) {
  const { zone } = useClock()
  const box = useRef<HTMLSpanElement>(null)
  const move = useRef<Move>('stay')
  const withTime = kind === 'instant'
  const shown = withTime ? 'YYYY-MM-DD HH:mm' : 'YYYY-MM-DD'
  const wall = typeof value === 'string' ? (withTime ? wallOf(value, zone) : value) : null
  const valueOf = (day: dayjs.Dayjs): FieldValue =>
    withTime ? instantOfWall(day.format('YYYY-MM-DDTHH:mm'), zone) : day.format('YYYY-MM-DD')
  /** What stands in the field; half a date is no date, and the value stays as it was. */
  const typed = (): FieldValue => {
    const words = box.current?.querySelector('input')?.value.trim() ?? ''
    if (words === '') return null
    const day = dayjs(words, shown, true)
    return !day.isValid() || (wall && day.isSame(dayjs(wall))) ? value : valueOf(day)
  }
  const keys = useEditorKeys({ commit: (to) => onCommit(typed(), to), onCancel, tabPasses, isDirty: false })
  const onKeyDownCapture = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return keys.onKeyDown(event)
    const isField = event.target instanceof HTMLInputElement && box.current?.contains(event.target) === true
    if (!isField || event.nativeEvent.isComposing) return
    move.current = moveOf(event)
    // Before the picker, which would keep Tab for itself and drop what was typed.
    if (event.key === 'Tab') keys.onKeyDown(event)
  }
  return (
    <span
      ref={box}
      className="field-editor-box"
      onKeyDownCapture={onKeyDownCapture}
      onKeyDown={(event) => event.stopPropagation()}
      onKeyUpCapture={() => {
        move.current = 'stay'
      }}
    >
      <DatePicker
        autoFocus={takesFocus}
        defaultOpen={takesFocus}
        aria-label={label}
        variant="borderless"
        previewValue={false}
        showTime={withTime ? { format: 'HH:mm', minuteStep: 5 } : false}
        format={shown}
        value={wall ? dayjs(wall) : null}
        onChange={(next) => keys.once(() => onCommit(next ? valueOf(next) : null, move.current))}
        onOpenChange={(open) => {
          if (!open) keys.once(() => onCommit(typed(), move.current))
        }}
        className="field-editor"
      />
    </span>
  )
}
