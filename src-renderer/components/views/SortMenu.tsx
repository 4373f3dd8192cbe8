import { SortAscendingOutlined } from '@ant-design/icons'
import { Popover } from 'antd'
import { Suspense, useState } from 'react'
import type { Sort } from '../../../src-shared/kernel/list.ts'
import { later } from '../../kernel/later.ts'
import { labelled, useText } from '../../kernel/text.ts'
import { text } from './text.ts'

export type SortField = { readonly key: string; readonly label: string }
export type SortMenuProps = {
  sorts: readonly Sort[]
  fields: readonly SortField[]
  /** What the order is called that nobody chose. */
  standard?: string | undefined
  onSorts: (sorts: readonly Sort[]) => void
}

const SortList = later(() => import('./SortList.tsx').then((module) => module.SortList))

/** 排序: by several fields, one within the other; without any the newest come first. */
export function SortMenu({ sorts, fields, standard, onSorts }: SortMenuProps) {
  const t = useText(text)
  const [open, setOpen] = useState(false)
  const [first] = sorts
  const word = first ? (fields.find(({ key }) => key === first.field)?.label ?? first.field) : (standard ?? t('sortStandard'))
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      arrow={false}
      destroyOnHidden
      content={
        <Suspense fallback={<div className="sort-menu" />}>
          <SortList sorts={sorts} fields={fields} onSorts={onSorts} />
        </Suspense>
      }
    >
      <button type="button" className={`tool${first ? ' on' : ''}`} aria-label={labelled(t('sort'), word)}>
        <SortAscendingOutlined />
        <span className="tool-word">{word}</span>
        {sorts.length > 1 && <span className="num">{sorts.length}</span>}
      </button>
    </Popover>
  )
}
