import { ArrowUpOutlined, PlusOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import type { LeadRule } from '../../../src-shared/features/lead-settings/model.ts'
import { Chip } from '../../components/marks.tsx'
import { ListTable } from '../../components/settings/ListTable.tsx'
import { Loaded, Section } from '../../components/settings/SettingsPage.tsx'
import { Count } from '../../components/values.tsx'
import { useApi } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { RuleDrawer } from './RuleDrawer.tsx'
import { sentenceOf } from './sentence.ts'
import { text } from './text.ts'

/** Who gets a lead that is nobody's: rules in their order, each as a sentence. */
export function Rules() {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const rules = useQuery(api.leadSettings.rules.queryOptions({ input: {}, meta: { shown: true } }))
  const sources = useQuery(api.leadSettings.words.queryOptions({ input: { list: 'source' }, meta: { shown: true } })).data
  const [edited, setEdited] = useState<LeadRule | 'new' | null>(null)
  const give = useMutation(
    api.leads.giveNow.mutationOptions({
      onSuccess: ({ given, batchId }) => undo.say(t('given', { n: formatNumber(given) }), { batchId }),
    }),
  )
  const order = useMutation(
    api.leadSettings.orderRules.mutationOptions({
      onSuccess: () => undo.say(t('ordered'), { procedure: 'leadSettings.orderRules' }),
    }),
  )
  const said = (rule: LeadRule) => sentenceOf(t, rule, (id) => sources?.find((one) => one.id === id)?.name ?? '')
  const state = ({ enabled }: LeadRule) => <Chip tone={enabled ? 'ok' : 'ink'}>{t(enabled ? 'on' : 'off')}</Chip>
  const ids = (rules.data ?? []).map(({ id }) => id)
  const up = ({ id }: LeadRule) => {
    const at = ids.indexOf(id)
    if (at < 1) return null
    const moved = ids.toSpliced(at, 1).toSpliced(at - 1, 0, id)
    return (
      <Button
        size="small"
        type="text"
        icon={<ArrowUpOutlined />}
        title={t('up')}
        aria-label={t('up')}
        onClick={(event) => {
          event.stopPropagation()
          order.mutate({ ids: moved })
        }}
      />
    )
  }
  return (
    <Section
      title={t('rules')}
      note={t('rulesNote')}
      actions={
        <>
          {ids.length > 0 && (
            <Button size="small" loading={give.isPending} onClick={() => give.mutate({})}>
              {t('giveNow')}
            </Button>
          )}
          <Button size="small" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
            {t('newRule')}
          </Button>
        </>
      }
    >
      <Loaded query={rules} feature="leadSettings" rows={2}>
        {(rows) => (
          <ListTable<LeadRule>
            rows={rows}
            rowKey={({ id }) => id}
            onOpen={setEdited}
            empty={t('noRules')}
            columns={[
              { key: 'name', title: t('name'), width: 140, render: ({ name }) => <span className="b">{name}</span> },
              { key: 'said', title: t('sentence'), render: said },
              { key: 'given', title: t('gave'), width: 80, align: 'right', render: ({ given }) => <Count n={given} /> },
              { key: 'state', title: t('state'), width: 80, render: state },
              { key: 'up', title: '', width: 48, align: 'right', render: up },
            ]}
            describe={(one) => ({ title: one.name, facts: [said(one)], state: state(one), actions: up(one) })}
          />
        )}
      </Loaded>
      {edited && <RuleDrawer rule={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Section>
  )
}
