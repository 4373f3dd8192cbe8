import { CalendarOutlined, FundOutlined, ProjectOutlined, TableOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { ViewKind } from '../../../src-shared/features/views/plain.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

const ICONS: Readonly<Record<ViewKind, ReactNode>> = {
  table: <TableOutlined />,
  board: <ProjectOutlined />,
  calendar: <CalendarOutlined />,
  forecast: <FundOutlined />,
}

type KindSwitchProps = { kinds: readonly ViewKind[]; kind: ViewKind; onKind: (kind: ViewKind) => void }
/** 表 · 看板 · 日历 · 预测: the same rows, shown another way. */
export function KindSwitch({ kinds, kind, onKind }: KindSwitchProps) {
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
