import type { ReactNode } from 'react'
import { Dash } from '../../components/values.tsx'
import { formatNumber, formatPercent, formatWan } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

/** A number that opens its rows; nothing to open is grey. */
export function Opens({ n, onOpen, label, children }: { n: number; onOpen: () => void; label: string; children?: ReactNode }) {
  if (n === 0) return <span className="num t3">{children ?? 0}</span>
  return (
    <button type="button" className="bare num rp-opens" onClick={onOpen}>
      <span className="sr-only">{label} </span>
      {children ?? formatNumber(n)}
    </button>
  )
}

/** Ten thousands of yuan; a dash where amounts are not to be seen. */
export const Wan = ({ fen }: { fen: number | null }) =>
  fen === null ? <Dash /> : <span className={fen === 0 ? 'num t3' : 'num'}>{fen === 0 ? 0 : formatWan(fen)}</span>
export const Share = ({ value }: { value: number | null }) =>
  value === null ? <Dash /> : <span className="num">{formatPercent(value)}</span>

type MinutesProps = { value: number | null; label?: string; onOpen?: () => void }
/** Working time in minutes and hours; a number that opens its rows where there are some. */
export function Minutes({ value, label = '', onOpen }: MinutesProps) {
  const t = useText(text)
  if (value === null) return <Dash />
  const [h, n] = [Math.floor(value / 60), value % 60]
  const words =
    h === 0 ? t('minutes', { n }) : n === 0 ? t('hours', { n: formatNumber(h) }) : t('hoursMinutes', { h: formatNumber(h), n })
  if (!onOpen) return <span className="num">{words}</span>
  return (
    <Opens n={1} label={label} onOpen={onOpen}>
      {words}
    </Opens>
  )
}
