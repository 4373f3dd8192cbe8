import type { HistoryEntry, HistoryFacts } from '../../../src-shared/features/history/model.ts'
import type { Filter, Rule } from '../../../src-shared/kernel/list.ts'
import { type Clock, formatInstant, formatNumber } from '../../kernel/format.ts'
import { fieldWord, optionWord } from '../../kernel/slices.ts'
import type { Translate } from '../../kernel/text.ts'
import { type HistoryWord, text } from './text.ts'

type T = Translate<HistoryWord>
type Said = { t: T; clock: Clock; feature: string; names: Readonly<Record<string, string>> }

/** What stands beside the action: the file, and of an export which rows and by which filter. */
export function factsText(t: T, clock: Clock, { entity, facts }: Pick<HistoryEntry, 'entity' | 'facts'>): string {
  const { file, which, refused } = facts
  const feature = entity === 'contact' ? 'contacts' : 'customers'
  return [
    file ?? '',
    which ? whichText({ t, clock, feature, names: which.names }, which) : '',
    refused ? t('refused', { n: formatNumber(refused) }) : '',
  ]
    .filter((part) => part !== '')
    .join(' · ')
}

function whichText(said: Said, { chosen, search, filter, deleted }: NonNullable<HistoryFacts['which']>): string {
  const { t } = said
  if (chosen !== null) return t('chosen', { n: formatNumber(chosen) })
  const parts = [
    deleted ? t('bin') : '',
    search ? t('searched', { words: search }) : '',
    filter && filter.rules.length > 0 ? filterText(said, filter) : '',
  ].filter((part) => part !== '')
  return parts.length > 0 ? parts.join(t('and')) : t('wholeList')
}

function filterText(said: Said, { combinator, not, rules }: Filter): string {
  const parts = rules.map((rule) => ('rules' in rule ? filterText(said, rule) : ruleText(said, rule)))
  const what = parts.filter((part) => part !== '').join(said.t(combinator))
  return not ? said.t('not', { what }) : what
}

function ruleText(said: Said, { field, operator, value }: Rule): string {
  const { t } = said
  const name = fieldWord(said.feature, field)
  if (operator === 'null' || operator === 'notNull') return `${name} ${t(`op_${operator}`)}`
  const values = [value]
    .flat()
    .map((one) => valueText(said, field, one))
    .join(t('list'))
  const key = `op_${operator}`
  return key in text['zh-CN'] ? `${name} ${t(key as HistoryWord)} ${values}` : `${name}：${values}`
}

const INSTANT = /^\d{4}-\d\d-\d\dT/

function valueText({ t, clock, feature, names }: Said, field: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return t('op_null')
  const plain = typeof value === 'string' ? value : String(value as number | boolean)
  if (INSTANT.test(plain)) return formatInstant(plain, clock)
  return names[plain] ?? optionWord(feature, field, plain)
}
