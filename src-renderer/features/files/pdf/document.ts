import {
  getDocument,
  PasswordException,
  type PDFDocumentProxy,
  type PDFPageProxy,
  PDFWorker,
  RenderingCancelledException,
  TextLayer,
  VerbosityLevel,
  version,
} from 'pdfjs-dist/legacy/build/pdf.mjs'
// An address, made by Vite.
// oxlint-disable-next-line import/default
import script from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url'
import type { FileBrief } from '../../../../src-shared/features/files/model.ts'
import { fetchBytes } from '../send.ts'
import { dotsFor, type Size, soundSize } from './layout.ts'

/** All of it is held in memory, twice for a moment. */
export const MOST_BYTES = 100 * 1_048_576
/** A picture inside of more dots than this is a bomb, not a scan. */
const MOST_DOTS = 200_000_000
/** A thread that does not answer is not waited for. */
const LAST_WORD_MS = 1_000
/** Laid there by build/pdfAssets.ts. */
const ASSETS = `/assets/pdf-${version}`

export type PdfRefusal = 'locked' | 'broken' | 'tooLarge'
/** It is a file, and was fetched, but is not one that can be shown. */
export class PdfRefused extends Error {
  readonly reason: PdfRefusal
  constructor(reason: PdfRefusal, cause?: unknown) {
    super(reason, { cause })
    this.reason = reason
  }
}

export type OpenedPdf = { readonly pdf: PDFDocumentProxy; readonly first: Size }
export type { PDFDocumentProxy, PDFPageProxy }

/**
 * Fetches a PDF by the road every file takes and has it read in a thread of its own, until the signal says it is closed.
 * What a PDF wants to do (scripts, links, forms, fetching) has nobody here who would do it.
 */
export async function openPdf(file: FileBrief, life: AbortSignal): Promise<OpenedPdf> {
  if (file.size > MOST_BYTES) throw new PdfRefused('tooLarge')
  const data = await fetchBytes(file.id, life)
  const thread = new Worker(script, { type: 'module' })
  const worker = PDFWorker.create({ port: thread, verbosity: VerbosityLevel.ERRORS })
  const task = getDocument({
    data,
    worker,
    verbosity: VerbosityLevel.ERRORS,
    cMapUrl: `${ASSETS}/cmaps/`,
    standardFontDataUrl: `${ASSETS}/standard_fonts/`,
    wasmUrl: `${ASSETS}/wasm/`,
    useWasm: false,
    // Asked for where it is used: app:// is not among the schemes that pdf.js itself would take for fetching.
    useWorkerFetch: true,
    maxImageSize: MOST_DOTS,
    enableXfa: false,
  })
  life.addEventListener('abort', () => void close(task, worker, thread), { once: true })
  const notStarted = new Promise<never>((_done, fail) =>
    thread.addEventListener('error', (event) => fail(new Error(event.message || 'the thread that reads PDFs did not start'))),
  )
  const pdf = await Promise.race([task.promise.catch(refuse), notStarted])
  return { pdf, first: await firstSize(pdf) }
}

const refuse = (error: unknown): never => {
  throw new PdfRefused(error instanceof PasswordException ? 'locked' : 'broken', error)
}

/** Of a first page that is broken nothing is known; the others may be whole. */
const firstSize = (pdf: PDFDocumentProxy): Promise<Size> => pdf.getPage(1).then(sizeOf, () => soundSize({ width: 0, height: 0 }))

async function close(task: { destroy: () => Promise<void> }, worker: PDFWorker, thread: Worker): Promise<void> {
  const timer = setTimeout(() => thread.terminate(), LAST_WORD_MS)
  try {
    await task.destroy()
  } finally {
    clearTimeout(timer)
    worker.destroy()
    thread.terminate()
  }
}

export const sizeOf = (page: PDFPageProxy): Size => soundSize(page.getViewport({ scale: 1 }))

/** Draws a page beside what is shown of it, and changes the two when it is done; answers with what stops it. */
export function drawPage(page: PDFPageProxy, scale: number, place: HTMLElement, onFail: () => void): () => void {
  const { width, height } = page.getViewport({ scale })
  const viewport = page.getViewport({ scale: scale * dotsFor(width, height, devicePixelRatio) })
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.floor(viewport.width))
  canvas.height = Math.max(1, Math.floor(viewport.height))
  const task = page.render({ canvas, viewport })
  task.promise.then(
    () => {
      emptyPlace(place)
      place.append(canvas)
    },
    (error: unknown) => {
      canvas.width = 0
      if (!(error instanceof RenderingCancelledException)) onFail()
    },
  )
  return () => task.cancel()
}

/** A canvas keeps its memory until it is collected, unless it is told that it is empty. */
export function emptyPlace(place: HTMLElement): void {
  for (const canvas of place.querySelectorAll('canvas')) canvas.width = 0
  place.replaceChildren()
}

/** The words of a page, unseen over what is drawn: to be marked, copied, and read aloud. */
export function writeWords(page: PDFPageProxy, place: HTMLElement): () => void {
  const layer = new TextLayer({
    textContentSource: page.streamTextContent(),
    container: place,
    viewport: page.getViewport({ scale: 1 }),
  })
  layer.render().catch(() => undefined)
  return () => {
    layer.cancel()
    place.replaceChildren()
  }
}
