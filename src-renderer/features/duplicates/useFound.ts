import { useEffect, useRef } from 'react'
import type { DuplicateRun } from '../../../src-shared/features/duplicates/model.ts'

/** Tells once when the search that was seen at work has become the newest result. */
export function useFound(going: string | null, last: DuplicateRun | null, tell: (run: DuplicateRun) => void): void {
  const seen = useRef<string | null>(null)
  const latest = useRef(tell)
  latest.current = tell
  useEffect(() => {
    if (going !== null) seen.current = going
    else if (last !== null && seen.current === last.id) {
      seen.current = null
      latest.current(last)
    }
  }, [going, last])
}
