import { CloseOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { text } from '../text.ts'
import { countSelected, EVERYTHING, NOTHING, type RowSelection } from './selection.ts'

export type BulkAction = {
  key: string
  icon: ReactNode
  label: string
  onClick: () => void
  danger?: boolean
  disabled?: boolean
  /** Why it cannot be done now. */
  why?: string | null
}

type BulkBarProps = {
  selection: RowSelection
  total: number | undefined
  actions: readonly BulkAction[]
  /** The rows of another filter are on their way: what is chosen among them is not known yet. */
  isWaiting: boolean
  onSelection: (selection: RowSelection) => void
}

/** Floats over the footer while rows are chosen; dark in both themes. */
export function BulkBar({ selection, total, actions, isWaiting, onSelection }: BulkBarProps) {
  const t = useText(text)
  const count = countSelected(selection, total)
  const all = selection.all && selection.except.size === 0
  const [before, after] = t('selected', { n: '\u0000' }).split('\u0000')
  return (
    <div className="bulk" role="toolbar">
      <span className="num">
        {before}
        <b>{count === undefined ? '…' : formatNumber(count)}</b>
        {after}
      </span>
      {!all && !isWaiting && total !== undefined && total > (count ?? 0) && (
        <button type="button" className="bare i bulk-all" onClick={() => onSelection(EVERYTHING)}>
          {t('selectAll', { n: formatNumber(total) })}
        </button>
      )}
      <span className="vr" />
      {actions.map((action) => (
        <button
          type="button"
          key={action.key}
          className={`bare i${action.danger ? ' danger' : ''}`}
          disabled={isWaiting || count === undefined || action.disabled}
          {...(action.why && { title: action.why })}
          onClick={action.onClick}
        >
          {action.icon}
          {action.label}
        </button>
      ))}
      <span className="vr" />
      <button type="button" className="bare i" aria-label={t('clearSelection')} onClick={() => onSelection(NOTHING)}>
        <CloseOutlined />
      </button>
    </div>
  )
}
