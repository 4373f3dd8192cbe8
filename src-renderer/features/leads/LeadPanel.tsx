import './leads.css'
import { ExpandAltOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { Lead } from '../../../src-shared/features/leads/model.ts'
import { Figures } from '../../components/RecordLayout.tsx'
import { SidePanel } from '../../components/SidePanel.tsx'
import { PhoneText } from '../../components/values.tsx'
import { useApi } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { Star } from '../favourites/public.ts'
import { MainActions } from './actions.tsx'
import { Became } from './Became.tsx'
import { LeadFeed } from './Feed.tsx'
import { useFigures } from './figures.tsx'
import { LeadFields } from './LeadFields.tsx'
import { StatusLine } from './StatusLine.tsx'
import { text } from './text.ts'

type LeadPanelProps = {
  row: Lead
  position: { index: number; total: number | undefined } | null
  onStep: (by: number) => void
  onOpen: (row: Lead) => void
  onClose: () => void
}

/** A lead beside the list: how far it is, its figures, what was said, its fields. */
export function LeadPanel({ row: listed, position, onStep, onOpen, onClose }: LeadPanelProps) {
  const t = useText(text)
  const found = useQuery(useApi().leads.get.queryOptions({ input: { id: listed.id }, meta: { shown: true } }))
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
          <Star entity="lead" id={row.id} />
        </div>
        <div className="row g6 panel-marks">
          {row.company && row.company !== row.name && <span className="el">{row.company}</span>}
          {row.phone && <PhoneText phone={row.phone} />}
        </div>
        <Became row={row} />
        <div className="gap-above">
          <StatusLine row={row} />
        </div>
        <div className="row g8 gap-above">
          <MainActions row={row} />
          <Button icon={<ExpandAltOutlined />} onClick={() => onOpen(row)}>
            {t('openPage')}
          </Button>
        </div>
      </div>
      <Figures
        figures={figures.filter(({ key }) => ['responseSeconds', 'ownerId', 'nextFollowUpAt'].includes(key))}
        className="panel-figures"
      />
      <div className="lead-feed">
        <LeadFeed row={row} />
      </div>
      <div className="lead-fields">
        <LeadFields row={row} />
      </div>
    </SidePanel>
  )
}
