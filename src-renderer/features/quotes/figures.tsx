import type { Quote } from '../../../src-shared/features/quotes/model.ts'
import type { Figure } from '../../components/RecordLayout.tsx'
import { Dash, Money } from '../../components/values.tsx'
import { fieldRightOf, useClock, useMe } from '../../kernel/context.tsx'
import { formatMoneyShort, formatNumber } from '../../kernel/format.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { StatusText } from './columns.tsx'
import { text } from './text.ts'

const DAY_MS = 86_400_000

/** The strip of six; only what one may see. */
export function useFigures(row: Quote): Figure[] {
  const t = useText(text)
  const me = useMe()
  const { nowMs } = useClock()
  const { validUntil, listFen, totalFen, discountRate, taxFen } = row
  const left = validUntil === null ? null : Math.ceil((Date.parse(`${validUntil}T23:59:59`) - nowMs) / DAY_MS)
  const all: Figure[] = [
    {
      key: 'totalFen',
      label: t('total'),
      value: <Money fen={totalFen} />,
      note: taxFen ? t('tax', { sum: formatMoneyShort(taxFen) }) : null,
    },
    {
      key: 'discountRate',
      label: t('discount'),
      value: discountRate ? `${discountRate}%` : <Dash />,
      note: listFen !== null && listFen > totalFen ? t('off', { sum: formatMoneyShort(listFen - totalFen) }) : null,
    },
    { key: 'status', label: fieldWord('quotes', 'status'), value: <StatusText row={row} /> },
    {
      key: 'validUntil',
      label: t('validUntil'),
      value: validUntil ?? <Dash />,
      note:
        row.status === 'expired' ? (
          <span className="tbad">{t('over')}</span>
        ) : left !== null && left > 0 && ['draft', 'approved', 'sent'].includes(row.status) ? (
          t('daysLeft', { n: formatNumber(left) })
        ) : null,
    },
    { key: 'quotedOn', label: fieldWord('quotes', 'quotedOn'), value: row.quotedOn ?? <Dash /> },
    { key: 'number', label: fieldWord('quotes', 'number'), value: row.number ?? <Dash /> },
  ]
  return all.filter(({ key }) => fieldRightOf(me, 'quote', key) !== 'hidden')
}
