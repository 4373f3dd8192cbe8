import type { Invoice } from '../../../src-shared/features/invoices/model.ts'
import { SidePanel } from '../../components/SidePanel.tsx'
import { InvoiceBody } from './InvoiceBody.tsx'

type InvoicePanelProps = {
  row: Invoice
  position: { index: number; total: number | undefined } | null
  onStep: (by: number) => void
  onClose: () => void
}

/** An invoice beside the list. */
export const InvoicePanel = ({ row, position, onStep, onClose }: InvoicePanelProps) => (
  <SidePanel position={position} onPrevious={() => onStep(-1)} onNext={() => onStep(1)} onClose={onClose}>
    <InvoiceBody row={row} />
  </SidePanel>
)
