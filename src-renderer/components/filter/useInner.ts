import { useState } from 'react'
import { type Draft, type DraftRule, draftOf, EMPTY } from './draft.ts'

/** The conditions on related records while they are written: they say nothing until one is complete, but stay in sight. */
export function useInner(rule: DraftRule, tell: (draft: Draft) => void) {
  const [draft, setDraft] = useState<Draft | null>(() => (rule.of ? draftOf(rule.of) : null))
  return {
    draft,
    setDraft: (next: Draft | null) => {
      setDraft(next)
      tell(next ?? draftOf(EMPTY))
    },
  }
}
