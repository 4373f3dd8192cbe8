import { useEffect, useRef, useState } from 'react'
import { Nothing } from '../../../components/states.tsx'
import { useText } from '../../../kernel/text.ts'
import { drawPage, emptyPlace, type PDFDocumentProxy, type PDFPageProxy, sizeOf, writeWords } from './document.ts'
import type { Size } from './layout.ts'
import { text } from './text.ts'

/** What is only scrolled past is not drawn. */
const PASSING_MS = 60

type PdfPageProps = {
  pdf: PDFDocumentProxy
  /** Counted from 1, as people do. */
  number: number
  top: number
  /** In points, and pixels for each of them. */
  size: Size
  scale: number
  onSize: (number: number, size: Size) => void
}

/** One sheet: its paper at once, then what is on it; gone from memory as soon as it is out of sight. */
export function PdfPage({ pdf, number, top, size, scale, onSize }: PdfPageProps) {
  const t = useText(text)
  const [page, setPage] = useState<PDFPageProxy | null>(null)
  const [failed, setFailed] = useState(false)
  const drawn = useRef<HTMLDivElement>(null)
  const words = useRef<HTMLDivElement>(null)
  useEffect(() => {
    let gone = false
    const take = (found: PDFPageProxy) => {
      if (gone) return
      onSize(number, sizeOf(found))
      setPage(found)
    }
    const timer = setTimeout(() => void pdf.getPage(number).then(take, () => gone || setFailed(true)), PASSING_MS)
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [pdf, number, onSize])
  useEffect(() => {
    const place = drawn.current
    return page && place ? drawPage(page, scale, place, () => setFailed(true)) : undefined
  }, [page, scale])
  useEffect(() => {
    const place = drawn.current
    const stop = page && words.current ? writeWords(page, words.current) : undefined
    return () => {
      stop?.()
      if (place) emptyPlace(place)
      page?.cleanup()
    }
  }, [page])
  const style = { top, width: size.width * scale, height: size.height * scale, '--total-scale-factor': scale }
  return (
    <div className="pdf-page" role="group" aria-label={t('pageN', { n: number })} style={style}>
      {failed ? (
        <Nothing>{t('pageFailed', { n: number })}</Nothing>
      ) : (
        <>
          <div ref={drawn} className="pdf-drawn" aria-hidden />
          <div ref={words} className="pdf-words" />
        </>
      )}
    </div>
  )
}
