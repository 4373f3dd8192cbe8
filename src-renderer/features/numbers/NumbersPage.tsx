import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { Button, Input, InputNumber, Segmented, Switch } from 'antd'
import { useState } from 'react'
import type { NumberRule } from '../../../src-shared/features/numbers/model.ts'
import { patternProblem, RESETS, type Reset } from '../../../src-shared/kernel/numberPattern.ts'
import { confirm } from '../../components/confirm.ts'
import { RuleSentence } from '../../components/rules/RuleSentence.tsx'
import { strong } from '../../components/rules/strong.ts'
import type { TrialFound } from '../../components/rules/Trial.tsx'
import { useSettled } from '../../components/rules/useSettled.ts'
import { Loaded, Section, SettingsPage } from '../../components/settings/SettingsPage.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { formatNumber } from '../../kernel/format.ts'
import { sliceWord } from '../../kernel/slices.ts'
import { listed, useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { text } from './text.ts'

const FEATURES = {
  customer: 'customers',
  opportunity: 'opportunities',
  quote: 'quotes',
  order: 'orders',
  payment: 'payments',
  invoice: 'invoices',
  lead: 'leads',
  purchase: 'purchases',
} as const

/** 编号: by which rule new records get their numbers. */
export function NumbersPage() {
  const t = useText(text)
  const rules = useQuery(useApi().numbers.rules.queryOptions({ input: {}, meta: { shown: true } }))
  return (
    <SettingsPage title={t('title')} note={t('note')}>
      <Loaded query={rules} feature="numbers" rows={5} height={40}>
        {(all) => all.map((rule) => <RuleForm key={`${rule.entity} ${rule.version}`} rule={rule} />)}
      </Loaded>
    </SettingsPage>
  )
}

function RuleForm({ rule }: { rule: NumberRule }) {
  const t = useText(text)
  const undo = useUndo()
  const mayManage = useCan('fields.manage')
  const [draft, setDraft] = useState(rule)
  const change = (next: Partial<NumberRule>) => setDraft((before) => ({ ...before, ...next }))
  const problem = patternProblem(draft.pattern, draft.reset)
  const isDirty = JSON.stringify(draft) !== JSON.stringify(rule)
  const save = useMutation(
    useApi().numbers.save.mutationOptions({
      meta: { shown: true },
      onSuccess: () => undo.say(t('saved'), { procedure: 'numbers.save' }),
    }),
  )
  const { entity, version, pattern, reset, start, enabled } = draft
  return (
    <Section title={sliceWord(FEATURES[entity], `entity.${entity}`) ?? entity}>
      <form
        className="col g12 numbers-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (!problem) save.mutate({ entity, version, pattern, reset, start, enabled })
        }}
      >
        <label className="row g8">
          <Switch size="small" disabled={!mayManage} checked={enabled} onChange={(next) => change({ enabled: next })} />
          {t('enabled')}
        </label>
        <label className="col g4">
          <span className="t3 s12">{t('pattern')}</span>
          <Input
            className="lit"
            disabled={!mayManage}
            maxLength={60}
            status={problem ? 'error' : ''}
            value={pattern}
            onChange={(event) => change({ pattern: event.target.value })}
          />
          <span className={problem ? 'field-error' : 't3 s12'}>
            {problem ? (sliceWord('numbers', `refusals.${problem}`) ?? problem) : t('patternHint')}
          </span>
        </label>
        <Running draft={draft} mayManage={mayManage} onChange={change} />
        {!problem && <Said draft={draft} stored={rule} />}
        {save.error && <span className="field-error">{failureText(save.error, 'numbers')}</span>}
        {mayManage && (
          <div className="row g8">
            {rule.enabled && <GiveMissing rule={rule} />}
            <span className="grow" />
            <Button type="primary" htmlType="submit" disabled={!isDirty || problem !== null} loading={save.isPending}>
              {t('save')}
            </Button>
          </div>
        )}
      </form>
    </Section>
  )
}

/** The rule in words, and what it would number next; of a rule that is being written by what is written so far. */
function Said({ draft, stored }: { draft: NumberRule; stored: NumberRule }) {
  const t = useText(text)
  const mayManage = useCan('fields.manage')
  const [asked, setAsked] = useState(false)
  const { entity, pattern, reset, start, enabled } = useSettled(draft)
  const { data, error, isFetching, refetch } = useQuery(
    useApi().numbers.tryRule.queryOptions({
      input: { entity, pattern, reset, start },
      enabled: mayManage && patternProblem(pattern, reset) === null,
      placeholderData: keepPreviousData,
      meta: { shown: true },
    }),
  )
  const next = strong(data?.next[0] ?? stored.next ?? '…')
  const found: TrialFound | undefined = data && {
    outcome: t('outcome', { next: listed(data.next) }),
    figures: [{ label: t('figureMissing'), n: data.missing }],
    rows: data.rows.map(({ seen, number }) => ({
      id: number,
      name: seen?.name ?? t('unseen'),
      ...(seen && { to: `/${FEATURES[entity]}/${seen.id}` }),
      facts: [t('becomes', { number })],
    })),
    more: data.rows.length > 0 ? data.missing - data.rows.length : 0,
    empty: t('rowsEmpty'),
  }
  return (
    <RuleSentence
      sentence={enabled ? t('s_on', { next, start: strong(start), reset: strong(t(`s_${reset}`)) }) : t('s_off', { next })}
      state={{ on: stored.enabled, ...(stored.version > 0 && { version: stored.version }) }}
      {...(mayManage && {
        trial: {
          feature: 'numbers',
          query: { data: asked ? found : undefined, error, isFetching, refetch },
          onRun: () => setAsked(true),
        },
      })}
    />
  )
}

type RunningProps = { draft: NumberRule; mayManage: boolean; onChange: (next: Partial<NumberRule>) => void }
function Running({ draft: { reset, start }, mayManage, onChange }: RunningProps) {
  const t = useText(text)
  return (
    <div className="row g12 wrap">
      <div className="col g4">
        <span className="t3 s12">{t('reset')}</span>
        <Segmented<Reset>
          disabled={!mayManage}
          value={reset}
          onChange={(next) => onChange({ reset: next })}
          options={RESETS.map((value) => ({ value, label: t(value) }))}
        />
      </div>
      <label className="col g4">
        <span className="t3 s12">{t('start')}</span>
        <InputNumber
          disabled={!mayManage}
          min={0}
          max={999_999_999}
          precision={0}
          value={start}
          onChange={(next) => onChange({ start: typeof next === 'number' ? next : 1 })}
        />
      </label>
    </div>
  )
}

function GiveMissing({ rule }: { rule: NumberRule }) {
  const t = useText(text)
  const undo = useUndo()
  const api = useApi()
  const { entity } = rule
  const missing = useQuery(api.numbers.missing.queryOptions({ input: { entity }, meta: { shown: true } })).data?.count ?? 0
  const give = useMutation(
    api.numbers.giveMissing.mutationOptions({
      onSuccess: ({ given, batchId }) => undo.say(t('given', { n: formatNumber(given) }), { batchId }),
    }),
  )
  if (missing === 0) return null
  const ask = async () => {
    const n = formatNumber(missing)
    if (await confirm({ title: t('giveTitle', { n }), body: t('giveBody'), yes: t('giveYes', { n }), undoable: true }))
      give.mutate({ entity })
  }
  return (
    <Button loading={give.isPending} onClick={() => void ask()}>
      {t('give', { n: formatNumber(missing) })}
    </Button>
  )
}
