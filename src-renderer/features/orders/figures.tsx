import type { Order } from '../../../src-shared/features/orders/model.ts'
import type { Figure } from '../../components/RecordLayout.tsx'
import { Dash, Money } from '../../components/values.tsx'
import { fieldRightOf, useMe } from '../../kernel/context.tsx'
import { formatMoneyShort, formatPercent } from '../../kernel/format.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

/** What stays with the company of a total, as a share of it. */
const shareOf = (row: Order): string | null => {
  if (!row.totalFen || !row.receivedFen) return null
  return formatPercent((row.receivedFen - (row.refundedFen ?? 0)) / row.totalFen)
}

/** The strip of six; only what one may see. */
export function useFigures(row: Order): Figure[] {
  const t = useText(text)
  const me = useMe()
  const label = (key: string) => fieldWord('orders', key)
  const share = shareOf(row)
  const isLate = (row.overdueFen ?? 0) > 0
  const all: Figure[] = [
    { key: 'totalFen', label: label('totalFen'), value: <Money fen={row.totalFen} short /> },
    {
      key: 'receivedFen',
      label: label('receivedFen'),
      value: <Money fen={row.receivedFen} short />,
      note: row.refundedFen ? t('refunded', { sum: formatMoneyShort(row.refundedFen) }) : share && t('collected', { share }),
    },
    { key: 'dueFen', label: label('dueFen'), value: <Money fen={row.dueFen} short /> },
    {
      key: 'overdueFen',
      label: label('overdueFen'),
      value: isLate ? (
        <span className="tbad">
          <Money fen={row.overdueFen} short />
        </span>
      ) : (
        <Dash />
      ),
      note: row.nextDueOn && t('next', { day: row.nextDueOn }),
    },
    { key: 'signedOn', label: label('signedOn'), value: row.signedOn ?? <Dash /> },
    { key: 'deliveredOn', label: label('deliveredOn'), value: row.deliveredOn ?? <Dash /> },
  ]
  return all.filter(({ key }) => fieldRightOf(me, 'order', key) !== 'hidden')
}
