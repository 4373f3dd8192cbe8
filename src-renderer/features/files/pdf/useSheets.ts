import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { OpenedPdf } from './document.ts'
import { EDGE, FULL, type Size, stepFrom, type Zoom, zoomOf } from './layout.ts'

/** Where somebody reads: a share of a sheet at a height of the window, and of the whole width. */
type Reading = { index: number; share: number; height: number; across: number }

const TOP: Reading = { index: 0, share: 0, height: 0, across: 0.5 }

/** The sheets in sight, how large they are, and which of them is read; zooming and turning a phone leave the eye where it was. */
export function useSheets({ pdf, first }: OpenedPdf, scroller: RefObject<HTMLDivElement | null>) {
  const pages = pdf.numPages
  const room = useRoom(scroller)
  const [zoom, setZoom] = useState<Zoom>('fit')
  const [sizes, setSizes] = useState<ReadonlyMap<number, Size>>(new Map())
  const [at, setAt] = useState(0)
  const reading = useRef<Reading | null>(null)
  const sizeOf = (index: number): Size => sizes.get(index + 1) ?? first
  const zoomAt = (index: number): number => zoomOf(zoom, sizeOf(index), room, pages)
  const heightOf = (index: number): number => Math.round(sizeOf(index).height * zoomAt(index) * FULL)
  const list = useVirtualizer({
    count: room > 0 ? pages : 0,
    getScrollElement: () => scroller.current,
    estimateSize: heightOf,
    gap: EDGE,
    paddingStart: EDGE,
    paddingEnd: EDGE,
    scrollPaddingStart: EDGE,
    overscan: 1,
  })
  const total = list.getTotalSize()
  // Heights are known from sizes and zoom; the list only has to hear that they are others now.
  useLayoutEffect(() => list.measure(), [list, room, zoom, sizes])
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const { index, share, height, across } = reading.current ?? TOP
    const sheet = list.measurementsCache[index]
    if (sheet && reading.current) element.scrollTop = sheet.start + share * sheet.size - height
    element.scrollLeft = across * element.scrollWidth - element.clientWidth / 2
  }, [list, scroller, total, room])
  const onScroll = () => {
    const element = scroller.current
    if (!element) return
    const { scrollTop, clientHeight, scrollHeight, scrollLeft, clientWidth, scrollWidth } = element
    const across = (scrollLeft + clientWidth / 2) / scrollWidth
    const height = scrollTop === 0 ? 0 : clientHeight / 2
    const sheet = list.getVirtualItemForOffset(scrollTop + height)
    if (!sheet) return
    const share = (scrollTop + height - sheet.start) / sheet.size
    reading.current = { index: sheet.index, share, height, across }
    setAt(scrollTop > 0 && scrollTop + clientHeight >= scrollHeight - 2 ? pages - 1 : sheet.index)
  }
  const learn = useCallback(
    (number: number, size: Size) =>
      setSizes((old) => {
        const { width, height } = old.get(number) ?? first
        return width === size.width && height === size.height ? old : new Map(old).set(number, size)
      }),
    [first],
  )
  const sheets = list.getVirtualItems().map(({ index, start }) => ({
    number: index + 1,
    top: start,
    size: sizeOf(index),
    scale: zoomAt(index) * FULL,
  }))
  return {
    sheets,
    total,
    /** As wide as the widest known sheet. */
    width: zoom === 'fit' ? 0 : Math.max(...[first, ...sizes.values()].map(({ width }) => width)) * zoom * FULL + 2 * EDGE,
    learn,
    onScroll,
    page: at + 1,
    pages,
    zoom: zoomAt(at),
    isFit: zoom === 'fit',
    step: (by: 1 | -1) => setZoom(stepFrom(zoomAt(at), by)),
    fit: () => setZoom('fit'),
    goTo: (number: number) => list.scrollToIndex(number - 1, { align: 'start' }),
  }
}
export type Sheets = ReturnType<typeof useSheets>

/** The width there is, as it changes. */
function useRoom(scroller: RefObject<HTMLDivElement | null>): number {
  const [room, setRoom] = useState(0)
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return undefined
    const look = () => setRoom(element.clientWidth)
    look()
    const observer = new ResizeObserver(look)
    observer.observe(element)
    return () => observer.disconnect()
  }, [scroller])
  return room
}

const WHEEL_STEP = 60

/** Ctrl and the wheel, or two fingers on a touchpad. React hears wheels too late to keep the browser from zooming the page. */
export function useWheelZoom(scroller: RefObject<HTMLDivElement | null>, step: (by: 1 | -1) => void): void {
  const latest = useRef(step)
  useEffect(() => {
    latest.current = step
  })
  useEffect(() => {
    const element = scroller.current
    if (!element) return undefined
    let turned = 0
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey) return
      event.preventDefault()
      turned += event.deltaY
      if (Math.abs(turned) < WHEEL_STEP) return
      latest.current(turned < 0 ? 1 : -1)
      turned = 0
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [scroller])
}
