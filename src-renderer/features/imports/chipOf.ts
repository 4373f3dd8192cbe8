import type { CheckRow } from '../../../src-shared/features/imports/model.ts'

/**
 * What stands beside a row: what becomes of it, as the counts above say. Only where nobody can tell and nobody has decided yet is it a
 * duplicate; a row that is surely one is updated or skipped.
 */
export function chipOf({ plan, match, decision, reason }: Pick<CheckRow, 'plan' | 'match' | 'decision' | 'reason'>) {
  if (plan === 'fail') return 'failed'
  if (plan === 'skip') return reason === 'unchanged' ? 'skipUnchanged' : 'skip'
  return plan === 'create' && match !== null && !match.sure && decision === null ? 'dupChip' : plan
}
