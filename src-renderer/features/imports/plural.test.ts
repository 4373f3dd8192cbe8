import { expect, it } from 'vitest'
import { formatNumber } from '../../kernel/format.ts'
import { startText, translate } from '../../kernel/text.ts'
import { text } from './text.ts'

it('one row is no rows', () => {
  startText('en-US')
  const said = (n: number) =>
    (['importN', 'cells', 'downloadN'] as const).map((key) => translate(text, key, { n: formatNumber(n) }))
  expect(said(1)).toEqual(['Import 1 row', '1 cell', 'Download 1 row'])
  expect(said(1200)).toEqual(['Import 1,200 rows', '1,200 cells', 'Download 1,200 rows'])
})
