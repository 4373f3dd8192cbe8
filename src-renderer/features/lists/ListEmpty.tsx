import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { EmptyState, FilteredEmpty } from '../../components/states.tsx'
import { nothingFound } from '../../components/views/nothingFound.ts'
import type { ViewedList } from '../../components/views/useViewedList.ts'
import type { Making } from './ListHead.tsx'

type ListEmptyProps = {
  list: ViewedList
  /** What the list is of: 订单. */
  what: string
  title: string
  hint?: string | undefined
  making?: Making | undefined
  /** Stands before what is new. */
  children?: ReactNode
}

/** A list without rows: by its conditions, or because there is nothing yet and somebody has to begin. */
export function ListEmpty({ list, what, title, hint, making, children }: ListEmptyProps) {
  const { conditions, clear } = nothingFound(list)
  if (conditions > 0) return <FilteredEmpty what={what} conditions={conditions} onClear={clear} />
  return (
    <EmptyState title={title} hint={hint}>
      {(children || making) && (
        <span className="row g8">
          {children}
          {making && (
            <Button type="primary" icon={<PlusOutlined />} onClick={making.run}>
              {making.label}
            </Button>
          )}
        </span>
      )}
    </EmptyState>
  )
}
