import './invoices.css'
import { CheckOutlined, EditOutlined, ExpandAltOutlined, SendOutlined, StopOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { Suspense, useState } from 'react'
import { invoiceEntity } from '../../../src-shared/features/invoices/entity.ts'
import type { Invoice, InvoiceEdit, InvoiceLine } from '../../../src-shared/features/invoices/model.ts'
import type { FieldValue } from '../../components/FieldEditor.tsx'
import { CopyButton } from '../../components/marks.tsx'
import { Figures } from '../../components/RecordLayout.tsx'
import { Money } from '../../components/values.tsx'
import { fieldRightOf, useApi, useCan, useMe } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { later } from '../../kernel/later.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { billingLines } from '../billing/public.ts'
import { useEntity } from '../fields/public.ts'
import { LaidFields } from '../layouts/public.ts'
import type { Act } from './ActDialog.tsx'
import { InvoiceValue, IssueChip, StatusText } from './columns.tsx'
import { text } from './text.ts'

const ActDialog = later(() => import('./ActDialog.tsx').then((module) => module.ActDialog))
const InvoiceDrawer = later(() => import('./InvoiceDrawer.tsx').then((module) => module.InvoiceDrawer))

/** An invoice in full: its state and what can be done to it, what it is for, to whom, its fields. */
export function InvoiceBody({ row: listed, onOpen }: { row: Invoice; onOpen?: (row: Invoice) => void }) {
  const t = useText(text)
  const api = useApi()
  const me = useMe()
  const row = useQuery(api.invoices.get.queryOptions({ input: { id: listed.id }, meta: { shown: true } })).data ?? listed
  const lines = useQuery(api.invoices.lines.queryOptions({ input: { id: listed.id }, meta: { shown: true } })).data
  const sees = (key: string) => fieldRightOf(me, 'invoice', key) !== 'hidden'
  const figures = [
    { key: 'amountFen', label: fieldWord('invoices', 'amountFen'), value: <Money fen={row.amountFen} /> },
    { key: 'requestedOn', label: fieldWord('invoices', 'requestedOn'), value: row.requestedOn },
  ]
  return (
    <>
      <div className="panel-name">
        <div className="b panel-title el num">{row.number}</div>
        <div className="row g8 panel-marks">
          <StatusText row={row} />
          <IssueChip row={row} />
          {row.customerId && (
            <Link to="/customers/$id" params={{ id: row.customerId }} className="el">
              {row.customerName}
            </Link>
          )}
        </div>
        <div className="row g8 gap-above wrap inv-acts">
          {row.deletedAt === null && <Acts row={row} lines={lines} />}
          {onOpen && (
            <Button icon={<ExpandAltOutlined />} onClick={() => onOpen(row)}>
              {t('openPage')}
            </Button>
          )}
        </div>
      </div>
      <Figures figures={figures.filter(({ key }) => sees(key))} className="panel-figures" />
      <div className="inv-body">
        {lines && (
          <>
            <div className="b t2">{t('lines')}</div>
            <LinesOf lines={lines} />
          </>
        )}
      </div>
      <Fields row={row} />
    </>
  )
}

type ActsProps = { row: Invoice; lines: readonly InvoiceLine[] | undefined }
/** What can be done to it where it stands. */
export function Acts({ row, lines }: ActsProps) {
  const t = useText(text)
  const mayAsk = useCan('invoices.create')
  const mayIssue = useCan('invoices.issue')
  const [asking, setAsking] = useState<Act | 'edit' | null>(null)
  const { status } = row
  const close = () => setAsking(null)
  if (status === 'void' || !(mayIssue || (mayAsk && status === 'requested'))) return null
  return (
    <>
      {mayIssue && status === 'requested' && (
        <Button type="primary" icon={<CheckOutlined />} onClick={() => setAsking('issue')}>
          {t('issue')}
        </Button>
      )}
      {mayIssue && status === 'issued' && (
        <Button type="primary" icon={<SendOutlined />} onClick={() => setAsking('post')}>
          {t('post')}
        </Button>
      )}
      {mayAsk && status === 'requested' && lines && (
        <Button icon={<EditOutlined />} onClick={() => setAsking('edit')}>
          {t('edit')}
        </Button>
      )}
      {mayIssue && (
        <Button danger icon={<StopOutlined />} onClick={() => setAsking('void')}>
          {t('void')}
        </Button>
      )}
      <Suspense>
        {asking === 'edit' && lines && <InvoiceDrawer changed={{ invoice: row, lines }} onClose={close} />}
        {asking !== null && asking !== 'edit' && <ActDialog invoice={row} act={asking} onClose={close} />}
      </Suspense>
    </>
  )
}

/** What it is for, order by order. */
export function LinesOf({ lines }: { lines: readonly InvoiceLine[] }) {
  const t = useText(text)
  return (
    <section>
      {lines.map(({ id, orderId, orderName, orderNumber, amountFen }) => (
        <div key={id} className="inv-line">
          <span className="grow el">
            {orderName === null ? (
              <span className="t3">{t('unseenOrder')}</span>
            ) : (
              <Link to="/orders/$id" params={{ id: orderId }}>
                {orderName}
              </Link>
            )}
            <span className="t3 s12 num"> {orderNumber}</span>
          </span>
          <Money fen={amountFen} />
        </div>
      ))}
    </section>
  )
}

/** To whom it is made out, and its fields. */
export function Fields({ row }: { row: Invoice }) {
  const t = useText(text)
  const undo = useUndo()
  const entity = useEntity(invoiceEntity)
  const mayAsk = useCan('invoices.create') && row.deletedAt === null
  const { mutateAsync: send } = useMutation(useApi().invoices.edit.mutationOptions({ meta: { shown: true } }))
  const save = async (key: string, value: FieldValue): Promise<string | null> => {
    try {
      const saved = await send({ id: row.id, version: row.version, values: { [key]: value } as InvoiceEdit })
      undo.remember(t('edited', { number: saved.number, field: fieldWord('invoices', key) }), { recordId: row.id })
      return null
    } catch (error) {
      return failureText(error, 'invoices')
    }
  }
  return (
    <>
      {row.buyer && (
        <div className="row g6 inv-body always-copy">
          <span className="t3 s12">{t('copyBuyer')}</span>
          <CopyButton value={billingLines(row.buyer, row)} />
        </div>
      )}
      <LaidFields
        entity={entity}
        row={row}
        mayWrite={({ key }) => mayAsk && (key === 'note' || (key === 'kind' && row.status === 'requested'))}
        onSave={save}
        value={(field) => <InvoiceValue field={field} row={row} />}
      />
    </>
  )
}
