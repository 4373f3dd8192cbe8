import './invoices.css'
import { Suspense, useState } from 'react'
import type { Invoice } from '../../../src-shared/features/invoices/model.ts'
import { Nothing } from '../../components/states.tsx'
import { Money } from '../../components/values.tsx'
import { later } from '../../kernel/later.ts'
import { optionWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { StatusText } from './columns.tsx'
import { text } from './text.ts'

const InvoiceOver = later(() => import('./InvoiceOver.tsx').then((module) => module.InvoiceOver))

/** `partFen`: what of it is for the order at hand, where that is not all of it. */
export type Paper = { invoice: Invoice; partFen?: number | null }

/** Invoices line by line; each opens over the page. */
export function Papers({ papers }: { papers: readonly Paper[] }) {
  const t = useText(text)
  const [opened, setOpened] = useState<Invoice | null>(null)
  return (
    <div>
      {papers.length === 0 && <Nothing>{t('noneHere')}</Nothing>}
      {papers.map(({ invoice, partFen }) => (
        <button key={invoice.id} type="button" className="bare inv-line" onClick={() => setOpened(invoice)}>
          <span className="num t3 s12">{invoice.requestedOn}</span>
          <span className="grow el">
            <span className="num inv-name b">{invoice.number}</span>
            <span className="t3 s12">
              {' '}
              {[invoice.kind && optionWord('invoices', 'kind', invoice.kind), invoice.buyer, invoice.officialNumber]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </span>
          <StatusText row={invoice} />
          <span className={invoice.status === 'void' ? 'inv-void' : undefined}>
            <Money fen={partFen ?? invoice.amountFen} />
          </span>
        </button>
      ))}
      <Suspense>{opened && <InvoiceOver row={opened} onClose={() => setOpened(null)} />}</Suspense>
    </div>
  )
}
