import type { ImportableEntity, ImportColumn } from '../../../src-shared/features/imports/model.ts'
import { formatNumber } from '../../kernel/format.ts'
import type { Translate } from '../../kernel/text.ts'
import type { ImportWord } from './text.ts'

type T = Translate<ImportWord>
const SHOWN = 4

const LEFT = ['leftNames', 'leftPhones', 'leftEmails', 'leftAmounts', 'leftAccount'] as const
const isLeft = (code: string): code is (typeof LEFT)[number] => (LEFT as readonly string[]).includes(code)

const OF_WORDS = {
  values: ['n_values', 'n_unknownValues'],
  people: ['n_people', 'n_unknownPeople'],
  pools: ['n_pools', 'n_unknownPools'],
} as const
const isOfWords = (code: string): code is keyof typeof OF_WORDS => code in OF_WORDS

/** The sentence of a column: what was understood of its cells. */
export function noteText(t: T, column: ImportColumn, kind: ImportableEntity): string {
  const { note } = column
  if (!note) return ''
  if (isLeft(note.code)) return t(`n_${note.code}`)
  const n = (key: string): number => note.counts[key] ?? 0
  const part = (word: ImportWord, count: number): string => (count > 0 ? t(word, { n: formatNumber(count) }) : '')
  const bad = part('n_bad', n('bad'))
  const list =
    note.unknown
      .slice(0, SHOWN)
      .map((word) => t('quoted', { word }))
      .join(t('quotedJoin')) + (note.unknown.length > SHOWN ? '…' : '')
  if (isOfWords(note.code)) {
    const [known, unknown] = OF_WORDS[note.code]
    return t(known, { distinct: n('distinct'), unknown: note.unknown.length > 0 ? t(unknown, { list }) : '' })
  }
  switch (note.code) {
    case 'phones':
      return t('n_phones', {
        mobile: formatNumber(n('mobile')),
        landline: part('n_landline', n('landline')),
        masked: part('n_masked', n('masked')),
        several: part('n_several', n('several')),
        bad,
      })
    case 'address':
      return t(column.target?.field === 'address' ? 'n_address' : 'n_place', { bad, pasted: part('n_pasted', n('pasted')) })
    case 'dates':
      return t('n_dates', { bad })
    case 'digitsLost':
      return t('n_digitsLost', { lost: formatNumber(n('lost')) })
    case 'empty':
      return t('n_empty', { of: formatNumber(n('of')) })
    default:
      return column.target?.field === 'name' && column.target.entity === 'customer'
        ? t(kind === 'customer' ? 'required' : 'findsCustomer')
        : t('n_filled', { filled: formatNumber(n('filled')), of: formatNumber(n('of')) })
  }
}

/** A column that somebody should look at before going on; of those that go nowhere, one whose cells look like something. */
export const asksAttention = ({ target, note, confidence, because }: ImportColumn): boolean =>
  target === null
    ? note?.level === 'warning'
    : note?.level === 'error' || (note?.unknown.length ?? 0) > 0 || (confidence < 0.85 && because !== 'chosen')
