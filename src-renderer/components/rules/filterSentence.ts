import type { Filter, Rule } from '../../../src-shared/kernel/list.ts'
import { formatNumber } from '../../kernel/format.ts'
import { translate } from '../../kernel/text.ts'
import type { FilterField } from '../filter/filterField.ts'
import { type FilterWord, text as filterText } from '../filter/text.ts'
import { valueOf, type Way, wayOf } from '../filter/ways.ts'
import { strong } from './strong.ts'
import { text } from './text.ts'

type Word = keyof (typeof text)['zh-CN']
const t = (key: Word, values?: Record<string, string | number>): string => translate(text, key, values)
const word = (key: FilterWord): string => translate(filterText, key)

/** Conditions as one reads them aloud: 级别属于 A、B，且状态属于已成交. Follows the language at the next draw. */
export function filterSentence(filter: Filter, fields: readonly FilterField[]): string {
  const parts = filter.rules.map((part) =>
    'rules' in part
      ? part.not
        ? filterSentence(part, fields)
        : t('group', { inner: filterSentence(part, fields) })
      : ruleSentence(part, fields),
  )
  const said = parts.join(t(filter.combinator === 'and' ? 'and' : 'or'))
  return filter.not ? t('not', { inner: said }) : said
}

function ruleSentence(rule: Rule, fields: readonly FilterField[]): string {
  const field = fields.find(({ key }) => key === rule.field)
  const way = field && wayOf(field.type, rule)
  if (!field || !way) return t('gone')
  const value = valueOf(way, rule)
  // The word of a way that counts days or pieces carries the number itself.
  if (way.asks === 'days' || way.asks === 'count')
    return t('rule', { field: field.label, way: word(way.key).replace('N', strong(String(value))), value: '' }).trim()
  return t('rule', { field: field.label, way: word(way.key), value: valueWords(field, way, value) }).trim()
}

function valueWords(field: FilterField, way: Way, value: Rule['value']): string {
  const list = Array.isArray(value) ? value : [value ?? null]
  switch (way.asks) {
    case 'nothing':
    case 'yes':
      return ''
    case 'options':
      return list.map((one) => strong(optionWord(field, one))).join(t('list'))
    case 'period':
      return strong(word(`period${String(value)}` as FilterWord))
    case 'numbers':
    case 'range':
      return t('range', { from: plainValue(field, list[0]), to: plainValue(field, list[1]) })
    case 'text':
      return t('quoted', { value: strong(String(value ?? '')) })
    default:
      return plainValue(field, value)
  }
}

const optionWord = (field: FilterField, value: unknown): string =>
  value === null || value === ''
    ? word('unset')
    : (field.options?.find((option) => option.value === String(value))?.label ??
      translate(filterText, 'gone', { value: String(value) }))

const MOVED = /^@today([+-]\d+)?$/

function plainValue(field: FilterField, value: unknown): string {
  if (typeof value === 'number') return strong(figure(field, value))
  const match = MOVED.exec(String(value ?? ''))
  if (!match) return strong(String(value ?? ''))
  const moved = Number(match[1] ?? 0)
  if (moved === 0) return strong(word('dayToday'))
  return strong(t(moved < 0 ? 'daysAgo' : 'daysAhead', { n: Math.abs(moved) }))
}

const figure = ({ type, unit = '' }: FilterField, value: number): string =>
  type === 'money' ? `${formatNumber(value / 100)} ${word('yuan')}` : `${formatNumber(value)}${unit && ` ${unit}`}`
