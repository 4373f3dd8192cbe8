import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { useClock } from '../kernel/context.tsx'
import { instantOfWall, wallOf } from '../kernel/format.ts'
import { type FieldEditorProps, useEditorKeys } from './useEditorKeys.ts'

/** Days and times are those of the workspace's zone, wherever the browser stands. */
export function DateEditor({ kind, value, label, onCommit, onCancel }: FieldEditorProps) {
  const { zone } = useClock()
  const withTime = kind === 'instant'
  const wall = typeof value === 'string' ? (withTime ? wallOf(value, zone) : value) : null
  const keys = useEditorKeys(() => onCommit(value, 'stay'), onCancel)
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
