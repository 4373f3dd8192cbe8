import { fieldWord } from '../../kernel/slices.ts'

export const PRINTED = ['taxNumber', 'address', 'phone', 'bank', 'account'] as const
type Printed = { readonly [Key in (typeof PRINTED)[number]]: string | null }

/** What is typed into the program of the tax office, a line each. */
export const billingLines = (name: string, row: Printed): string =>
  [
    `${fieldWord('billing', 'title')}：${name}`,
    ...PRINTED.flatMap((key) => (row[key] ? [`${fieldWord('billing', key)}：${row[key]}`] : [])),
  ].join('\n')
