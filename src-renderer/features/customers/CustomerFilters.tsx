import { CloseOutlined, FilterOutlined, SortAscendingOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Dropdown } from 'antd'
import { Suspense, useState } from 'react'
import type { Which } from '../../../src-shared/kernel/list.ts'
import { type Option, QuickFilter } from '../../components/QuickFilter.tsx'
import { text as listText } from '../../components/text.ts'
import { useApi, useMe } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { SearchField } from './SearchField.tsx'
import { text } from './text.ts'
import { mayAskBy, quickOf } from './useSight.ts'
import { FIELD_OF, type ListState, type QuickKey, UNSET } from './views.ts'
import { fieldWord, isCustom, optionsOf, optionWord, useCustomerFields } from './words.tsx'

const FilterSheet = later(() => import('../../components/FilterSheet.tsx').then((module) => module.FilterSheet))
const OPTION_FIELDS: readonly QuickKey[] = ['level', 'status']

type FiltersProps = { state: ListState; which: Which; onState: (state: Partial<ListState>) => void }

/** Words to search for and the quick filters, each with the figures of what is shown; on a phone one button opens them all. */
export function CustomerFilters(props: FiltersProps) {
  const isPhone = useIsPhone()
  const { state, onState } = props
  return (
    <>
      <SearchField value={state.q} onChange={(q) => onState({ q })} />
      {state.batch && <ImportChip file={state.file} onRemove={() => onState({ batch: '', file: '' })} />}
      {isPhone ? <SheetButton {...props} /> : <Filters {...props} />}
    </>
  )
}

/** Only what one import brought; a press shows everything again. */
function ImportChip({ file, onRemove }: { file: string; onRemove: () => void }) {
  const t = useText(text)
  return (
    <button type="button" className="fbtn on import-chip" title={t('allAgain')} onClick={onRemove}>
      <span className="el">{t('ofImport', { file })}</span> <CloseOutlined />
    </button>
  )
}

function Filters({ state, which, onState, isPart = false }: FiltersProps & { isPart?: boolean }) {
  return quickOf(useMe()).map((key) => (
    <CountedFilter
      key={key}
      field={key}
      which={which}
      value={state[key]}
      isPart={isPart}
      onChange={(value) => onState({ [key]: value })}
    />
  ))
}

function SheetButton(props: FiltersProps) {
  const t = useText(listText)
  const [open, setOpen] = useState(false)
  const keys = quickOf(useMe())
  const on = keys.filter((key) => props.state[key].length > 0).length
  const clear = () => props.onState(Object.fromEntries(keys.map((key) => [key, []])))
  return (
    <>
      <button type="button" className={`fbtn${on > 0 ? ' on' : ''}`} onClick={() => setOpen(true)}>
        <FilterOutlined />
        {t('filters')}
        {on > 0 && <b className="num">{on}</b>}
      </button>
      <Suspense>
        {open && (
          <FilterSheet onClose={() => setOpen(false)} {...(on > 0 && { onClear: clear })}>
            <Filters {...props} isPart />
          </FilterSheet>
        )}
      </Suspense>
    </>
  )
}

function CountedFilter({
  field,
  which,
  value,
  isPart,
  onChange,
}: {
  field: QuickKey
  which: Which
  value: readonly string[]
  isPart: boolean
  onChange: (value: string[]) => void
}) {
  const t = useText(text)
  const [looked, setLooked] = useState(value.length > 0)
  const counts = useQuery(
    useApi().customers.countBy.queryOptions({
      input: { which: withoutField(which, FIELD_OF[field]), field: FIELD_OF[field] },
      enabled: looked,
      placeholderData: keepPreviousData,
      staleTime: 15_000,
    }),
  )
  const order = optionsOf(t, FIELD_OF[field]).map((option) => option.value)
  const counted = [...(counts.data ?? [])].sort((a, b) => rank(order, a.value) - rank(order, b.value))
  const options = counted.map(
    (entry): Option => ({
      value: entry.value ?? UNSET,
      label:
        entry.value === null
          ? t(field === 'owner' ? 'unassigned' : 'unset')
          : OPTION_FIELDS.includes(field)
            ? optionWord(t, FIELD_OF[field], entry.value)
            : (entry.label ?? entry.value),
      count: entry.count,
    }),
  )
  return (
    <QuickFilter
      label={fieldWord(t, FIELD_OF[field])}
      options={options}
      value={value}
      onChange={onChange}
      onOpen={() => setLooked(true)}
      isPart={isPart}
    />
  )
}

/** Fixed values in their own order, others as counted, "not filled in" last. */
const rank = (order: readonly string[], value: string | null): number =>
  value === null ? Number.MAX_SAFE_INTEGER : Math.max(0, order.indexOf(value))

/** The figures beside a filter's values do not count the filter itself, or the others would all read 0. */
function withoutField(which: Which, field: string): Which {
  if (!which.filter) return which
  const rules = which.filter.rules.filter(
    (rule) =>
      !('field' in rule
        ? rule.field === field
        : rule.rules.some((inner) => 'field' in inner && inner.field === field && inner.operator !== '<')),
  )
  const { filter: _, ...rest } = which
  return rules.length > 0 ? { ...rest, filter: { combinator: 'and', rules } } : rest
}

/** 排序: by any field that an index serves; the newest first by itself. */
export function SortMenu({ state, onState }: { state: ListState; onState: (state: Partial<ListState>) => void }) {
  const t = useText(text)
  const me = useMe()
  const fields = useCustomerFields()
  const { sort } = state
  const items = [
    { key: '', label: t('sortNewest') },
    ...fields
      .filter((field) => (field.indexed || isCustom(field)) && mayAskBy(me, field.key))
      .flatMap((field) => [
        { key: `${field.key} asc`, label: `${fieldWord(t, field.key)} ↑` },
        { key: `${field.key} desc`, label: `${fieldWord(t, field.key)} ↓` },
      ]),
  ]
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items,
        selectable: true,
        selectedKeys: [sort ? `${sort.field} ${sort.direction}` : ''],
        className: 'tall-menu',
        onClick: ({ key }) => {
          const [field, direction] = key.split(' ')
          onState({ sort: field ? { field, direction: direction === 'desc' ? 'desc' : 'asc' } : null })
        },
      }}
    >
      <button type="button" className={`tool${sort ? ' on' : ''}`}>
        <SortAscendingOutlined />
        {sort ? fieldWord(t, sort.field) : t('sortStandard')}
      </button>
    </Dropdown>
  )
}
