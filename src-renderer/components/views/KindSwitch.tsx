import { CalendarOutlined, FundOutlined, ProjectOutlined, TableOutlined } from '@ant-design/icons'
import { Dropdown } from 'antd'
import type { ReactNode } from 'react'
import type { ViewKind } from '../../../src-shared/features/views/plain.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { labelled, useText } from '../../kernel/text.ts'
import { text } from './text.ts'

const ICONS: Readonly<Record<ViewKind, ReactNode>> = {
  table: <TableOutlined />,
  board: <ProjectOutlined />,
  calendar: <CalendarOutlined />,
  forecast: <FundOutlined />,
}

type KindSwitchProps = { kinds: readonly ViewKind[]; kind: ViewKind; onKind: (kind: ViewKind) => void }
/** 表 · 看板 · 日历 · 预测: the same rows, shown another way. Where there is little room, behind one button. */
export function KindSwitch(props: KindSwitchProps) {
  return useIsPhone() ? <KindMenu {...props} /> : <KindButtons {...props} />
}

function KindButtons({ kinds, kind, onKind }: KindSwitchProps) {
  const t = useText(text)
  return (
    <div className="kind-switch" role="group" aria-label={t('kind')}>
      {kinds.map((one) => (
        <button
          type="button"
          key={one}
          aria-pressed={one === kind}
          aria-label={t(`kind_${one}`)}
          title={t(`kind_${one}`)}
          className={`icb${one === kind ? ' on' : ''}`}
          onClick={() => onKind(one)}
        >
          {ICONS[one]}
        </button>
      ))}
    </div>
  )
}

function KindMenu({ kinds, kind, onKind }: KindSwitchProps) {
  const t = useText(text)
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        selectedKeys: [kind],
        items: kinds.map((one) => ({ key: one, icon: ICONS[one], label: t(`kind_${one}`) })),
        onClick: ({ key }) => onKind(key as ViewKind),
      }}
    >
      <button type="button" className="icb" aria-label={labelled(t('kind'), t(`kind_${kind}`))}>
        {ICONS[kind]}
      </button>
    </Dropdown>
  )
}
