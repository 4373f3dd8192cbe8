import type { RuleValues } from '../../../src-shared/features/pools/ruleModel.ts'
import { strong } from '../../components/rules/strong.ts'
import { fieldWord, optionWord } from '../../kernel/slices.ts'
import type { Translate } from '../../kernel/text.ts'
import type { text } from './text.ts'

type T = Translate<keyof (typeof text)['zh-CN']>
type Said = Pick<RuleValues, 'basis' | 'field' | 'days' | 'levelDays' | 'without' | 'dayKind' | 'remindDays'> & {
  poolName: string
}

/** A rule in plain words, as the list, the form and the question before saving say it. */
export function sentenceOf(t: T, rule: Said, tagNames: ReadonlyMap<string, string>): string {
  const daysOf = (n: number) => strong(t('s_days', { n, kind: t(rule.dayKind) }))
  const days = daysOf(rule.days)
  const basis = {
    followUp: () => t('s_followUp', { days }),
    deal: () => t('s_deal', { days }),
    date: () => t('s_date', { days, field: strong(rule.field === null ? '…' : fieldWord('customers', rule.field)) }),
  }[rule.basis]()
  const levels = Object.entries(rule.levelDays).flatMap(([level, own]) => {
    if (own === undefined) return []
    return [own === null ? t('s_levelNever', { level }) : t('s_level', { level, days: daysOf(own) })]
  })
  const left = leftOut(t, rule, tagNames)
  const inside = [...levels, ...(left.length > 0 ? [t('s_without', { list: left.map(strong).join(t('list')) })] : [])]
  const parts = [
    `${basis}${inside.length > 0 ? `${t('s_open')}${inside.join(t('s_comma'))}${t('s_close')}` : ''}`,
    t('s_to', { pool: strong(rule.poolName) }),
    ...(rule.remindDays > 0 ? [t('s_remind', { n: strong(rule.remindDays) })] : []),
  ]
  return `${parts.join(t('s_comma'))}${t('s_end')}`
}

function leftOut(t: T, { without }: Said, tagNames: ReadonlyMap<string, string>): string[] {
  const { levels = [], statuses = [], tagIds = [], shared } = without
  return [
    ...levels.map((one) => optionWord('customers', 'level', one)),
    ...statuses.map((one) => optionWord('customers', 'status', one)),
    ...tagIds.flatMap((id) => tagNames.get(id) ?? []),
    ...(shared ? [t('s_shared')] : []),
  ]
}
