import { Input, type InputRef } from 'antd'
import { useRef, useState } from 'react'
import { useText } from '../../kernel/text.ts'
import { Dash, Money } from '../values.tsx'
import { type Draft, fenOf, type LineRules, totalOf, yuanOf } from './model.ts'
import { text } from './text.ts'

type LinesSumsProps = {
  drafts: readonly Draft[]
  discountFen: number
  onDiscount: (fen: number) => void
  rules?: LineRules
}
/** What the lines come to with what is taken off the whole, typed in here. */
export function LinesSums({ drafts, discountFen, onDiscount, rules = {} }: LinesSumsProps) {
  const t = useText(text)
  const [typed, setTyped] = useState<string | null>(null)
  const bare = totalOf(drafts, 0, rules)
  const totals = totalOf(drafts, discountFen, rules)
  const field = useRef<InputRef>(null)
  return (
    <dl className="lines-sums">
      <dt>{t('sum')}</dt>
      <dd className="num">{bare ? <Money fen={bare.linesFen} /> : <Dash />}</dd>
      <dt>{t('whole')}</dt>
      <dd>
        <Input
          ref={field}
          className="num lines-number"
          aria-label={t('whole')}
          inputMode="decimal"
          prefix="¥"
          value={typed ?? yuanOf(discountFen)}
          {...(totals === null && { status: 'error' as const })}
          onChange={(event) => {
            setTyped(event.target.value)
            const fen = event.target.value.trim() === '' ? 0 : fenOf(event.target.value)
            if (fen !== null) onDiscount(fen)
          }}
          onBlur={() => setTyped(null)}
          onPressEnter={() => field.current?.blur()}
        />
      </dd>
      <dt>{t('tax')}</dt>
      <dd className="num t3">{totals ? <Money fen={totals.taxFen} /> : <Dash />}</dd>
      <dt className="b">{t('total')}</dt>
      <dd className="num b lines-total">
        {totals ? <Money fen={totals.totalFen} /> : <span className="tbad s12">{t('tooMuch')}</span>}
      </dd>
    </dl>
  )
}

/** What lines come to whose whole nothing is taken off. */
export function LinesSum({ drafts, rules = {} }: Pick<LinesSumsProps, 'drafts' | 'rules'>) {
  const t = useText(text)
  const totals = totalOf(drafts, 0, rules)
  return (
    <dl className="lines-sums">
      <dt className="b">{t('sum')}</dt>
      <dd className="num b lines-total">{totals ? <Money fen={totals.linesFen} /> : <Dash />}</dd>
    </dl>
  )
}
