import { Button, Drawer } from 'antd'
import type { ReactNode } from 'react'
import { useText } from '../kernel/text.ts'
import { text } from './text.ts'

/** The quick filters of a list on a phone: a sheet from the bottom, all of them in sight, each tap at once in force. */
export function FilterSheet({
  onClose,
  onClear,
  children,
}: {
  onClose: () => void
  onClear?: (() => void) | undefined
  children: ReactNode
}) {
  const t = useText(text)
  return (
    <Drawer
      open
      placement="bottom"
      size="75vh"
      title={t('filters')}
      onClose={onClose}
      className="filter-sheet"
      footer={
        <div className="row g8">
          {onClear && <Button onClick={onClear}>{t('clearFilters')}</Button>}
          <span className="grow" />
          <Button type="primary" onClick={onClose}>
            {t('done')}
          </Button>
        </div>
      }
    >
      {children}
    </Drawer>
  )
}
