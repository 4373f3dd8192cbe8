import { KIND_RIGHTS, TARGET_KINDS, type TargetKind } from '../../../src-shared/features/targets/keys.ts'
import { mayDo, useMe } from '../../kernel/context.tsx'

/** The kinds of targets of which one may see what was reached. */
export function useKinds(): TargetKind[] {
  const me = useMe()
  if (!mayDo(me, 'targets.read')) return []
  return TARGET_KINDS.filter((kind) => KIND_RIGHTS[kind].every((right) => mayDo(me, right)))
}
