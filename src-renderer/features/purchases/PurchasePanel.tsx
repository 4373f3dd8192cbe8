import './purchases.css'
import { ExpandAltOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { Purchase } from '../../../src-shared/features/purchases/model.ts'
import { SidePanel } from '../../components/SidePanel.tsx'
import { useApi } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { Actions } from './Actions.tsx'
import { IssueChip, StateText } from './columns.tsx'
import { PurchaseFields } from './PurchaseFields.tsx'
import { text } from './text.ts'

type PurchasePanelProps = {
  row: Purchase
  position: { index: number; total: number | undefined } | null
  onStep: (by: number) => void
  onOpen: (row: Purchase) => void
  onClose: () => void
}

/** A purchase beside the list: what it is of, how far it is, and what is to be done next. */
export function PurchasePanel({ row: listed, position, onStep, onOpen, onClose }: PurchasePanelProps) {
  const t = useText(text)
  const api = useApi()
  const shown = { shown: true }
  const row = useQuery(api.purchases.get.queryOptions({ input: { id: listed.id }, meta: shown })).data ?? listed
  const parts = useQuery(api.purchases.parts.queryOptions({ input: { id: listed.id }, meta: shown })).data
  return (
    <SidePanel
      position={position}
      onPrevious={() => onStep(-1)}
      onNext={() => onStep(1)}
      onOpen={() => onOpen(row)}
      onClose={onClose}
    >
      <div className="panel-name">
        <div className="b panel-title el num">{row.number}</div>
        <div className="row g6 panel-marks">
          <StateText row={row} />
          <IssueChip row={row} />
          <span className="t2 el">{row.supplier}</span>
        </div>
        <div className="row g8 wrap gap-above">
          <Button icon={<ExpandAltOutlined />} onClick={() => onOpen(row)}>
            {t('openPage')}
          </Button>
          {parts && <Actions row={row} parts={parts} />}
        </div>
      </div>
      <section className="panel-part">
        <h3>{t('lines')}</h3>
        {parts?.lines.map(({ id, name, unit, quantity, received }) => (
          <div key={id} className="purchase-line">
            <span className="grow el">{name}</span>
            <span className="num">{[quantity, unit].filter(Boolean).join(' ')}</span>
            {received !== '0' && (
              <span className="num s12 t3">
                {t('received')} {received}
              </span>
            )}
          </div>
        ))}
      </section>
      <div className="purchase-fields">
        <PurchaseFields row={row} />
      </div>
    </SidePanel>
  )
}
