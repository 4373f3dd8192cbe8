import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import type { Exclusions, Limit } from '../../../src-shared/features/pools/model.ts'
import { IconButton } from '../../components/page.tsx'
import { ListTable } from '../../components/settings/ListTable.tsx'
import { Loaded, Section } from '../../components/settings/SettingsPage.tsx'
import { Nothing } from '../../components/states.tsx'
import { useApi } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { optionWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { LimitDialog } from './LimitDialog.tsx'
import { text } from './text.ts'

/** 库容: everybody's limit first, then those of departments and people. */
export function Limits() {
  const t = useText(text)
  const undo = useUndo()
  const api = useApi()
  const limits = useQuery(api.pools.limits.queryOptions({ input: {}, meta: { shown: true } }))
  const [edited, setEdited] = useState<Limit | 'new' | null>(null)
  const remove = useMutation(
    api.pools.removeLimit.mutationOptions({ onSuccess: ({ id }) => undo.say(t('limitRemoved'), { recordId: id }) }),
  )
  const without = ({ levels = [], statuses = [] }: Exclusions) =>
    [
      ...levels.map((one) => optionWord('customers', 'level', one)),
      ...statuses.map((one) => optionWord('customers', 'status', one)),
    ].join(t('list'))
  const acts = (limit: Limit) => (
    <IconButton
      small
      icon={<DeleteOutlined />}
      title={t('removeLimit')}
      disabled={remove.isPending}
      onClick={() => remove.mutate({ id: limit.id })}
    />
  )
  return (
    <Section
      title={t('limits')}
      note={t('limitsNote')}
      actions={
        <Button size="small" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
          {t('newLimit')}
        </Button>
      }
    >
      <Loaded query={limits} feature="pools" rows={2}>
        {(rows) => (
          <ListTable<Limit>
            rows={rows}
            rowKey={({ id }) => id}
            onOpen={setEdited}
            empty={<Nothing>{t('limitsEmpty')}</Nothing>}
            columns={[
              { key: 'who', title: t('who'), width: 220, render: ({ name }) => name ?? t('everybody') },
              { key: 'most', title: t('most'), width: 120, align: 'right', render: ({ most }) => formatNumber(most) },
              {
                key: 'without',
                title: t('without'),
                render: (limit) => without(limit.without) || <span className="t3">{t('nothing')}</span>,
              },
              {
                key: 'acts',
                title: '',
                width: 60,
                align: 'right',
                render: (limit) => (
                  <span
                    role="presentation"
                    onClick={(event) => event.stopPropagation()}
                    onKeyDown={(event) => event.stopPropagation()}
                  >
                    {acts(limit)}
                  </span>
                ),
              },
            ]}
            describe={(limit) => ({
              title: limit.name ?? t('everybody'),
              facts: [without(limit.without)],
              state: t('ofMost', { n: formatNumber(limit.most) }),
              actions: acts(limit),
            })}
          />
        )}
      </Loaded>
      {edited && <LimitDialog limit={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Section>
  )
}
