import { PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import type { Pool } from '../../../src-shared/features/pools/model.ts'
import { ListTable } from '../../components/settings/ListTable.tsx'
import { Loaded, Section } from '../../components/settings/SettingsPage.tsx'
import { Nothing } from '../../components/states.tsx'
import { Count } from '../../components/values.tsx'
import { useApi } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { PoolDrawer } from './PoolDrawer.tsx'
import { text } from './text.ts'

export function Pools() {
  const t = useText(text)
  const pools = useQuery(useApi().pools.list.queryOptions({ input: {}, meta: { shown: true } }))
  const [edited, setEdited] = useState<Pool | 'new' | null>(null)
  const names = (pool: Pool, manages: boolean) =>
    pool.members
      .filter((one) => one.manages === manages)
      .map(({ name }) => name)
      .join(t('list'))
  const most = (n: number | null) => (n === null ? t('noLimit') : t('perDay', { n: formatNumber(n) }))
  return (
    <Section
      title={t('pools')}
      actions={
        <Button size="small" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
          {t('newPool')}
        </Button>
      }
    >
      <Loaded query={pools} feature="pools" rows={2}>
        {(rows) => (
          <ListTable<Pool>
            rows={rows}
            rowKey={({ id }) => id}
            onOpen={setEdited}
            empty={<Nothing>{t('poolsEmpty')}</Nothing>}
            columns={[
              { key: 'name', title: t('name'), width: 160, render: ({ name }) => <span className="b">{name}</span> },
              {
                key: 'members',
                title: t('members'),
                render: (pool) => names(pool, false) || <span className="t3">{t('noMembers')}</span>,
              },
              { key: 'managers', title: t('managers'), width: 160, render: (pool) => names(pool, true) },
              { key: 'claims', title: t('claims'), width: 90, align: 'right', render: ({ dailyClaims }) => most(dailyClaims) },
              {
                key: 'cooling',
                title: t('cooling'),
                width: 80,
                align: 'right',
                render: ({ coolingDays }) => t('days', { n: coolingDays }),
              },
              {
                key: 'customers',
                title: t('customers'),
                width: 90,
                align: 'right',
                render: ({ customers }) => <Count n={customers} />,
              },
            ]}
            describe={(pool) => ({
              title: pool.name,
              facts: [names(pool, false), names(pool, true)],
              state: <Count n={pool.customers} />,
            })}
          />
        )}
      </Loaded>
      {edited && <PoolDrawer pool={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Section>
  )
}
