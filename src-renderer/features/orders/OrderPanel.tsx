import './orders.css'
import { ExpandAltOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { Order } from '../../../src-shared/features/orders/model.ts'
import { Figures } from '../../components/RecordLayout.tsx'
import { SidePanel } from '../../components/SidePanel.tsx'
import { useApi } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { Star } from '../favourites/public.ts'
import { CustomerText, IssueChip } from './columns.tsx'
import { useFigures } from './figures.tsx'
import { OrderFields } from './OrderFields.tsx'
import { OrderPath } from './OrderPath.tsx'
import { text } from './text.ts'

type OrderPanelProps = {
  row: Order
  position: { index: number; total: number | undefined } | null
  onStep: (by: number) => void
  onOpen: (row: Order) => void
  onClose: () => void
}

/** An order beside the list: its status, its figures, its fields. */
export function OrderPanel({ row: listed, position, onStep, onOpen, onClose }: OrderPanelProps) {
  const t = useText(text)
  const found = useQuery(useApi().orders.get.queryOptions({ input: { id: listed.id }, meta: { shown: true } }))
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
        <div className="row g6">
          <div className="b panel-title el grow" title={row.name}>
            {row.name}
          </div>
          <Star entity="order" id={row.id} />
        </div>
        <div className="row g6 panel-marks">
          <CustomerText row={row} />
          <IssueChip row={row} />
        </div>
        <div className="gap-above">
          <OrderPath row={row} />
        </div>
        <div className="row g8 gap-above">
          <Button icon={<ExpandAltOutlined />} onClick={() => onOpen(row)}>
            {t('openPage')}
          </Button>
        </div>
      </div>
      <Figures
        figures={figures.filter(({ key }) => ['totalFen', 'receivedFen', 'dueFen'].includes(key))}
        className="panel-figures"
      />
      <div className="order-fields">
        <OrderFields row={row} />
      </div>
    </SidePanel>
  )
}
