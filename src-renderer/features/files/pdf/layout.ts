/** A page's paper, in points. */
export type Size = { readonly width: number; readonly height: number }
/** A share of the paper's own size, or as wide as there is room. */
export type Zoom = number | 'fit'

/** Pixels of the screen for a point of paper at 100 %. */
export const FULL = 96 / 72
/** Around and between sheets. */
export const EDGE = 12
const A4: Size = { width: 595, height: 842 }

const STEPS = [0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4]
/** A receipt is not blown up to the width of a screen. */
const FIT_MOST = 1.6
/** Browsers refuse canvases somewhere above this; a large one is drawn coarser instead. */
const CANVAS_MOST = 16_777_216
/** And what is scrolled cannot be taller than this. */
const SCROLL_MOST = 30_000_000

/** The zoom of one sheet. Fitted, each fits by itself: a landscape annex is seen whole as well. */
export function zoomOf(zoom: Zoom, size: Size, room: number, pages: number): number {
  const wanted = zoom === 'fit' ? Math.min(FIT_MOST, (room - 2 * EDGE) / (size.width * FULL)) : zoom
  return Math.max(0.02, Math.min(wanted, SCROLL_MOST / (pages * size.height * FULL)))
}

/** The next step from where it is, which need not be one. */
export function stepFrom(zoom: number, by: 1 | -1): number {
  const next = by > 0 ? STEPS.find((step) => step > zoom * 1.02) : STEPS.findLast((step) => step < zoom * 0.98)
  return next ?? zoom
}

/** Dots of a canvas for each pixel of the page: those of the screen, as far as a canvas can be so large. */
export const dotsFor = (width: number, height: number, ofScreen: number): number =>
  Math.min(ofScreen, Math.sqrt(CANVAS_MOST / (width * height)))

/** What a page says of its paper; nonsense is taken for A4. */
export const soundSize = ({ width, height }: Size): Size =>
  width >= 1 && height >= 1 && Number.isFinite(width) && Number.isFinite(height) ? { width, height } : A4

/** The number somebody typed as a page that exists, or null. */
export function pageTyped(typed: string, pages: number): number | null {
  const page = Number(typed.normalize('NFKC').trim())
  return typed.trim() === '' || !Number.isInteger(page) ? null : Math.min(pages, Math.max(1, page))
}
