import { Mentions } from 'antd'
import { type RefObject, useRef } from 'react'
import { useText } from '../kernel/text.ts'
import { Avatar } from './Avatar.tsx'
import { text } from './text.ts'

/** `pinyin`: whole and by initials, so that "sy" finds 孙悦. */
export type Colleague = { id: string; name: string; pinyin: string; sees: boolean }

type WordsProps = {
  value: string
  colleagues: readonly Colleague[]
  input?: RefObject<HTMLTextAreaElement | null>
  placeholder: string
  onFocus: () => void
  onChange: (value: string) => void
  onName: (id: string) => void
  onSend: () => void
}

/** The library adds a mark of its own to the key of each choice. */
const idIn = (key: string): string => key.split('-')[0] ?? key

/** The words; @ and some letters offer colleagues. */
export function Words({ value, colleagues, input, placeholder, onFocus, onChange, onName, onSend }: WordsProps) {
  const t = useText(text)
  const area = useRef<HTMLTextAreaElement | null>(null)
  return (
    <Mentions
      ref={(mentions) => {
        area.current = mentions?.textarea ?? null
        if (input) input.current = area.current
      }}
      variant="borderless"
      rows={2}
      dir="auto"
      placeholder={placeholder}
      aria-label={placeholder}
      value={value}
      maxLength={20_000}
      // A space ends the name, a mail address begins none.
      validateSearch={(typed) => !/\s/.test(typed) && typed.length <= 20}
      filterOption={(typed, { key = '' }) => {
        const colleague = colleagues.find(({ id }) => id === idIn(key))
        const looked = typed.toLowerCase()
        return colleague !== undefined && `${colleague.name} ${colleague.pinyin}`.toLowerCase().includes(looked)
      }}
      options={colleagues.map((one) => ({
        key: one.id,
        value: one.name,
        label: (
          <span className="row g8">
            <Avatar name={one.name} size={20} />
            {one.name}
            {!one.sees && <span className="t3 s12">{t('seesNot')}</span>}
          </span>
        ),
      }))}
      notFoundContent={null}
      onFocus={onFocus}
      onChange={(next) => {
        onChange(next)
        // The list narrows when a key goes up; an input method whose word is chosen with the mouse lets none go up.
        requestAnimationFrame(() => area.current?.dispatchEvent(new KeyboardEvent('keyup', { bubbles: true })))
      }}
      onSelect={({ key }) => key !== undefined && onName(idIn(key))}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
        event.preventDefault()
        onSend()
      }}
    />
  )
}
