import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { type KeyboardEvent, useState } from 'react'
import { useApi } from '../kernel/context.tsx'
import { useText } from '../kernel/text.ts'
import { useListKeys } from './SelectEditor.tsx'
import { text } from './text.ts'
import { type FieldEditorProps, useEditorKeys } from './useEditorKeys.ts'

const AT_ONCE = 20

/** A customer in a cell or a line of a record, by a part of his name, his pinyin or his number; only those one sees can be chosen. */
export function CustomerEditor({ value, label, takesFocus = true, tabPasses, onCommit, onCancel }: FieldEditorProps) {
  const t = useText(text)
  const api = useApi()
  const [words, setWords] = useState('')
  const draft = typeof value === 'string' && value !== '' ? value : null
  const keys = useEditorKeys({ commit: (move) => onCommit(draft, move), onCancel, tabPasses, isDirty: false })
  const list = useListKeys(keys.onKeyDown)
  const chosen = useQuery(
    api.customers.get.queryOptions({ input: { id: draft as never }, enabled: draft !== null, meta: { shown: true } }),
  )
  const search = words.trim()
  const found = useQuery(api.customers.list.queryOptions({ input: { search, limit: AT_ONCE, offset: 0 } }))
  const rows = (found.data?.rows ?? []).map((row) => ({ value: row.id as string, label: row.name }))
  const isAmong = draft === null || rows.some((row) => row.value === draft)
  // Without it the id would be shown. While one searches only what was found stands there.
  const own = isAmong || search !== '' ? [] : [{ value: draft, label: chosen.data?.name ?? t('customerUnseen') }]
  const take = (next: string | null) => keys.once(() => onCommit(next, list.move.current))
  return (
    <Select
      {...list.props}
      autoFocus={takesFocus}
      defaultOpen={takesFocus}
      showSearch={{
        filterOption: false,
        onSearch: (next) => {
          setWords(next)
          list.onSearch(next)
        },
      }}
      allowClear
      aria-label={label}
      placeholder={t('customerHint')}
      variant="borderless"
      value={draft}
      labelRender={({ label: named }) => named ?? chosen.data?.name ?? t('customerUnseen')}
      options={[...own, ...rows]}
      loading={found.isPending}
      onChange={(next: string | undefined) => take(next ?? null)}
      onSelect={(next) => take(next ?? null)}
      onBlur={() => keys.once(onCancel)}
      onKeyDown={(event: KeyboardEvent) => {
        // What was typed is still being looked for: nothing is taken or left yet.
        if (event.key === 'Enter' && search !== '' && found.isPending) event.stopPropagation()
        else keys.onKeyDown(event)
      }}
      popupMatchSelectWidth={false}
      className="field-editor"
    />
  )
}
