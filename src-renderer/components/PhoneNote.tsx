import { Form } from 'antd'
import { phoneDoubt } from '../../src-shared/kernel/cleaning/phoneDoubt.ts'
import { translate, useText } from '../kernel/text.ts'
import { text } from './text.ts'

/** Under a phone that is none: 少 2 位，手机应为 11 位. Only somebody can tell what it should be. */
export function PhoneNote({ value }: { value: unknown }) {
  // Draws again when the language changes.
  useText(text)
  const said = phoneNote(value)
  return said === null ? null : <div className="field-warn">{said}</div>
}

/** The same while it is typed, for the field of that name in the form around it. */
export function TypedPhone({ name }: { name: string }) {
  return <PhoneNote value={Form.useWatch(name)} />
}

export function phoneNote(value: unknown): string | null {
  const doubt = typeof value === 'string' ? phoneDoubt(value) : null
  if (!doubt) return null
  return translate(text, `phone_${doubt.code}`, 'n' in doubt ? { n: doubt.n } : {})
}
