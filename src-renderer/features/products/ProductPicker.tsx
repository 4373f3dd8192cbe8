import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import type { Product } from '../../../src-shared/features/products/model.ts'
import { useApi } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

type ProductPickerProps = {
  'aria-label': string
  className?: string
  autoFocus?: boolean
  value: Pick<Product, 'id' | 'name'> | null
  onChange: (product: Product | null) => void
}
const AT_ONCE = 20
const labelOf = ({ name, spec, number }: Pick<Product, 'name' | 'spec' | 'number'>): string =>
  [name, spec, number].filter(Boolean).join(' · ')

/** A product that is kept in stock, by a part of its name, its pinyin or its number. */
export function ProductPicker({ value, onChange, ...rest }: ProductPickerProps) {
  const t = useText(text)
  const [words, setWords] = useState('')
  const [open, setOpen] = useState(false)
  const found = useQuery(
    useApi().products.list.queryOptions({
      input: {
        search: words.trim(),
        filter: { combinator: 'and', rules: [{ field: 'stocked', operator: '=', value: true }] },
        sort: [{ field: 'name', direction: 'asc' }],
        limit: AT_ONCE,
        offset: 0,
      },
      enabled: open,
      placeholderData: keepPreviousData,
    }),
  )
  const rows = found.data?.rows ?? []
  const others = rows.map((row) => ({ value: row.id as string, label: labelOf(row) }))
  const own =
    value === null || others.some((one) => one.value === value.id) ? [] : [{ value: value.id as string, label: value.name }]
  return (
    <Select
      {...rest}
      value={(value?.id as string | undefined) ?? null}
      placeholder={t('stockedHint')}
      notFoundContent={found.isPending ? null : t('noneStocked')}
      showSearch={{ filterOption: false, onSearch: setWords }}
      onOpenChange={setOpen}
      options={[...own, ...others]}
      onChange={(id: string) => onChange(rows.find((row) => row.id === id) ?? null)}
    />
  )
}
