import { PlusOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Suspense, useRef, useState } from 'react'
import type { Rule } from '../../../src-shared/features/pools/ruleModel.ts'
import { confirm } from '../../components/confirm.ts'
import { RuleSentence } from '../../components/rules/RuleSentence.tsx'
import { Loaded, Section } from '../../components/settings/SettingsPage.tsx'
import { Nothing } from '../../components/states.tsx'
import { useApi, useClient } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { later } from '../../kernel/later.ts'
import { useText } from '../../kernel/text.ts'
import { toast } from '../../kernel/toast.tsx'
import { useUndo } from '../../kernel/undoCommand.ts'
import { startWork } from '../../kernel/work.ts'
import { refusalText } from '../../kernel/errors.ts'
import { valuesOf } from './ruleDraft.ts'
import { sentenceOf } from './sentence.ts'
import { text } from './text.ts'
import { useTags } from './useChoices.ts'
import { useRecycleTrial } from './useRecycleTrial.ts'

const RuleDrawer = later(() => import('./RuleDrawer.tsx').then((module) => module.RuleDrawer))

/** 回收规则: each as a sentence, with its state and a run by hand after a look at whom it would take. */
export function Rules() {
  const t = useText(text)
  const api = useApi()
  const rules = useQuery(api.pools.rules.queryOptions({ input: {}, meta: { shown: true } }))
  const pools = useQuery(api.pools.choices.queryOptions({ input: {} })).data ?? []
  const [edited, setEdited] = useState<Rule | 'new' | null>(null)
  const tags = new Map(useTags().map(({ value, label }) => [value, label]))
  const { run, isRunning } = useRun()
  return (
    <Section
      title={t('rules')}
      note={t('rulesNote')}
      actions={
        <Button size="small" icon={<PlusOutlined />} disabled={pools.length === 0} onClick={() => setEdited('new')}>
          {t('newRule')}
        </Button>
      }
    >
      <Loaded query={rules} feature="pools" rows={2}>
        {(rows) =>
          rows.length === 0 ? (
            <Nothing>{t(pools.length === 0 ? 'needPool' : 'rulesEmpty')}</Nothing>
          ) : (
            <div className="set-lined">
              {rows.map((rule) => (
                <OneRule
                  key={rule.id}
                  rule={rule}
                  tags={tags}
                  isRunning={isRunning}
                  onOpen={() => setEdited(rule)}
                  onRun={() => void run(rule)}
                />
              ))}
            </div>
          )
        }
      </Loaded>
      <Suspense>
        {edited && <RuleDrawer rule={edited === 'new' ? null : edited} pools={pools} onClose={() => setEdited(null)} />}
      </Suspense>
    </Section>
  )
}

type OneProps = {
  rule: Rule
  tags: ReadonlyMap<string, string>
  isRunning: boolean
  onOpen: () => void
  onRun: () => void
}

function OneRule({ rule, tags, isRunning, onOpen, onRun }: OneProps) {
  const t = useText(text)
  const trial = useRecycleTrial(valuesOf(rule), { live: false })
  return (
    <RuleSentence
      name={rule.name}
      sentence={sentenceOf(t, rule, tags)}
      state={{ on: rule.enabled, version: rule.version, since: rule.startsOn }}
      trial={trial}
      onOpen={onOpen}
      actions={
        <Button size="small" type="text" disabled={isRunning} onClick={onRun}>
          {t('runNow')}
        </Button>
      }
    />
  )
}

function useRun() {
  const t = useText(text)
  const undo = useUndo()
  const client = useClient()
  const working = useRef<ReturnType<typeof startWork> | null>(null)
  const { mutate, isPending } = useMutation(
    useApi().pools.recycle.mutationOptions({
      // Over even when the page has been left meanwhile.
      onSettled: () => working.current?.end(),
      onSuccess: ({ moved, kept, batchId }) =>
        undo.say(`${t('ran', { n: formatNumber(moved) })}${kept > 0 ? t('ranKept', { n: formatNumber(kept) }) : ''}`, {
          batchId,
        }),
    }),
  )
  const run = async (rule: Rule) => {
    const { today: n, isMany } = await client.pools.preview({ ...valuesOf(rule), enabled: true })
    if (n === 0) {
      toast(refusalText('pools', 'nothingDue'), { tone: 'info' })
      return
    }
    const sure = await confirm({
      title: t('runTitle', { n: formatNumber(n), name: rule.name }),
      body: t('runBody', { pool: rule.poolName }),
      yes: t('runYes', { n: formatNumber(n) }),
      undoable: true,
      ...(isMany && { typed: n }),
    })
    if (!sure) return
    working.current = startWork(t('running', { name: rule.name }), n)
    mutate({ id: rule.id, ...(isMany && { confirm: n }) })
  }
  return { run, isRunning: isPending }
}
