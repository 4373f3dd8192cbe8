import { useRef } from 'react'

/** While something is held, what stood there when the holding began. */
export function useHeld<T>(value: T, held: boolean): T {
  const shown = useRef(value)
  if (!held || shown.current === undefined) shown.current = value
  return shown.current
}
