import { HolderOutlined } from '@ant-design/icons'
import { Checkbox, Segmented } from 'antd'
import { useState } from 'react'
import { useText } from '../../kernel/text.ts'
import { text } from '../text.ts'
import type { Density } from './columns.ts'
import {
  arrange,
  type ColumnLayout,
  type LayoutColumn,
  moveColumn,
  shownColumns,
  standardLayout,
  toggleColumn,
} from './layout.ts'

type Chosen = LayoutColumn & { readonly title: string }
export type ChooserProps = {
  columns: readonly Chosen[]
  layout: ColumnLayout
  onLayout: (layout: ColumnLayout) => void
  density: Density
  onDensity: (density: Density) => void
}

/** The list under 列; loaded when somebody first opens it. */
export function Chooser({ columns, layout, onLayout, density, onDensity }: ChooserProps) {
  const t = useText(text)
  const [dragged, setDragged] = useState<string | null>(null)
  const shown = new Set(shownColumns(columns, layout).map((c) => c.key))
  return (
    <div className="chooser">
      <div className="row t3 s12 chooser-head">
        <span className="grow">{t('columnsHint')}</span>
        <button type="button" className="bare tbrand" onClick={() => onLayout(standardLayout(columns))}>
          {t('resetColumns')}
        </button>
      </div>
      <div className="chooser-list">
        {arrange(columns, layout).map((column) => (
          <div
            key={column.key}
            className="row g8 chooser-item"
            draggable={!column.sticky}
            onDragStart={() => setDragged(column.key)}
            onDragOver={(event) => event.preventDefault()}
            onDrop={() => {
              if (dragged && !column.sticky)
                onLayout(moveColumn({ ...layout, order: arrange(columns, layout).map((c) => c.key) }, dragged, column.key))
              setDragged(null)
            }}
          >
            <HolderOutlined className={column.sticky ? 't4' : 't3'} />
            <Checkbox
              checked={shown.has(column.key)}
              disabled={column.sticky ?? false}
              onChange={() => onLayout(toggleColumn(layout, column.key))}
            >
              {column.title}
            </Checkbox>
          </div>
        ))}
      </div>
      <div className="row g8 chooser-foot">
        <span className="t3 s12 grow">{t('density')}</span>
        <Segmented
          size="small"
          value={density}
          onChange={onDensity}
          options={[
            { value: 'compact', label: t('compact') },
            { value: 'normal', label: t('normal') },
          ]}
        />
      </div>
    </div>
  )
}
