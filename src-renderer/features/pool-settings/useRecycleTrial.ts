import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Preview, RuleValues } from '../../../src-shared/features/pools/ruleModel.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import { addDays } from '../../../src-shared/kernel/zoned.ts'
import type { Trial, TrialFound } from '../../components/rules/Trial.tsx'
import { useSettled } from '../../components/rules/useSettled.ts'
import { useApi, useClock } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { type Translate, useText } from '../../kernel/text.ts'
import { text } from './text.ts'

const NIGHTS_BEFORE = 2
const ROWS = 8

/** Whom a recycle rule would take today and soon, by the data of now: by itself while it is written, otherwise when asked. */
export function useRecycleTrial(values: RuleValues, { live }: { live: boolean }): Trial {
  const t = useText(text)
  const { nowMs, zone } = useClock()
  const [asked, setAsked] = useState(false)
  const input = useSettled(values)
  const ready = input.basis !== 'date' || input.field !== null
  const now = dateIn(new Date(nowMs).toISOString(), zone)
  const first = addDays(now, NIGHTS_BEFORE)
  const query = useQuery(
    useApi().pools.preview.queryOptions({
      // A rule without a name yet takes the same customers.
      input: { ...input, enabled: true, name: input.name.trim() || '-' },
      enabled: ready && (live || asked),
      placeholderData: keepPreviousData,
      meta: { shown: true },
    }),
  )
  const { data, error, isFetching, refetch } = query
  return {
    feature: 'pools',
    query: { data: data && said(t, data, { now, first: live ? first : null }), error, isFetching, refetch },
    onRun: () => {
      if (asked) void refetch()
      setAsked(true)
    },
  }
}

type Days = { now: string; first: string | null }
function said(t: Translate<keyof (typeof text)['zh-CN']>, found: Preview, { now, first }: Days): TrialFound {
  const { rows, today, in7, in30, owned, isMany } = found
  const shown = rows.slice(0, ROWS)
  return {
    outcome: t('outcome', { n: formatNumber(today), m: formatNumber(in30) }),
    figures: [
      { label: t('today'), n: today },
      { label: t('in7'), n: in7 },
      { label: t('in30'), n: in30 },
    ],
    of: t('ofOwned', { n: formatNumber(owned) }),
    // What saving asks for is said where it is saved.
    warning: isMany && first !== null ? t('many', { n: formatNumber(today), date: first }) : undefined,
    rows: shown.map(({ id, name, ownerName, dueOn }) => ({
      id,
      name,
      to: `/customers/${id}`,
      facts: [...(ownerName === null ? [] : [ownerName]), t(dueOn <= now ? 'dueSince' : 'dueOnDay', { date: dueOn })],
    })),
    more: shown.length > 0 ? in30 - shown.length : 0,
    empty: t('previewNone'),
  }
}
