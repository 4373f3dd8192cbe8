import { ControlOutlined } from '@ant-design/icons'
import { Button, Drawer } from 'antd'
import type { ReactNode } from 'react'
import { useText } from '../kernel/text.ts'
import { text } from './text.ts'

/** The quick filters of a list on a phone: a sheet from the bottom, all of them in sight, each tap at once in force. */
export function FilterSheet({
  onClose,
  onClear,
  more,
  children,
}: {
  onClose: () => void
  onClear?: (() => void) | undefined
  /** Leads to conditions of every kind; so many there are beside those in sight. */
  more?: { readonly n: number; readonly onOpen: () => void }
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
      {more && (
        <Button block icon={<ControlOutlined />} onClick={more.onOpen}>
          {t('moreFilters')}
          {more.n > 0 && <b className="num">{more.n}</b>}
        </Button>
      )}
    </Drawer>
  )
}
