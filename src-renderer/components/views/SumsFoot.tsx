import { PlusOutlined } from '@ant-design/icons'
import { keepPreviousData, type UseQueryOptions, useQuery } from '@tanstack/react-query'
import { Dropdown } from 'antd'
import type { Selection, Sum, SumResult } from '../../../src-shared/kernel/list.ts'
import { useClock } from '../../kernel/context.tsx'
import { type Clock, formatInstant, formatMoneyShort, formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import type { SumChoice } from './address.ts'
import { text } from './text.ts'
import './views.css'

export type SumField = { readonly key: string; readonly label: string; readonly type: string; readonly unit?: string | undefined }
type SumsQuery = UseQueryOptions<SumResult, Error, SumResult, readonly unknown[]>
type SumsFootProps = {
  fields: readonly SumField[]
  sums: readonly SumChoice[]
  onSums: (sums: readonly SumChoice[]) => void
  /** What is summed: chosen rows, or everything the list finds. */
  selection: Selection
  query: (input: { selection: Selection; sums: SumChoice[] }) => SumsQuery
}

const NUMBERS = ['number', 'money']
const TIMES = ['date', 'instant']
const sumsOf = (type: string): readonly Sum[] =>
  NUMBERS.includes(type)
    ? ['sum', 'avg', 'min', 'max', 'filled', 'empty']
    : TIMES.includes(type)
      ? ['avg', 'min', 'max', 'filled', 'empty']
      : ['filled', 'empty']

/** Figures of chosen columns under the list, worked out beside it; the last ones stay in grey while new ones come. */
export function SumsFoot({ fields, sums, onSums, selection, query }: SumsFootProps) {
  const t = useText(text)
  const clock = useClock()
  const asked = sums.filter(({ field }) => fields.some(({ key }) => key === field))
  const figures = useQuery({
    ...query({ selection, sums: asked }),
    enabled: asked.length > 0,
    placeholderData: keepPreviousData,
    meta: { shown: true },
  })
  const free = fields.filter(({ key }) => !sums.some(({ field }) => field === key))
  return (
    <span className="row g12 sums">
      {asked.map(({ field, sum }) => {
        const column = fields.find(({ key }) => key === field) as SumField
        const one = figures.data?.find((figure) => figure.field === field && figure.sum === sum)
        const word = figures.isError ? t('sumFailed') : one ? shownFigure(t, clock, column, one) : '…'
        return (
          <Dropdown
            key={field}
            trigger={['click']}
            placement="topLeft"
            menu={{
              selectable: true,
              selectedKeys: [sum],
              items: [
                ...sumsOf(column.type).map((key) => ({ key, label: t(wordOf(column, key)) })),
                { type: 'divider' as const },
                { key: 'remove', label: t('removeSum') },
              ],
              onClick: ({ key }) =>
                onSums(
                  key === 'remove'
                    ? sums.filter((other) => other.field !== field)
                    : sums.map((other) => (other.field === field ? { field, sum: key as Sum } : other)),
                ),
            }}
          >
            <button type="button" className={`bare sum${figures.isPlaceholderData ? ' t3' : ''}`}>
              {column.label} {t(wordOf(column, sum))} <b>{word}</b>
            </button>
          </Dropdown>
        )
      })}
      {free.length > 0 && sums.length < 12 && (
        <Dropdown
          trigger={['click']}
          placement="topLeft"
          menu={{
            className: 'tall-menu',
            items: free.map(({ key, label }) => ({ key, label })),
            onClick: ({ key }) => {
              const column = free.find((one) => one.key === key)
              if (column) onSums([...sums, { field: key, sum: sumsOf(column.type)[0] ?? 'filled' }])
            },
          }}
        >
          <button type="button" className="bare t3 sum-add">
            <PlusOutlined className="tiny" /> {t('addSum')}
          </button>
        </Dropdown>
      )}
    </span>
  )
}

type T = (key: keyof (typeof text)['zh-CN'], values?: Record<string, string | number>) => string
const wordOf = ({ type }: SumField, sum: Sum) =>
  TIMES.includes(type) && sum === 'min' ? 'earliest' : TIMES.includes(type) && sum === 'max' ? 'latest' : sum

const DAY_MS = 86_400_000
function shownFigure(t: T, clock: Clock, { type, unit }: SumField, { value, sum }: SumResult[number]): string {
  if (value === null) return t('none')
  if (sum === 'filled' || sum === 'empty') return formatNumber(Number(value))
  if (TIMES.includes(type)) {
    const instant = String(value)
    if (sum !== 'avg') return type === 'date' ? instant : formatInstant(instant, clock)
    const days = (clock.nowMs - Date.parse(instant)) / DAY_MS
    const n = Math.abs(days).toFixed(1)
    return t(days < 0 ? 'daysAhead' : 'daysAgo', { n })
  }
  if (type === 'money') return formatMoneyShort(Math.round(Number(value)))
  const rounded = sum === 'avg' ? Math.round(Number(value) * 100) / 100 : Number(value)
  return `${formatNumber(rounded)}${unit ? ` ${unit}` : ''}`
}
