import type { Revision } from '../../../src-shared/features/orders/model.ts'
import { SimpleTable } from '../../components/SimpleTable.tsx'
import { Nothing } from '../../components/states.tsx'
import { Dash } from '../../components/values.tsx'
import { formatMoney } from '../../kernel/format.ts'
import { fieldWord, optionWord } from '../../kernel/slices.ts'
import { listed, type Translate, useText } from '../../kernel/text.ts'
import { useOwnerOptions } from '../customers/public.ts'
import { type OrderWord, text } from './text.ts'
import { FIELDS } from './words.ts'

/** What says enough by its name alone. */
const BY_NAME: ReadonlySet<string> = new Set(['customerId', 'people', 'lines', 'currency', 'deletedAt'])

/** 变更记录: what an order was and has become, by the day it was recorded. */
export function Revisions({ revisions }: { revisions: readonly Revision[] }) {
  const t = useText(text)
  const owners = useOwnerOptions()
  if (revisions.length === 0) return <Nothing>{t('noRevisions')}</Nothing>
  const person = (id: string): string => owners.find(({ value }) => value === id)?.label ?? t('person')
  return (
    <SimpleTable
      rows={revisions}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'day',
          title: t('recordedOn'),
          width: 110,
          render: ({ recordedOn }) => <span className="num">{recordedOn}</span>,
        },
        { key: 'what', title: t('changed'), render: (revision) => <span className="num">{toldOf(t, revision, person)}</span> },
        { key: 'by', title: t('by'), width: 100, render: ({ byName }) => byName ?? <Dash /> },
      ]}
    />
  )
}

type T = Translate<OrderWord>
function toldOf(t: T, { was, became }: Revision, person: (id: string) => string): string {
  const isFirst = Object.keys(was).length === 0
  return listed(
    Object.keys(became)
      .filter((key) => !isFirst || key === 'totalFen' || key === 'ownerId')
      .map((key) => {
        if (key === 'deletedAt' && became[key] === null) return t('broughtBack')
        const word = fieldWord('orders', key)
        if (BY_NAME.has(key)) return word
        const now = valueText(t, key, became[key], person)
        return isFirst ? `${word} ${now}` : `${word} ${t('arrow', { from: valueText(t, key, was[key], person), to: now })}`
      }),
  )
}

function valueText(t: T, key: string, value: unknown, person: (id: string) => string): string {
  if (value === null || value === undefined) return t('empty')
  if (key === 'ownerId') return person(String(value))
  if (key === 'status') return optionWord('orders', key, String(value))
  return FIELDS.find((field) => field.key === key)?.type === 'money' ? formatMoney(Number(value)) : String(value)
}
