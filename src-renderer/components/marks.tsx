import { type CSSProperties, type ReactNode, useState } from 'react'
import { plainWord } from '../kernel/text.ts'
import { text } from './text.ts'

export type Tone = 'ink' | 'brand' | 'ok' | 'warn' | 'bad' | 'info' | 'plum' | 'lamp'

/** A tinted word. Two in a row at most. */
export function Chip({
  tone = 'ink',
  outlined = false,
  dot,
  children,
  style,
}: {
  tone?: Tone
  outlined?: boolean
  dot?: string
  children: ReactNode
  style?: CSSProperties
}) {
  return (
    <span className={`chip ${tone === 'ink' ? '' : tone}${outlined ? ' out' : ''}`} style={style}>
      {dot && <i className="dot" style={{ background: dot }} />}
      {children}
    </span>
  )
}

const LEVEL_TONES: Record<string, Tone> = { A: 'lamp', B: 'brand' }
/** The one-letter level: A lamp, B indigo, others grey. */
export function LevelChip({ level }: { level: string }) {
  return <span className={`chip level ${LEVEL_TONES[level] ?? ''}`}>{level}</span>
}

/** Status = dot + word. */
export function StatusDot({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className="row g6 inline">
      <i className="dot" style={{ background: tone === 'ink' ? 'var(--kz-ink4)' : `var(--kz-${tone})` }} />
      {children}
    </span>
  )
}

export const Kbd = ({ children }: { children: ReactNode }) => <span className="kbd">{children}</span>

/** Copies a value; right after it, 12 px, shown on hover (always on touch). Light: a list draws one in every cell. */
export function CopyButton({ value }: { value: string }) {
  const [copied, setCopied] = useState(false)
  const copy = async (event: { stopPropagation: () => void }) => {
    event.stopPropagation()
    await copyText(value)
    setCopied(true)
    setTimeout(() => setCopied(false), 1500)
  }
  return (
    <button
      type="button"
      className={`bare copy${copied ? ' copied' : ''}`}
      title={plainWord(text, copied ? 'copied' : 'copy')}
      aria-label={plainWord(text, 'copy')}
      tabIndex={-1}
      onClick={(event) => void copy(event)}
    />
  )
}

/** On plain http in a local network there is no clipboard API; a selected field and the old command do it. */
export async function copyText(value: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(value)
  const field = document.createElement('textarea')
  field.value = value
  field.setAttribute('readonly', '')
  field.className = 'offscreen'
  document.body.append(field)
  field.select()
  document.execCommand('copy')
  field.remove()
}
