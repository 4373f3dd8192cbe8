import { CloseOutlined, ExpandAltOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import { formatNumber } from '../kernel/format.ts'
import { useText } from '../kernel/text.ts'
import { text } from './text.ts'

type TaskPillProps = { label: ReactNode; done: number; total: number; onOpen?: () => void; onCancel?: () => void }

/** Long work, folded: a bar, n / total, and the way back to it. */
export function TaskPill({ label, done, total, onOpen, onCancel }: TaskPillProps) {
  const t = useText(text)
  const share = total > 0 ? Math.min(1, done / total) : 0
  return (
    <span
      className="pill task-pill"
      role="progressbar"
      aria-valuenow={Math.round(share * 100)}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <span className="task-track">
        <i style={{ width: `${share * 100}%` }} />
      </span>
      {label}
      <span className="num">
        <b>{formatNumber(done)}</b> / {formatNumber(total)}
      </span>
      {onOpen && (
        <button type="button" className="bare" aria-label={t('details')} onClick={onOpen}>
          <ExpandAltOutlined />
        </button>
      )}
      {onCancel && (
        <button type="button" className="bare" aria-label={t('cancel')} onClick={onCancel}>
          <CloseOutlined />
        </button>
      )}
    </span>
  )
}
