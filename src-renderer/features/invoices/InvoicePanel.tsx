import type { Invoice } from '../../../src-shared/features/invoices/model.ts'
import { SidePanel } from '../../components/SidePanel.tsx'
import type { PanelAt } from '../lists/public.ts'
import { InvoiceBody } from './InvoiceBody.tsx'

/** An invoice beside the list. */
export const InvoicePanel = ({ row, position, onStep, onOpen, onClose }: PanelAt<Invoice>) => (
  <SidePanel
    position={position}
    onPrevious={() => onStep(-1)}
    onNext={() => onStep(1)}
    onOpen={() => onOpen(row)}
    onClose={onClose}
  >
    <InvoiceBody row={row} onOpen={onOpen} />
  </SidePanel>
)
