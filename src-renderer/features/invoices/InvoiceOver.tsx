import { useNavigate } from '@tanstack/react-router'
import { Drawer } from 'antd'
import type { Invoice } from '../../../src-shared/features/invoices/model.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { sliceWord } from '../../kernel/slices.ts'
import { InvoiceBody } from './InvoiceBody.tsx'

/** An invoice over the record it hangs on. */
export function InvoiceOver({ row, onClose }: { row: Invoice; onClose: () => void }) {
  const isPhone = useIsPhone()
  const navigate = useNavigate()
  return (
    <Drawer
      open
      title={sliceWord('invoices', 'entity.invoice')}
      size={isPhone ? '100%' : 460}
      onClose={onClose}
      styles={{ body: { padding: 0 } }}
    >
      <InvoiceBody row={row} onOpen={({ id }) => void navigate({ to: `/invoices/${id}` })} />
    </Drawer>
  )
}
