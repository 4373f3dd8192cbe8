import type { Order } from '../../../src-shared/features/orders/model.ts'
import { listed, type Translate } from '../../kernel/text.ts'
import type { OrderWord } from './text.ts'

/** "，缺 3 件，已生成采购申请 CG-…": what the stock lacks for an order, said behind what was done. */
export function shortageText(t: Translate<OrderWord>, { shortage }: Pick<Order, 'shortage'>): string {
  if (!shortage) return ''
  const what = shortage.lines.map(({ name, quantity, unit }) =>
    t('shortLine', { name, n: [quantity, unit].filter(Boolean).join(' ') }),
  )
  return t('shortage', { what: listed(what), number: shortage.number })
}
