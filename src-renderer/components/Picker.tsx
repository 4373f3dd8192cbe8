import { type RefSelectProps, Select, type SelectProps } from 'antd'
import type { Ref } from 'react'
import { useTyped } from '../kernel/typed.ts'

type Option = NonNullable<SelectProps['options']>[number]
/** Labels may be drawn; then `title` says what they read. */
const wordsOf = (option: Partial<Option> | undefined): string => {
  const { label, title, value } = option ?? {}
  return typeof label === 'string' ? label : typeof title === 'string' ? title : String(value ?? '')
}

/** A choice that is found by typing: characters, pinyin or its initials. The one way to choose people, tags, options and departments. */
export function Picker<Value = unknown, Shown extends Option = Option>({
  showSearch,
  onFocus,
  onOpenChange,
  ref,
  ...rest
}: SelectProps<Value, Shown> & { ref?: Ref<RefSelectProps> }) {
  const { load, matches } = useTyped()
  const search = typeof showSearch === 'object' ? showSearch : {}
  return (
    <Select<Value, Shown>
      {...rest}
      {...(ref !== undefined && { ref })}
      showSearch={showSearch === false ? false : { ...search, filterOption: (typed, option) => matches(wordsOf(option), typed) }}
      onFocus={(event) => {
        load()
        onFocus?.(event)
      }}
      onOpenChange={(open) => {
        if (open) load()
        onOpenChange?.(open)
      }}
    />
  )
}
