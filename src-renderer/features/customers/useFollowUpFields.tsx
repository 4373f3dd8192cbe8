import { type ReactNode, Suspense, useState } from 'react'
import { followUpEntity } from '../../../src-shared/features/follow-ups/entity.ts'
import type { FollowUp, NewFollowUp } from '../../../src-shared/features/follow-ups/model.ts'
import { dateIn } from '../../../src-shared/kernel/dateIn.ts'
import { isCustomKey, valueIn } from '../../../src-shared/kernel/entity.ts'
import { nowIso } from '../../kernel/clock.ts'
import { useClock } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { CustomShown, defaultsOf, useEntity } from '../fields/public.ts'

const FollowUpFields = later(() => import('./FollowUpFields.tsx').then((module) => module.FollowUpFields))

type Values = Readonly<Record<string, unknown>>
const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** The company's fields of a follow-up as they are written; of a new one (`row` null) with what they begin with. */
export function useFollowUpFields(row: FollowUp | null) {
  const { zone } = useClock()
  const entity = useEntity(followUpEntity)
  const own = entity.fields.filter(({ key, formula }) => isCustomKey(key) && !formula)
  const begun: Values = row
    ? Object.fromEntries(own.map(({ key }) => [key, valueIn(row, key)]))
    : Object.fromEntries(Object.entries(defaultsOf(entity, dateIn(nowIso(), zone))).filter(([key]) => isCustomKey(key)))
  const [typed, setTyped] = useState<Values>({})
  const values = { ...begun, ...typed }
  const changed = Object.entries(row ? typed : values).filter(([, value]) => row !== null || !isNothing(value))
  return {
    /** What is sent: of a new one what was filled in, of another what was changed. */
    custom: (changed.length > 0 ? Object.fromEntries(changed) : undefined) as NewFollowUp['custom'],
    clear: () => setTyped({}),
    draw: (record: Values): ReactNode =>
      own.length > 0 && (
        <Suspense>
          <FollowUpFields
            record={record}
            values={values}
            onChange={(key, value) => setTyped((old) => ({ ...old, [key]: isNothing(value) ? null : value }))}
          />
        </Suspense>
      ),
  }
}

/** What the company's fields of a follow-up say, under its words. */
export function FollowUpSaid({ row }: { row: FollowUp }) {
  const filled = useEntity(followUpEntity).fields.filter(({ key }) => isCustomKey(key) && !isNothing(valueIn(row, key)))
  if (filled.length === 0) return null
  return (
    <div className="follow-up-own s12">
      {filled.map((field) => (
        <span key={field.key}>
          <span className="t3">{fieldWord('followUps', field.key)}</span>{' '}
          <CustomShown field={field} value={valueIn(row, field.key)} names={row.customNames} />
        </span>
      ))}
    </div>
  )
}
