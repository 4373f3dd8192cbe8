import './print.css'
import { ArrowLeftOutlined, PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { DocumentTemplate } from '../../../src-shared/features/documents/model.ts'
import { capitalAmount } from '../../../src-shared/kernel/documents/amountText.ts'
import { formatMoney } from '../../kernel/format.ts'
import { currentLanguage, useText } from '../../kernel/text.ts'
import { text } from './text.ts'

type PrintPageProps = { backTo: string; back: string; note?: ReactNode; children: ReactNode }
/** A document to be printed: what the browser prints is the sheet alone. Every word is text, never markup. */
export function PrintPage({ backTo, back, note, children }: PrintPageProps) {
  const t = useText(text)
  return (
    <main className="page print-page">
      <header className="phead print-tools">
        <a href={backTo} className="t3">
          <ArrowLeftOutlined /> {back}
        </a>
        <span className="grow" />
        {note}
        <Button type="primary" icon={<PrinterOutlined />} onClick={() => window.print()}>
          {t('printNow')}
        </Button>
      </header>
      <div className="print-scroll">{children}</div>
    </main>
  )
}

export type Fact = readonly [label: string, value: string | null]
type SheetProps = { template: DocumentTemplate; facts: readonly Fact[]; terms: string; children: ReactNode }
/** The head, what it is about, its lines and what they come to, the terms, and who signs. */
export function Sheet({ template, facts, terms, children }: SheetProps) {
  const t = useText(text)
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
      {children}
      {terms.trim() !== '' && (
        <section className="sheet-terms">
          <h2>{t('docTerms')}</h2>
          <div className="sheet-words">{terms}</div>
        </section>
      )}
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

type SheetLine = {
  id: string
  name: string
  spec?: string | null
  unit: string | null
  quantity: string
  priceFen: number
  discount: string
  taxRate: string | null
  amountFen: number
  note: string | null
}

/** The lines of a document; columns that none of them fills are left out. */
export function SheetLines({ lines }: { lines: readonly SheetLine[] }) {
  const t = useText(text)
  const isDiscounted = lines.some(({ discount }) => Number(discount) > 0)
  const hasSpec = lines.some(({ spec }) => spec !== undefined)
  return (
    <table className="sheet-lines">
      <thead>
        <tr>
          <th>{t('colNo')}</th>
          <th className="l">{t('colName')}</th>
          {hasSpec && <th className="l">{t('colSpec')}</th>}
          <th>{t('colUnit')}</th>
          <th className="r">{t('colQuantity')}</th>
          <th className="r">{t('colPrice')}</th>
          {isDiscounted && <th className="r">{t('colDiscount')}</th>}
          <th className="r">{t('colTax')}</th>
          <th className="r">{t('colAmount')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line, n) => (
          <tr key={line.id}>
            <td>{n + 1}</td>
            <td className="l">
              {line.name}
              {line.note && <div className="sheet-note">{line.note}</div>}
            </td>
            {hasSpec && <td className="l">{line.spec}</td>}
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

type Sums = { linesFen: number | null; discountFen: number | null; taxFen: number | null; totalFen: number | null }
/** What it comes to, in Chinese in capital numerals as well. */
export function SheetTotals({ linesFen, discountFen, taxFen, totalFen }: Sums) {
  const t = useText(text)
  return (
    <dl className="sheet-totals">
      {Boolean(discountFen) && (
        <>
          <dt>{t('docLines')}</dt>
          <dd>{formatMoney(linesFen ?? 0)}</dd>
          <dt>{t('docDiscount')}</dt>
          <dd>−{formatMoney(discountFen ?? 0)}</dd>
        </>
      )}
      <dt>{t('docTax')}</dt>
      <dd>{formatMoney(taxFen ?? 0)}</dd>
      <dt className="sheet-total">{t('docTotal')}</dt>
      <dd className="sheet-total">¥{formatMoney(totalFen ?? 0)}</dd>
      {currentLanguage() === 'zh-CN' && (
        <>
          <dt>{t('docCapital')}</dt>
          <dd>{capitalAmount(totalFen ?? 0)}</dd>
        </>
      )}
    </dl>
  )
}
