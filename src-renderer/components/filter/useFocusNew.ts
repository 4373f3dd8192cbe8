import { useEffect, useRef } from 'react'
import { useHasMouse } from '../../kernel/screen.ts'

/** Whether a row that comes now takes the focus: somebody added it and fills it in next. Where he taps, the keyboard would cover it. */
export function useFocusNew(): boolean {
  const hasMouse = useHasMouse()
  const isShown = useRef(false)
  useEffect(() => {
    isShown.current = true
  }, [])
  return hasMouse && isShown.current
}
