import './opportunities.css'
import { ExpandAltOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { Opportunity } from '../../../src-shared/features/opportunities/model.ts'
import { Figures } from '../../components/RecordLayout.tsx'
import { SidePanel } from '../../components/SidePanel.tsx'
import { useApi } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { Star } from '../favourites/public.ts'
import { CustomerText } from './columns.tsx'
import { useFigures } from './figures.tsx'
import { OpportunityFields } from './OpportunityFields.tsx'
import { StagePath } from './StagePath.tsx'
import { text } from './text.ts'

type OpportunityPanelProps = {
  row: Opportunity
  position: { index: number; total: number | undefined } | null
  onStep: (by: number) => void
  onOpen: (row: Opportunity) => void
  onClose: () => void
}

/** An opportunity beside the list: its stage, its figures, its fields. */
export function OpportunityPanel({ row: listed, position, onStep, onOpen, onClose }: OpportunityPanelProps) {
  const t = useText(text)
  const found = useQuery(useApi().opportunities.get.queryOptions({ input: { id: listed.id }, meta: { shown: true } }))
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
          <Star entity="opportunity" id={row.id} />
        </div>
        <div className="row g6 panel-marks">
          <CustomerText row={row} />
        </div>
        <div className="gap-above">
          <StagePath row={row} />
        </div>
        <div className="row g8 gap-above">
          <Button icon={<ExpandAltOutlined />} onClick={() => onOpen(row)}>
            {t('openPage')}
          </Button>
        </div>
      </div>
      <Figures
        figures={figures.filter(({ key }) => ['amount', 'stageEnteredAt', 'nextAt'].includes(key))}
        className="panel-figures"
      />
      <div className="opp-fields">
        <OpportunityFields row={row} />
      </div>
    </SidePanel>
  )
}
