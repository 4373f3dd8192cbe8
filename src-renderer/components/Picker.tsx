import { type RefSelectProps, Select, type SelectProps } from 'antd'
import { type KeyboardEvent, type Ref, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTyped } from '../kernel/typed.ts'

type Option = NonNullable<SelectProps['options']>[number]
/** Labels may be drawn; then `title` says what they read. */
const wordsOf = (option: Partial<Option> | undefined): string => {
  const { label, title, value } = option ?? {}
  return typeof label === 'string' ? label : typeof title === 'string' ? title : String(value ?? '')
}

/** What is called exactly so comes first, then what begins so; the rest stays in its order. */
function nearness(words: string, typed: string): number {
  const [name, wanted] = [words.toLowerCase(), typed.trim().toLowerCase()]
  return name === wanted ? 0 : name.startsWith(wanted) ? 1 : 2
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
  const leaving = useLeaving(rest)
  return (
    <Select<Value, Shown>
      {...rest}
      {...leaving.props}
      {...(ref !== undefined && { ref })}
      showSearch={
        showSearch !== false && {
          ...search,
          filterOption: (typed, option) => matches(wordsOf(option), typed),
          filterSort: (a, b, { searchValue }) => nearness(wordsOf(a), searchValue) - nearness(wordsOf(b), searchValue),
        }
      }
      onFocus={(event) => {
        load()
        onFocus?.(event)
      }}
      onOpenChange={(open) => {
        if (open) load()
        leaving.onOpenChange(open)
        onOpenChange?.(open)
      }}
    />
  )
}

/**
 * Where several are chosen, Tab goes on to the next field and takes nobody: the list would take, or give up, whoever is marked
 * and keep the focus. Of what was typed it takes the one that is marked, as where one is chosen.
 */
function useLeaving({ mode, open, defaultOpen }: Pick<SelectProps, 'mode' | 'open' | 'defaultOpen'>) {
  const [isOpen, setOpen] = useState(defaultOpen ?? false)
  if (mode === undefined || open !== undefined) return { props: {}, onOpenChange: () => undefined }
  const onKeyDownCapture = (event: KeyboardEvent) => {
    const typed = event.target instanceof HTMLInputElement && event.target.value !== ''
    // Closed before the list hears of the key.
    if (event.key === 'Tab' && !typed) flushSync(() => setOpen(false))
  }
  return { props: { open: isOpen, onKeyDownCapture }, onOpenChange: setOpen }
}
