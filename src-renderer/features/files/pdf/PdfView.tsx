import './pdf.css'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import type { FileBrief } from '../../../../src-shared/features/files/model.ts'
import { LoadFailed, Nothing, useLate } from '../../../components/states.tsx'
import { formatBytes } from '../../../kernel/format.ts'
import { useText } from '../../../kernel/text.ts'
import { MOST_BYTES, type OpenedPdf, openPdf, PdfRefused } from './document.ts'
import { PdfPage } from './PdfPage.tsx'
import { PdfTools } from './PdfTools.tsx'
import { text } from './text.ts'
import { useSheets, useWheelZoom } from './useSheets.ts'

type PdfViewProps = { file: FileBrief; foot: (tools: ReactNode) => ReactNode }
type State = { is: 'opening' } | { is: 'open'; opened: OpenedPdf } | { is: 'failed'; error: unknown }

/** A PDF, drawn by us and not by the browser; what cannot be drawn is told, with the download beside it. */
export function PdfView({ file, foot }: PdfViewProps) {
  const [state, setState] = useState<State>({ is: 'opening' })
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    const life = new AbortController()
    setState({ is: 'opening' })
    void openPdf(file, life.signal).then(
      (opened) => setState({ is: 'open', opened }),
      (error: unknown) => life.signal.aborted || setState({ is: 'failed', error }),
    )
    return () => life.abort()
    // The bytes of a number never change; its line in the list is made anew with each answer.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [file.id, attempt])
  if (state.is === 'open') return <Reader name={file.name} opened={state.opened} foot={foot} />
  return (
    <>
      <div className="file-preview pdf-room">
        {state.is === 'opening' ? <Opening /> : <NotShown error={state.error} onRetry={() => setAttempt(attempt + 1)} />}
      </div>
      {foot(null)}
    </>
  )
}

function Opening() {
  const t = useText(text)
  return useLate(150) ? <Nothing>{t('opening')}</Nothing> : null
}

function NotShown({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useText(text)
  if (!(error instanceof PdfRefused)) return <LoadFailed error={error} feature="files" onRetry={onRetry} />
  return <Nothing>{t(error.reason, { most: formatBytes(MOST_BYTES) })}</Nothing>
}

function Reader({ name, opened, foot }: { name: string; opened: OpenedPdf; foot: PdfViewProps['foot'] }) {
  const scroller = useRef<HTMLDivElement>(null)
  const sheets = useSheets(opened, scroller)
  useWheelZoom(scroller, sheets.step)
  useEffect(() => scroller.current?.focus({ preventScroll: true }), [])
  const onKeyDown = (event: KeyboardEvent) => {
    const element = scroller.current
    if (!element || event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement) return
    const by = element.clientHeight * 0.9
    const acts: Readonly<Record<string, () => void>> = {
      PageDown: () => element.scrollBy(0, by),
      PageUp: () => element.scrollBy(0, -by),
      Home: () => element.scrollTo({ top: 0 }),
      End: () => element.scrollTo({ top: element.scrollHeight }),
      '+': () => sheets.step(1),
      '=': () => sheets.step(1),
      '-': () => sheets.step(-1),
      0: sheets.fit,
    }
    const act = acts[event.key]
    if (act) {
      event.preventDefault()
      act()
    }
    // Arrows move a sheet that is wider than the window; the neighbouring file comes when there is nothing to move.
    if (event.key.startsWith('Arrow') && element.scrollWidth > element.clientWidth) event.stopPropagation()
  }
  return (
    // The keys are those of what is inside, wherever in it somebody is.
    <div className="pdf-reader" onKeyDown={onKeyDown}>
      <div
        ref={scroller}
        className="pdf-room pdf-scroll"
        // Scrolled by keys as well.
        tabIndex={0}
        role="region"
        aria-label={name}
        onScroll={sheets.onScroll}
      >
        <div className="pdf-sheets" style={{ height: sheets.total, minWidth: sheets.width }}>
          {sheets.sheets.map((sheet) => (
            <PdfPage key={sheet.number} pdf={opened.pdf} {...sheet} onSize={sheets.learn} />
          ))}
        </div>
      </div>
      {foot(<PdfTools sheets={sheets} />)}
    </div>
  )
}
