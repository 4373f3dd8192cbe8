import { DownOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

export type NamedPool = { readonly id: string; readonly name: string }
/** One pool is gone to at once; of several one is chosen. */
export function SeeInPool({ pools, isAll, open }: { pools: readonly NamedPool[]; isAll: boolean; open: (pool: string) => void }) {
  const t = useText(text)
  const [only, ...others] = pools
  const type = isAll ? 'primary' : 'default'
  if (only && others.length === 0)
    return (
      <Button type={type} onClick={() => open(only.id)}>
        {t('seeInPool')}
      </Button>
    )
  const items = pools.map(({ id, name }) => ({ key: id, label: name }))
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => open(key) }}>
      <Button type={type}>
        {t('seeInPool')} <DownOutlined className="tiny" />
      </Button>
    </Dropdown>
  )
}
