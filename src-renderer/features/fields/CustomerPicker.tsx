import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { useApi } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

type CustomerPickerProps = {
  id?: string
  className?: string
  'aria-label'?: string
  value?: unknown
  onChange?: (value: string | null) => void
}
const AT_ONCE = 20

/** A customer by a part of his name, his pinyin or his number; only those one sees can be chosen. */
export function CustomerPicker({ value, onChange, ...rest }: CustomerPickerProps) {
  const t = useText(text)
  const api = useApi()
  const [words, setWords] = useState('')
  const [open, setOpen] = useState(false)
  const id = typeof value === 'string' && value !== '' ? value : null
  const found = useQuery(
    api.customers.list.queryOptions({
      input: { search: words.trim(), limit: AT_ONCE, offset: 0 },
      enabled: open,
      placeholderData: keepPreviousData,
    }),
  )
  const chosen = useQuery(
    api.customers.get.queryOptions({ input: { id: id as never }, enabled: id !== null, meta: { shown: true } }),
  )
  const rows = found.data?.rows ?? []
  const others = rows.map((row) => ({ value: row.id as string, label: row.name }))
  const own =
    id === null || others.some((one) => one.value === id) ? [] : [{ value: id, label: chosen.data?.name ?? t('customerUnseen') }]
  return (
    <Select
      {...rest}
      allowClear
      value={id}
      placeholder={t('customerHint')}
      showSearch={{ filterOption: false, onSearch: setWords }}
      onOpenChange={setOpen}
      options={[...own, ...others]}
      onChange={(next: string | undefined) => onChange?.(next ?? null)}
    />
  )
}
