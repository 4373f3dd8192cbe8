import type { NoticeKind } from '../../../src-shared/kernel/notices.ts'
import type { CommandContext } from '../../kernel/context.ts'

/** Tells somebody that customers are his now; of many he is told how many. */
export function tellOwner(
  context: Pick<CommandContext, 'notify'>,
  ownerId: string | null | undefined,
  kind: Extract<NoticeKind, 'assigned' | 'transferred'>,
  ids: readonly string[],
): void {
  const [only] = ids
  if (!ownerId || only === undefined) return
  context.notify({ employeeIds: [ownerId], kind, entity: 'customer', recordId: ids.length === 1 ? only : null, many: ids.length })
}
