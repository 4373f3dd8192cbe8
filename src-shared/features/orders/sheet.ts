import { readAmount } from '../../kernel/cleaning/amount.ts'
import { cleanText } from '../../kernel/cleaning/text.ts'

/** What a cell says of the orders that money or an invoice is for: `DD-1`, `DD-1、DD-2`, `DD-1:500；DD-2:300`. `amountFen`: null where it says no sum. */
export function placesSaid(cell: string): { word: string; amountFen: number | null }[] {
  return cell
    .split(/[,，、;；\n]+/u)
    .map((part) => cleanText(part))
    .filter((part) => part !== '')
    .map((part) => {
      const [, word = part, sum = ''] = /^(.+?)\s*[:：=]\s*([¥￥]?[\d,.]+万?元?)$/u.exec(part) ?? []
      const amountFen = sum === '' ? null : readAmount(sum, { unit: '元' })
      return amountFen === null ? { word: part, amountFen } : { word, amountFen }
    })
}
