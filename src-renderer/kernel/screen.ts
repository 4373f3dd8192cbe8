import { type RefObject, useEffect, useState, useSyncExternalStore } from 'react'

const media = new Map<string, MediaQueryList>()
function query(text: string): MediaQueryList {
  const known = media.get(text) ?? window.matchMedia(text)
  media.set(text, known)
  return known
}
function useMedia(text: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = query(text)
      list.addEventListener('change', listener)
      return () => list.removeEventListener('change', listener)
    },
    () => query(text).matches,
  )
}

export const useIsPhone = (): boolean => useMedia('(max-width: 699px)')
/** Below this the navigation gives way when a side panel opens. */
export const useIsNarrow = (): boolean => useMedia('(max-width: 1399px)')
export const useSystemDark = (): boolean => useMedia('(prefers-color-scheme: dark)')

/** Asked for by the system: nothing moves by itself. */
export const useStillness = (): boolean => useMedia('(prefers-reduced-motion: reduce)')

/** Whoever points with a mouse types on keys, not on the screen. */
export const useHasMouse = (): boolean => useMedia('(pointer: fine)')

/** Inner width of a scrolling element, without its scroll bar. */
export function useElementWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const target = element.current
    if (!target) return undefined
    const observer = new ResizeObserver(() => setWidth(target.clientWidth))
    observer.observe(target)
    return () => observer.disconnect()
  }, [element])
  return width
}
