import './quotes.css'
import { ExpandAltOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { Quote } from '../../../src-shared/features/quotes/model.ts'
import { Figures } from '../../components/RecordLayout.tsx'
import { SidePanel } from '../../components/SidePanel.tsx'
import { useApi } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { CustomerText, StatusText } from './columns.tsx'
import { useFigures } from './figures.tsx'
import { QuoteFields } from './QuoteFields.tsx'
import { text } from './text.ts'

type QuotePanelProps = {
  row: Quote
  position: { index: number; total: number | undefined } | null
  onStep: (by: number) => void
  onOpen: (row: Quote) => void
  onClose: () => void
}

/** A quote beside the list: its figures and its fields. */
export function QuotePanel({ row: listed, position, onStep, onOpen, onClose }: QuotePanelProps) {
  const t = useText(text)
  const found = useQuery(useApi().quotes.get.queryOptions({ input: { id: listed.id }, meta: { shown: true } }))
  const row = found.data ?? listed
  const figures = useFigures(row)
  return (
    <SidePanel
      position={position}
      onPrevious={() => onStep(-1)}
      onNext={() => onStep(1)}
      onOpen={() => onOpen(row)}
      onClose={onClose}
    >
      <div className="panel-name">
        <div className="b panel-title el" title={row.name}>
          {row.name}
        </div>
        <div className="row g6 panel-marks">
          <StatusText row={row} />
          <CustomerText row={row} />
        </div>
        <div className="row g8 gap-above">
          <Button icon={<ExpandAltOutlined />} onClick={() => onOpen(row)}>
            {t('openPage')}
          </Button>
        </div>
      </div>
      <Figures
        figures={figures.filter(({ key }) => ['totalFen', 'discountRate', 'validUntil'].includes(key))}
        className="panel-figures"
      />
      <div className="quote-fields">
        <QuoteFields row={row} />
      </div>
    </SidePanel>
  )
}
