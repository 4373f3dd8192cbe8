import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { QuoteId } from '../../../src-shared/features/quotes/model.ts'
import { LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { useApi } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { type Fact, PrintPage, Sheet, SheetLines, SheetTotals } from '../documents/forms.ts'
import { text } from './text.ts'
import { notForCustomer } from './words.ts'

/** The quote as a document. */
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
  const { number, customerName, contactName, quotedOn, ownerName, validUntil, terms } = quote.data
  const warning = notForCustomer(quote.data)
  const facts: readonly Fact[] = [
    [t('docTo'), customerName],
    [t('docNumber'), number],
    [t('docContact'), contactName],
    [t('docDate'), quotedOn],
    [t('docFrom'), ownerName],
    [t('docValid'), validUntil],
  ]
  return (
    <PrintPage backTo={`/quotes/${id}`} back={t('back')} note={warning && <span className="twarn s12">{t(warning)}</span>}>
      <Sheet template={template} facts={facts} terms={terms ?? template.terms}>
        <SheetLines lines={content.data.lines} />
        <SheetTotals {...quote.data} />
      </Sheet>
    </PrintPage>
  )
}
