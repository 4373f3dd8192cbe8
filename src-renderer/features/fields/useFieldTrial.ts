import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CustomizableEntity, FieldTrial } from '../../../src-shared/features/fields/model.ts'
import type { FieldSetting } from '../../../src-shared/kernel/custom/setting.ts'
import type { Trial, TrialFound } from '../../components/rules/Trial.tsx'
import { useSettled } from '../../components/rules/useSettled.ts'
import { useApi } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { listed, type Translate, useText } from '../../kernel/text.ts'
import { text } from './text.ts'

type T = Translate<keyof (typeof text)['zh-CN']>
type Tried = { kind: CustomizableEntity; fieldKey: string; label: string; setting: FieldSetting }

/** What the rules of a field would ask of the records that are there. */
export function useFieldTrial({ kind, fieldKey, label, setting }: Tried): Trial | undefined {
  const t = useText(text)
  const [asked, setAsked] = useState(false)
  const { required, requiredWhen, visibleWhen, unique } = useSettled(setting)
  const { data, error, isFetching, refetch } = useQuery(
    useApi().fields.tryRule.queryOptions({
      input: { entity: kind, field: fieldKey, values: { required, requiredWhen, visibleWhen, unique } },
      enabled: asked,
      placeholderData: keepPreviousData,
      meta: { shown: true },
    }),
  )
  if (!setting.required && !setting.requiredWhen && !setting.visibleWhen && !setting.unique) return undefined
  return {
    feature: 'fields',
    query: { data: data && said(t, label, data), error, isFetching, refetch },
    onRun: () => setAsked(true),
  }
}

function said(t: T, label: string, { all, asked, missing, shown, kept, repeated, rows }: FieldTrial): TrialFound {
  const figure = (word: string, n: number | null) => (n === null ? [] : [{ label: word, n }])
  const touched = missing ?? kept ?? 0
  const values = listed(repeated?.values.slice(0, 5) ?? [])
  return {
    outcome: [
      ...(missing === null ? [] : [t('outcomeMissing', { n: formatNumber(missing) })]),
      ...(kept === null ? [] : [t('outcomeKept', { n: formatNumber(kept) })]),
      ...(repeated === null ? [] : [t('outcomeRepeated', { n: formatNumber(repeated.count) })]),
    ].join(t('s_join')),
    figures: [
      ...figure(t('trialAsked'), asked),
      ...figure(t('trialMissing', { field: label }), missing),
      ...figure(t('trialShown'), shown),
      ...figure(t('trialKept'), kept),
      ...figure(t('trialRepeated'), repeated?.count ?? null),
    ],
    of: t('trialOf', { n: formatNumber(all) }),
    warning:
      repeated && repeated.count > 0
        ? t('trialWarnRepeated', { values })
        : missing !== null && missing > 0
          ? t('trialWarnMissing')
          : undefined,
    rows: rows.map(({ id, customerId, name }) => ({ id, name, to: `/customers/${customerId}`, facts: [] })),
    more: rows.length > 0 ? touched - rows.length : 0,
    ...((repeated?.count ?? 0) === 0 && touched === 0 && { empty: t('trialFine') }),
  }
}
