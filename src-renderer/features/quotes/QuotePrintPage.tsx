import './print.css'
import { ArrowLeftOutlined, PrinterOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import type { DocumentTemplate } from '../../../src-shared/features/documents/model.ts'
import type { Quote, QuoteContent, QuoteId } from '../../../src-shared/features/quotes/model.ts'
import { capitalAmount } from '../../../src-shared/kernel/documents/amountText.ts'
import { LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { useApi } from '../../kernel/context.tsx'
import { formatMoney } from '../../kernel/format.ts'
import { currentLanguage, useText } from '../../kernel/text.ts'
import { text } from './text.ts'

/** The quote as a document: what the browser prints is the sheet alone. Every word is text, never markup. */
export function QuotePrintPage() {
  const t = useText(text)
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const api = useApi()
  const shown = { shown: true }
  const quote = useQuery(api.quotes.get.queryOptions({ input: { id: id as QuoteId }, meta: shown }))
  const content = useQuery(api.quotes.content.queryOptions({ input: { id: id as QuoteId }, meta: shown }))
  const templates = useQuery(api.documents.templates.queryOptions({ input: {}, meta: shown }))
  const failed = quote.error ?? content.error ?? templates.error
  const template = templates.data?.find(({ kind }) => kind === 'quote')
  if (failed)
    return <LoadFailed error={failed} feature="quotes" onRetry={() => void Promise.all([quote.refetch(), content.refetch()])} />
  if (!quote.data || !content.data || !template) return <SkeletonRows rows={18} height={40} />
  return (
    <main className="page print-page">
      <header className="phead print-tools">
        <a href={`/quotes/${id}`} className="t3">
          <ArrowLeftOutlined /> {t('back')}
        </a>
        <span className="grow" />
        {quote.data.status === 'draft' && <span className="twarn s12">{t('notForPrint')}</span>}
        <Button type="primary" icon={<PrinterOutlined />} onClick={() => window.print()}>
          {t('printNow')}
        </Button>
      </header>
      <div className="print-scroll">
        <Sheet quote={quote.data} content={content.data} template={template} />
      </div>
    </main>
  )
}

type SheetProps = { quote: Quote; content: QuoteContent; template: DocumentTemplate }
function Sheet({ quote, content, template }: SheetProps) {
  const t = useText(text)
  const facts: readonly (readonly [string, string | null])[] = [
    [t('docTo'), quote.customerName],
    [t('docNumber'), quote.number],
    [t('docContact'), quote.contactName],
    [t('docDate'), quote.quotedOn],
    [t('docFrom'), quote.ownerName],
    [t('docValid'), quote.validUntil],
  ]
  return (
    <article className="sheet" aria-label={template.title}>
      <header className="sheet-head">
        <div className="sheet-company">{template.company}</div>
        {template.head && <div className="sheet-words">{template.head}</div>}
        <h1>{template.title}</h1>
      </header>
      <dl className="sheet-facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value ?? ''}</dd>
          </div>
        ))}
      </dl>
      {template.intro && <p className="sheet-words">{template.intro}</p>}
      <SheetLines content={content} />
      <Totals quote={quote} />
      <Terms terms={quote.terms ?? template.terms} />
      <footer className="sheet-signatures">
        {template.signature
          .split('\n')
          .filter((line) => line.trim() !== '')
          .map((line) => (
            <div key={line}>
              <div>{line}</div>
              <div className="sheet-day">{t('docDay')}</div>
            </div>
          ))}
      </footer>
    </article>
  )
}

function SheetLines({ content }: { content: QuoteContent }) {
  const t = useText(text)
  const isDiscounted = content.lines.some(({ discount }) => Number(discount) > 0)
  return (
    <table className="sheet-lines">
      <thead>
        <tr>
          <th>{t('colNo')}</th>
          <th className="l">{t('colName')}</th>
          <th className="l">{t('colSpec')}</th>
          <th>{t('colUnit')}</th>
          <th className="r">{t('colQuantity')}</th>
          <th className="r">{t('colPrice')}</th>
          {isDiscounted && <th className="r">{t('colDiscount')}</th>}
          <th className="r">{t('colTax')}</th>
          <th className="r">{t('colAmount')}</th>
        </tr>
      </thead>
      <tbody>
        {content.lines.map((line, n) => (
          <tr key={line.id}>
            <td>{n + 1}</td>
            <td className="l">
              {line.name}
              {line.note && <div className="sheet-note">{line.note}</div>}
            </td>
            <td className="l">{line.spec}</td>
            <td>{line.unit}</td>
            <td className="r">{line.quantity}</td>
            <td className="r">{formatMoney(line.priceFen)}</td>
            {isDiscounted && <td className="r">{line.discount === '0' ? '' : `${line.discount}%`}</td>}
            <td className="r">{line.taxRate === null ? '' : `${line.taxRate}%`}</td>
            <td className="r">{formatMoney(line.amountFen)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Totals({ quote }: { quote: Quote }) {
  const t = useText(text)
  return (
    <dl className="sheet-totals">
      {Boolean(quote.discountFen) && (
        <>
          <dt>{t('docLines')}</dt>
          <dd>{formatMoney(quote.linesFen ?? 0)}</dd>
          <dt>{t('docDiscount')}</dt>
          <dd>−{formatMoney(quote.discountFen ?? 0)}</dd>
        </>
      )}
      <dt>{t('docTax')}</dt>
      <dd>{formatMoney(quote.taxFen ?? 0)}</dd>
      <dt className="sheet-total">{t('docTotal')}</dt>
      <dd className="sheet-total">¥{formatMoney(quote.totalFen)}</dd>
      {currentLanguage() === 'zh-CN' && (
        <>
          <dt>{t('docCapital')}</dt>
          <dd>{capitalAmount(quote.totalFen)}</dd>
        </>
      )}
    </dl>
  )
}

function Terms({ terms }: { terms: string }) {
  const t = useText(text)
  if (terms.trim() === '') return null
  return (
    <section className="sheet-terms">
      <h2>{t('docTerms')}</h2>
      <div className="sheet-words">{terms}</div>
    </section>
  )
}
