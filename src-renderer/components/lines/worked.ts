import { formatMoney } from '../../kernel/format.ts'

type Worked = {
  readonly quantity: string
  readonly unit: string | null
  readonly priceFen: number
  readonly discount: string
}
/** How a line comes to its amount: "2.5 台 × 110.00 − 5%". */
export const workedLine = ({ quantity, unit, priceFen, discount }: Worked): string =>
  `${quantity}${unit ? ` ${unit}` : ''} × ${formatMoney(priceFen)}${discount === '0' ? '' : ` − ${discount}%`}`
