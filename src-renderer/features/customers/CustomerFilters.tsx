import { CloseOutlined, FilterOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import type { Filter } from '../../../src-shared/kernel/list.ts'
import { countRules } from '../../components/filter/count.ts'
import { quickValues, UNSET, withoutQuick, withQuick } from '../../components/filter/quick.ts'
import { type Option, QuickFilter } from '../../components/QuickFilter.tsx'
import { SearchField } from '../../components/SearchField.tsx'
import { text as listText } from '../../components/text.ts'
import { NamedChip } from '../../components/views/NamedChip.tsx'
import { useApi } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'
import type { CustomerList } from './useCustomerList.ts'
import type { QuickField } from './useSight.ts'
import { fieldWord, optionsOf, optionWord } from './words.tsx'

const BuilderSheet = later(() => import('../../components/filter/BuilderSheet.tsx').then((module) => module.BuilderSheet))
const FilterBuilder = later(() => import('../../components/filter/FilterBuilder.tsx').then((module) => module.FilterBuilder))
const FilterSheet = later(() => import('../../components/FilterSheet.tsx').then((module) => module.FilterSheet))
const OPTION_FIELDS: readonly QuickField[] = ['level', 'status']

/** Words to search for and the quick filters, each with the figures of what is shown; on a phone one button opens them all. */
export function CustomerFilters({ list, keys }: { list: CustomerList; keys: readonly QuickField[] }) {
  const isPhone = useIsPhone()
  const t = useText(text)
  const { state, setState } = list
  return (
    <>
      <SearchField label={t('search')} value={state.q} onChange={(q) => setState({ q })} />
      {state.batch && <ImportChip file={state.file} onRemove={() => setState({ batch: '', file: '' })} />}
      <NamedChip list={list} />
      {isPhone ? <SheetButton list={list} keys={keys} /> : <Filters list={list} keys={keys} />}
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

type Quick = { list: CustomerList; keys: readonly QuickField[] }
function Filters({ list, keys, isPart = false }: Quick & { isPart?: boolean }) {
  return keys.map((field) => <CountedFilter key={field} field={field} list={list} isPart={isPart} />)
}

function SheetButton({ list, keys }: Quick) {
  const t = useText(listText)
  const [open, setOpen] = useState<'quick' | 'all' | null>(null)
  const close = () => setOpen(null)
  const { state } = list
  const { filter } = state
  const on = countRules(filter)
  const more = countRules(keys.reduce((rest, key) => withoutQuick(rest, key), filter))
  const onFilter = (next: Filter | null) => list.setState({ filter: next })
  return (
    <>
      <button type="button" className={`fbtn${on > 0 ? ' on' : ''}`} onClick={() => setOpen('quick')}>
        <FilterOutlined />
        {t('filters')}
        {on > 0 && <b className="num">{on}</b>}
      </button>
      <Suspense>
        {open === 'quick' && (
          <FilterSheet
            onClose={close}
            {...(on > 0 && { onClear: () => onFilter(null) })}
            more={{ n: more, onOpen: () => setOpen('all') }}
          >
            <Filters list={list} keys={keys} isPart />
          </FilterSheet>
        )}
        {open === 'all' && (
          <BuilderSheet title={t('moreFilters')} onClose={close}>
            <FilterBuilder
              fields={list.fields}
              filter={filter}
              onFilter={onFilter}
              count={(next) => ({ ...list.calls.count(list.whichOf({ ...state, filter: next })), staleTime: 15_000 })}
              onDone={close}
            />
          </BuilderSheet>
        )}
      </Suspense>
    </>
  )
}

function CountedFilter({ field, list, isPart }: { field: QuickField; list: CustomerList; isPart: boolean }) {
  const t = useText(text)
  const { state } = list
  const value = quickValues(state.filter, field)
  const [looked, setLooked] = useState(value.length > 0)
  const counts = useQuery(
    useApi().customers.countBy.queryOptions({
      // The figures beside a filter's values do not count the filter itself, or the others would all read 0.
      input: { which: list.whichOf({ ...state, filter: withoutQuick(state.filter, field) }), field },
      enabled: looked && list.isAsked,
      placeholderData: keepPreviousData,
      staleTime: 15_000,
    }),
  )
  const order = optionsOf(t, field).map((option) => option.value)
  const counted = [...(counts.data ?? [])].sort((a, b) => rank(order, a.value) - rank(order, b.value))
  const words = new Map(
    (list.fields.find(({ key }) => key === field)?.options ?? []).map((option) => [option.value, option.label]),
  )
  const options = counted.map(
    (entry): Option => ({
      value: entry.value ?? UNSET,
      label:
        entry.value === null
          ? t(field === 'ownerId' ? 'unassigned' : 'unset')
          : OPTION_FIELDS.includes(field)
            ? optionWord(t, field, entry.value)
            : (entry.label ?? entry.value),
      count: entry.count,
    }),
  )
  // 本人 and 本部门 are no counted values, but a view may have chosen them.
  const others = value
    .filter((one) => !options.some((option) => option.value === one))
    .map(
      (one): Option => ({
        value: one,
        label: one === UNSET ? t(field === 'ownerId' ? 'unassigned' : 'unset') : (words.get(one) ?? one),
      }),
    )
  return (
    <QuickFilter
      label={fieldWord(t, field)}
      options={[...others, ...options]}
      value={value}
      onChange={(values) => list.setState({ filter: withQuick(state.filter, field, values) })}
      onOpen={() => setLooked(true)}
      isPart={isPart}
    />
  )
}

/** Fixed values in their own order, others as counted, "not filled in" last. */
const rank = (order: readonly string[], value: string | null): number =>
  value === null ? Number.MAX_SAFE_INTEGER : Math.max(0, order.indexOf(value))
