import { Select, type SelectProps } from 'antd'
import { type ComponentRef, type FocusEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { Picker } from '../../components/Picker.tsx'
import type { ImportColumn, ImportDetail } from '../../../src-shared/features/imports/model.ts'
import { recordOfColumn } from '../../../src-shared/features/imports/recordOfColumn.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { bandWord } from './bandWord.ts'
import { type Choice, choicesOf } from './bands.ts'
import { text } from './text.ts'

export type LineProps = { column: ImportColumn; detail: ImportDetail; onTarget: (target: ImportColumn['target']) => void }

const IGNORE = ''
const keyOf = ({ entity, at }: Choice): string => `${entity} ${at}`

/** The fields of a record that this column can go to; those that another column fills are shown, but cannot be chosen. */
function fieldsOf({ columns, targets, entity }: ImportDetail, column: ImportColumn, one: Choice) {
  const isTaken = (field: string): boolean =>
    columns.some(
      (other) =>
        other.index !== column.index &&
        other.target?.entity === one.entity &&
        other.target.field === field &&
        recordOfColumn(columns, other) === one.at,
    )
  return targets
    .filter((target) => target.entity === one.entity)
    .map(({ feature, field, repeatable }) => ({
      value: `${keyOf(one)} ${field}`,
      label: fieldWord(feature, field),
      disabled: isTaken(field) && !(repeatable && one.entity === entity) && field !== 'text',
    }))
}

/**
 * Of which record, and then which of its fields: nothing is chosen until there is a field. Who turns away before that leaves the
 * column as it was.
 */
export function TargetChoice({ column, detail, at, onTarget }: LineProps & { at: number }) {
  const t = useText(text)
  const field = useRef<ComponentRef<typeof Select>>(null)
  const [asked, setAsked] = useState<Choice | null>(null)
  const [isOpen, setOpen] = useState(false)
  const { columns, targets } = detail
  const choices = choicesOf(columns, [...new Set(targets.map((target) => target.entity))], detail.entity)
  const there = column.target ? { entity: column.target.entity, at } : null
  const wanted = asked ?? there
  const isNumbered = ({ entity }: Choice): boolean => choices.some((other) => other.entity === entity && other.at > 0)
  useEffect(() => {
    if (asked) field.current?.focus()
  }, [asked])
  const askFor = (value: string | undefined) => {
    const one = choices.find((choice) => keyOf(choice) === value) ?? null
    const isThere = one !== null && there !== null && keyOf(one) === keyOf(there)
    setAsked(isThere ? null : one)
    setOpen(one !== null && !isThere)
  }
  const choose = (value: string) => {
    setAsked(null)
    setOpen(false)
    if (value === IGNORE) return onTarget(null)
    const [entity = '', nth = '0', name = ''] = value.split(' ')
    const one = { entity, at: Number(nth) }
    // Without a number the nth column of a field speaks of the nth record; what somebody chooses says which.
    onTarget(isNumbered(one) ? { ...one, field: name } : { entity, field: name })
  }
  const leave = (event: FocusEvent<HTMLElement>) => {
    if (event.currentTarget.contains(event.relatedTarget)) return
    setAsked(null)
    setOpen(false)
  }
  // Tab leads on; by itself the list would take the entry it stands on.
  const tabOnly = (event: KeyboardEvent) => {
    if (event.key === 'Tab') event.stopPropagation()
  }
  const word = (one: Choice) => bandWord(t, detail, one, isNumbered(one))
  const fields: SelectProps['options'] = wanted
    ? fieldsOf(detail, column, wanted)
    : choices.map((one) => ({ label: word(one), title: word(one), options: fieldsOf(detail, column, one) }))
  const name = column.header || column.letter
  return (
    <span className="row g6 imp-target" onBlur={leave} onKeyDownCapture={tabOnly}>
      <Select
        size="small"
        aria-label={`${name} ${t('fieldOf')}`}
        value={wanted ? keyOf(wanted) : undefined}
        placeholder={t('none')}
        className="imp-entity"
        options={choices.map((one) => ({ value: keyOf(one), label: word(one) }))}
        onChange={askFor}
      />
      <Picker
        ref={field}
        size="small"
        value={asked ? null : column.target ? `${keyOf({ entity: column.target.entity, at })} ${column.target.field}` : IGNORE}
        placeholder={asked ? t('chooseField') : undefined}
        {...(asked && { status: 'warning' as const })}
        className="imp-field"
        aria-label={`${name} ${t('field')}`}
        open={isOpen}
        onOpenChange={setOpen}
        options={[...fields, { value: IGNORE, label: t('ignore') }]}
        // Also the one that stands there: who leaves a column out that asks to be looked at has looked.
        onSelect={(value) => choose(value ?? IGNORE)}
      />
    </span>
  )
}
