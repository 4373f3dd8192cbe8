import { ControlOutlined } from '@ant-design/icons'
import { Popover } from 'antd'
import { Suspense } from 'react'
import { later } from '../../kernel/later.ts'
import { useText } from '../../kernel/text.ts'
import { text } from '../text.ts'
import type { ChooserProps } from './Chooser.tsx'

const Chooser = later(() => import('./Chooser.tsx').then((module) => module.Chooser))

/** 列: which columns, in which order, how high the rows. */
export function ColumnChooser(props: ChooserProps) {
  const t = useText(text)
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      arrow={false}
      destroyOnHidden
      content={
        <Suspense fallback={<div className="chooser" />}>
          <Chooser {...props} />
        </Suspense>
      }
    >
      <button type="button" className="tool">
        <ControlOutlined />
        {t('columns')}
      </button>
    </Popover>
  )
}
