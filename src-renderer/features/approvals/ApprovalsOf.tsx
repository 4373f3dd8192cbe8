import { useQuery } from '@tanstack/react-query'
import type { Subject } from '../../../src-shared/features/approvals/model.ts'
import { LoadFailed, Nothing, SkeletonRows } from '../../components/states.tsx'
import { useApi } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { ApprovalCard } from './ApprovalCard.tsx'
import { text } from './text.ts'

/** Every request about one record, the newest first. */
export function ApprovalsOf({ subject, id }: { subject: Subject; id: string }) {
  const t = useText(text)
  const found = useQuery(useApi().approvals.ofRecord.queryOptions({ input: { subject, id }, meta: { shown: true } }))
  if (!found.data)
    return found.error ? (
      <LoadFailed error={found.error} feature="approvals" onRetry={() => void found.refetch()} />
    ) : (
      <SkeletonRows rows={3} height={44} />
    )
  if (found.data.length === 0) return <Nothing>{t('none')}</Nothing>
  return found.data.map((row) => <ApprovalCard key={row.id} row={row} />)
}
