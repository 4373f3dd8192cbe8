import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { OrderId, Plan } from '../../../src-shared/features/orders/model.ts'
import { LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { useApi } from '../../kernel/context.tsx'
import { formatMoney } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { type Fact, PrintPage, Sheet, SheetLines, SheetTotals } from '../documents/forms.ts'
import { text } from './text.ts'

/** The order as a contract: both parties, its lines, what it comes to, when it is paid, the terms, and who signs. */
export function ContractPrintPage() {
  const t = useText(text)
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const api = useApi()
  const shown = { shown: true }
  const order = useQuery(api.orders.get.queryOptions({ input: { id: id as OrderId }, meta: shown }))
  const parts = useQuery(api.orders.parts.queryOptions({ input: { id: id as OrderId }, meta: shown }))
  const templates = useQuery(api.documents.templates.queryOptions({ input: {}, meta: shown }))
  const failed = order.error ?? parts.error ?? templates.error
  const template = templates.data?.find(({ kind }) => kind === 'contract')
  if (failed)
    return <LoadFailed error={failed} feature="orders" onRetry={() => void Promise.all([order.refetch(), parts.refetch()])} />
  if (!order.data || !parts.data || !template) return <SkeletonRows rows={18} height={40} />
  const { number, customerName, contactName, ownerName, signedOn, startsOn, endsOn, status } = order.data
  const warning = status === 'draft' ? 'notAgreed' : status === 'cancelled' ? 'calledOff' : null
  const facts: readonly Fact[] = [
    [t('docSeller'), template.company],
    [t('docNumber'), number],
    [t('docBuyer'), customerName],
    [t('docSigned'), signedOn],
    [t('docContact'), contactName],
    [t('docPeriod'), startsOn || endsOn ? `${startsOn ?? ''} — ${endsOn ?? ''}` : null],
    [t('docSales'), ownerName],
  ]
  return (
    <PrintPage backTo={`/orders/${id}`} back={t('backToOrder')} note={warning && <span className="twarn s12">{t(warning)}</span>}>
      <Sheet template={template} facts={facts.filter(([, value]) => value !== null)} terms={template.terms}>
        <SheetLines lines={parts.data.lines} />
        <SheetTotals {...order.data} />
        <SheetPlans plans={parts.data.plans.filter(({ isVoid }) => !isVoid)} />
      </Sheet>
    </PrintPage>
  )
}

/** When what is to be paid. */
function SheetPlans({ plans }: { plans: readonly Plan[] }) {
  const t = useText(text)
  if (plans.length === 0) return null
  return (
    <section className="sheet-terms">
      <h2>{t('docPlans')}</h2>
      <table className="sheet-lines">
        <thead>
          <tr>
            <th>{t('docPlanNo')}</th>
            <th>{t('docPlanDue')}</th>
            <th className="r">{t('docPlanAmount')}</th>
            <th className="l">{t('docPlanNote')}</th>
          </tr>
        </thead>
        <tbody>
          {plans.map(({ id, dueOn, amountFen, note }, n) => (
            <tr key={id}>
              <td>{n + 1}</td>
              <td>{dueOn}</td>
              <td className="r">{formatMoney(amountFen)}</td>
              <td className="l">{note}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
