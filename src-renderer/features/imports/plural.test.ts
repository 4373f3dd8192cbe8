import { beforeAll, expect, it } from 'vitest'
import { formatNumber } from '../../kernel/format.ts'
import { startText, translate, type Words } from '../../kernel/text.ts'
import { text as duplicates } from '../duplicates/text.ts'
import { text } from './text.ts'

beforeAll(() => startText('en-US'))

const THINGS =
  'rows|cells|groups|rules|columns|customers|contacts|follow-ups|tags|employees|records|days|fields|pairs|spellings|colleagues|mobiles|landlines|values|errors|texts|formulas|duplicates|numbers|options'
const ONE_OF_MANY = new RegExp(
  String.raw`(?<![\d,]|[Rr]ow )1 (?:(?!of\b|in\b)[a-z]+ ){0,2}(?:${THINGS})\b|(?<![\d,])1 [a-z]+ (?:are|were|have)\b`,
)
const MANY_OF_ONE = new RegExp(String.raw`\b2 (?:[a-z]+ ){0,2}(?:${THINGS.replaceAll('s|', '|').replace(/s$/, '')})\b(?!-)`)

const said = (words: Words, n: number): string[] => {
  const english = words['en-US']
  return Object.keys(english).map((key) => {
    const names = [...(english[key] ?? '').matchAll(/\{\{(\w+)/g)].map(([, name]) => name ?? '')
    return translate(words, key, Object.fromEntries(names.map((name) => [name, formatNumber(n)])))
  })
}

it('in English one row is no rows, and two are no row, wherever a number stands', () => {
  for (const words of [text, duplicates] as Words[]) {
    expect(said(words, 1).filter((sentence) => ONE_OF_MANY.test(sentence))).toEqual([])
    expect(said(words, 2).filter((sentence) => MANY_OF_ONE.test(sentence))).toEqual([])
  }
})

it('counts with thousands as more than one', () => {
  const of = (n: number) =>
    (['importN', 'cells', 'downloadN', 'clustersTitle'] as const).map((key) => translate(text, key, { n: formatNumber(n) }))
  expect(of(1)).toEqual(['Import 1 row', '1 cell', 'Download 1 row', 'Spellings that look like one: 1 group'])
  expect(of(1200)).toEqual([
    'Import 1,200 rows',
    '1,200 cells',
    'Download 1,200 rows',
    'Spellings that look like one: 1,200 groups',
  ])
})
