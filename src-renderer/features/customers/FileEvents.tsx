import { PaperClipOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import type { TimelineEvent } from '../../components/Timeline.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { FileChips } from '../files/public.ts'
import { recordText as text } from './recordText.ts'

/** Files that were hung on the customer himself; those of a conversation stand with its words. */
export function useFileEvents(customer: Customer, person: string | null) {
  const t = useText(text)
  const mayRead = useCan('files.read')
  const files = useQuery(
    useApi().files.ofCustomer.queryOptions({ input: { customerId: customer.id }, enabled: mayRead, meta: { shown: true } }),
  )
  const rows = (files.data?.rows ?? []).filter(
    ({ entity, authorId }) => entity === 'customer' && (person === null || authorId === person),
  )
  return {
    events: rows.map(
      (file): TimelineEvent => ({
        key: file.id,
        at: file.createdAt,
        icon: <PaperClipOutlined />,
        tone: 'plum',
        who: file.authorName ?? t('authorless'),
        what: t('uploadedFile'),
        said: <FileChips files={[file]} />,
      }),
    ),
    // Of very many files the oldest stand in their own tab only.
    reached: null,
    count: undefined,
    more: () => undefined,
    isPending: mayRead && files.isPending,
    error: files.data ? null : files.error,
    retry: () => void files.refetch(),
    feature: 'files',
  }
}
