import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { Picker } from '../../components/Picker.tsx'
import { CUSTOMER_KINDS, CUSTOMER_LEVELS, CUSTOMER_STATUSES } from '../../../src-shared/features/customers/entity.ts'
import { FOLLOW_UP_KINDS } from '../../../src-shared/features/follow-ups/entity.ts'
import { TAG_TONES } from '../../../src-shared/features/tags/model.ts'
import type { ImportColumn, ImportDetail, ImportOptions } from '../../../src-shared/features/imports/model.ts'
import { colleagueChoices } from '../../../src-shared/features/people/colleagues.ts'
import { useApi, useCan } from '../../kernel/context.tsx'
import { fieldWord, optionWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useCustomFields } from '../fields/public.ts'
import { text } from './text.ts'
import { useImportSteps } from './useImport.ts'

const CHOICES: Record<string, readonly string[]> = {
  'customer.level': CUSTOMER_LEVELS,
  'customer.status': CUSTOMER_STATUSES,
  'customer.kind': CUSTOMER_KINDS,
  'tag.tone': TAG_TONES,
  'followUp.kind': FOLLOW_UP_KINDS,
}
type Asking = ImportColumn & { target: NonNullable<ImportColumn['target']>; note: NonNullable<ImportColumn['note']> }
type WordProps = { detail: ImportDetail; set: (options: Partial<ImportOptions>) => void }
const EMPTY = ''
const NEW = '+'
const SHOWN = 8

/** Words of choices that found no option, names that found no colleague: each is put to one here, once for all its rows. */
export function UnknownWords({ detail, set }: WordProps) {
  const t = useText(text)
  const asked = detail.columns.filter(
    (column): column is Asking =>
      column.target !== null &&
      column.note !== null &&
      (column.note.unknown.length > 0 || Object.keys(decidedOf(detail, column)).length > 0),
  )
  if (asked.length === 0) return null
  return (
    <section className="card imp-card">
      <div className="b">{t('valuesTitle')}</div>
      {asked.map((column) => (
        <Words key={column.index} column={column} detail={detail} set={set} />
      ))}
    </section>
  )
}

const keyOf = ({ target }: Pick<ImportColumn, 'target'>): string => (target ? `${target.entity}.${target.field}` : '')
/** What was put to something already stays in sight, so that it can be changed. */
const decidedOf = (detail: ImportDetail, column: ImportColumn): Record<string, string | null> =>
  detail.options.values[keyOf(column)] ?? {}

function Words({ column, detail, set }: WordProps & { column: Asking }) {
  const t = useText(text)
  const [all, setAll] = useState(false)
  const { target, note } = column
  const key = keyOf(column)
  const isPeople = note.code === 'people'
  const isPools = note.code === 'pools'
  const feature =
    detail.targets.find((one) => one.entity === target.entity && one.field === target.field)?.feature ?? target.entity
  const api = useApi()
  const people = useQuery({ ...api.people.colleagues.queryOptions({ input: {}, staleTime: 60_000 }), enabled: isPeople })
  const pools = useQuery({ ...api.pools.choices.queryOptions({ input: {}, staleTime: 60_000 }), enabled: isPools })
  const decided = decidedOf(detail, column)
  const added = detail.targets.find((one) => one.entity === target.entity && one.field === target.field && one.choices)
  const choices = useNewChoices(detail, added?.field)
  const words = [...new Set([...note.unknown, ...Object.keys(decided)])]
  const options = isPeople
    ? colleagueChoices((people.data ?? []).filter((one) => !one.left))
    : isPools
      ? (pools.data ?? []).map(({ id, name }) => ({ value: id, label: name }))
      : (added?.choices ?? (CHOICES[key] ?? []).map((value) => ({ value, label: optionWord(feature, target.field, value) })))
  const choose = (chosen: Record<string, string | null>) =>
    set({ values: { ...detail.options.values, [key]: { ...decided, ...chosen } } })
  const open = words.filter((word) => !(word in decided))
  return (
    <div className="col g6">
      <span className="t3 s12">{fieldWord(feature, target.field)}</span>
      {words.slice(0, all ? words.length : SHOWN).map((word) => (
        <label key={word} className="row g8">
          <span className="el lit imp-label" title={word}>
            {word}
          </span>
          <Picker
            size="small"
            className="grow"
            aria-label={t('wordBecomes', { word })}
            placeholder={t('chooseOne')}
            value={word in decided ? (decided[word] ?? EMPTY) : null}
            options={[
              ...options,
              { value: EMPTY, label: t('valueEmpty') },
              ...(choices.mayAdd ? [{ value: NEW, label: t('newChoice', { word }) }] : []),
            ]}
            onChange={(value: string | null) => (value === NEW ? choices.add([word]) : choose({ [word]: value || null }))}
          />
        </label>
      ))}
      <div className="row g8">
        {words.length > SHOWN && !all && (
          <Button type="text" size="small" onClick={() => setAll(true)}>
            {t('allWords', { n: words.length })}
          </Button>
        )}
        {choices.mayAdd && open.length > 0 && (
          <Button type="text" size="small" loading={choices.isPending} onClick={() => choices.add(open)}>
            {t('newChoices', { n: open.length })}
          </Button>
        )}
        {open.length > 1 && (
          <Button type="text" size="small" onClick={() => choose(Object.fromEntries(open.map((word) => [word, null])))}>
            {t(isPeople ? 'nobodyForAll' : 'emptyForAll')}
          </Button>
        )}
      </div>
    </div>
  )
}

/** Options of a field that the company added: words of the file become some of them, and the columns are looked at anew. */
function useNewChoices(detail: ImportDetail, key: string | undefined) {
  const field = useCustomFields().find((one) => one.key === key)
  const mayAdd = useCan('fields.manage') && field !== undefined
  const { setMapping } = useImportSteps(detail.id)
  const adding = useMutation(
    useApi().fields.addChoices.mutationOptions({ onSuccess: () => setMapping.mutate({ id: detail.id, columns: [] }) }),
  )
  return {
    mayAdd,
    isPending: adding.isPending || setMapping.isPending,
    add: (labels: readonly string[]) => field && adding.mutate({ id: field.id, labels: [...labels] }),
  }
}
