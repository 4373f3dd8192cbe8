import { useClock } from '../kernel/context.tsx'
import {
  type Ago,
  ago,
  businessDateOf,
  type Clock,
  formatInstant,
  formatInstantFull,
  formatMoney,
  formatMoneyShort,
  formatNumber,
  formatPhone,
  partsIn,
} from '../kernel/format.ts'
import { currentLanguage, type Translate, translate } from '../kernel/text.ts'
import { CopyButton } from './marks.tsx'
import { text } from './text.ts'

type ComponentText = keyof (typeof text)['zh-CN']

/** An empty value: a grey dash, never 0.00. */
export const Dash = () => <span className="t4">—</span>

/** Fen. Zero or empty is a grey dash; negative is red. `short` leaves ".00" away. */
export function Money({ fen, short = false }: { fen: number | null; short?: boolean }) {
  if (!fen) return <Dash />
  return <span className={fen < 0 ? 'num tbad' : 'num'}>{short ? formatMoneyShort(fen) : formatMoney(fen)}</span>
}

/** A counter: 0 is grey. */
export const Count = ({ n }: { n: number }) => <span className={n === 0 ? 'num t4' : 'num'}>{formatNumber(n)}</span>

const agoWords = new Map<string, string>()
/** "21 天前": the few hundred different ones are put together once per language. */
export function agoText({ unit, n }: Ago): string {
  const key = `${currentLanguage()} ${unit} ${n}`
  const known = agoWords.get(key) ?? translate(text, unit, { n })
  agoWords.set(key, known)
  return known
}

/** 今天 / 昨天 / 21 天前, the exact time on hover. */
export function RelativeTime({ at, late = false }: { at: string | null; late?: boolean }) {
  const clock = useClock()
  if (!at) return <Dash />
  return (
    <span className={late ? 'num tbad' : 'num'} title={formatInstantFull(at, clock.zone)}>
      {agoText(ago(businessDateOf(at, clock.zone), clock))}
    </span>
  )
}

/** "11-19 14:00"; past and `late` is red. */
export function InstantText({ at, late = false }: { at: string | null; late?: boolean }) {
  const clock = useClock()
  if (!at) return <Dash />
  const overdue = late && Date.parse(at) < clock.nowMs
  return <span className={overdue ? 'num tbad' : 'num'}>{formatInstant(at, clock)}</span>
}

/** "11月19日 周四" for the heads of days. */
export function dayText(t: Translate<ComponentText>, instant: string, clock: Clock): string {
  const at = partsIn(instant, clock.zone)
  const values = { year: at.year, month: Number(at.month), day: Number(at.day) }
  const date = at.year === partsIn(clock.nowMs, clock.zone).year ? t('monthDay', values) : t('yearMonthDay', values)
  return `${date} ${t(`weekday${at.weekday as 0 | 1 | 2 | 3 | 4 | 5 | 6}`)}`
}

/** A phone as the desk reads it, with the copy icon on hover. */
export function PhoneText({ phone, copy = true }: { phone: string | null; copy?: boolean }) {
  if (!phone) return <Dash />
  return (
    <span className="num copyable">
      {formatPhone(phone)}
      {copy && !phone.includes('*') && <CopyButton value={phone} />}
    </span>
  )
}
