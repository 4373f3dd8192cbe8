import { useState } from 'react'
import { useFormKnown } from './useLayout.ts'

type Begun = Readonly<Record<string, unknown>>

/**
 * With what a form begins, read once: when it is known what it asks; until then null. Read sooner, a field of the company would
 * begin empty over what stands in it.
 */
export function useBegun(read: () => Begun): Begun | null {
  const isKnown = useFormKnown()
  const [begun, setBegun] = useState<Begun | null>(null)
  if (!isKnown || begun !== null) return begun
  const first = read()
  setBegun(first)
  return first
}
