import { DownOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Dropdown } from 'antd'
import type { MyPool } from '../../../src-shared/features/pools/model.ts'
import { useViewCounts } from '../../components/views/useViewedList.ts'
import type { ViewActions } from '../../components/views/useViewActions.ts'
import { ViewBar } from '../../components/views/ViewBar.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { labelled, useText } from '../../kernel/text.ts'
import type { CustomerList } from '../customers/public.ts'
import { ViewStar } from '../favourites/public.ts'
import { Figures } from './Figures.tsx'
import { text } from './text.ts'

type PoolHeadProps = { pool: MyPool; pools: readonly MyPool[]; list: CustomerList; actions: ViewActions }

/** Which pool, its views, and what is left to one of it today. */
export function PoolHead({ pool, pools, list, actions }: PoolHeadProps) {
  const isPhone = useIsPhone()
  const counts = useViewCounts(list, !isPhone)
  return (
    <>
      <ViewBar
        list={list}
        actions={actions}
        counts={counts}
        before={<Switch pool={pool} pools={pools} />}
        star={<ViewStar entity="pool" tab={list.current} />}
      >
        {!isPhone && <Figures pool={pool} />}
      </ViewBar>
      {isPhone && (
        <div className="pool-line">
          <Figures pool={pool} />
        </div>
      )}
    </>
  )
}

/** The name of the pool; where there are others, the way to them. */
function Switch({ pool, pools }: { pool: MyPool; pools: readonly MyPool[] }) {
  const t = useText(text)
  const navigate = useNavigate()
  if (pools.length === 1) return <h1 className="pool-name el">{pool.name}</h1>
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        className: 'tall-menu',
        selectable: true,
        selectedKeys: [pool.id],
        items: pools.map(({ id, name, customers }) => ({
          key: id,
          label: name,
          extra: <span className="num t3">{formatNumber(customers)}</span>,
        })),
        onClick: ({ key }) => void navigate({ to: '/pools', search: { pool: key } as never }),
      }}
    >
      <button type="button" className="pool-name bare" aria-label={labelled(t('otherPool'), pool.name)}>
        <span className="el">{pool.name}</span> <DownOutlined className="tiny" />
      </button>
    </Dropdown>
  )
}
