import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState } from 'react'
import type { Lookalike } from '../../../src-shared/features/customers/model.ts'
import { explain } from '../../../src-shared/kernel/matching/explain.ts'
import type { Matching } from '../../../src-shared/kernel/matching/language.ts'
import { Chip } from '../../components/marks.tsx'
import { RuleSentence } from '../../components/rules/RuleSentence.tsx'
import { strong } from '../../components/rules/strong.ts'
import type { Trial, TrialFound } from '../../components/rules/Trial.tsx'
import { useSettled } from '../../components/rules/useSettled.ts'
import { useApi, useCan } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { currentLanguage, type Translate, useText } from '../../kernel/text.ts'
import { type DuplicateWord, text } from './text.ts'
import { useSearchState } from './useDuplicates.ts'
import { points, thresholds } from './weightTable.ts'

type T = Translate<DuplicateWord>

/** The rule of comparison as a sentence, tried on whatever name or phone one types. */
export function HowCompared({ matching }: { matching: Matching }) {
  const t = useText(text)
  const mayRead = useCan('customers.read')
  const trial = useTrial()
  return <RuleSentence sentence={sentenceOf(t, matching)} {...(mayRead && { trial })} />
}

function sentenceOf(t: T, matching: Matching): string {
  const { same, maybe } = thresholds(matching)
  return t(matching === 'zh' ? 'rulesHowZh' : 'rulesHowEn', {
    core: strong(t('w_core')),
    sound: strong(t('w_sound')),
    spelling: strong(t('w_spelling')),
    phone: strong(t('w_phone')),
    code: strong(t('w_code')),
    email: strong(t('w_email')),
    address: strong(t('w_address')),
    same: strong(points(same.bits)),
    least: strong(points(maybe.bits)),
    sure: strong(t('sure')),
    maybe: strong(t('maybe')),
  })
}

const SHORTEST_NAME = 2
const SHORTEST_PHONE = 7

function useTrial(): Trial {
  const t = useText(text)
  const mayFind = useCan('duplicates.find')
  const last = useSearchState({ enabled: mayFind }).data?.last
  const [written, setWritten] = useState({ name: '', phone: '' })
  const { name, phone } = useSettled(written)
  const byName = name.trim().length >= SHORTEST_NAME
  const byPhone = phone.replaceAll(/\D/g, '').length >= SHORTEST_PHONE
  const { data, error, isFetching, refetch } = useQuery(
    useApi().customers.lookalikes.queryOptions({
      input: { ...(byName && { name: name.trim() }), ...(byPhone && { phones: [phone.trim()] }) },
      enabled: byName || byPhone,
      placeholderData: keepPreviousData,
      meta: { shown: true },
    }),
  )
  const input = (key: 'name' | 'phone', word: 'tryName' | 'tryPhone') => (
    <Input
      allowClear
      aria-label={t(word)}
      placeholder={t(word)}
      value={written[key]}
      onChange={(event) => setWritten((before) => ({ ...before, [key]: event.target.value }))}
    />
  )
  return {
    feature: 'customers',
    query: { data: data && (byName || byPhone) ? said(t, data) : undefined, error, isFetching, refetch },
    inputs: (
      <div className="col g8 dup-try">
        <span className="t3 s12">
          {t('tryHint')}
          {last &&
            ` · ${t('tryLast', { n: formatNumber(last.customers), sure: formatNumber(last.sure), maybe: formatNumber(last.maybe) })}`}
        </span>
        <div className="dup-try-inputs">
          {input('name', 'tryName')}
          {input('phone', 'tryPhone')}
        </div>
      </div>
    ),
  }
}

function said(t: T, found: readonly Lookalike[]): TrialFound {
  const sure = found.filter((one) => one.sure).length
  return {
    outcome: t('tryOutcome', { sure, maybe: found.length - sure }),
    figures: [],
    rows: found.slice(0, SHOWN).map((one) => ({
      id: one.id ?? one.ref,
      name: one.name,
      ...(one.id && one.visible && !one.deleted && { to: `/customers/${one.id}` }),
      facts: [
        explain(one.reasons, currentLanguage()),
        <Chip key="sure" tone={one.sure ? 'bad' : 'plum'}>
          {t(one.sure ? 'sure' : 'maybe')}
        </Chip>,
      ],
    })),
    more: Math.max(0, found.length - SHOWN),
    empty: t('tryNone'),
  }
}
const SHOWN = 8
