import { useEffect, useRef, useState } from 'react'
import type { FileId, Upload } from '../../../src-shared/features/files/model.ts'
import { failureText } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { sendFile } from './send.ts'

export type Sending = {
  readonly key: string
  readonly file: File
  /** A pasted or dropped picture as the browser has it, before the host does. */
  readonly look: string | null
  readonly upload: Upload | null
  readonly problem: string | null
}

const isLooked = (file: File): boolean => /^image\/(png|jpeg|gif|webp|bmp)$/.test(file.type) && file.size < 20_000_000
const LOOK_PX = 56

/** A small copy of a picture, drawn by the browser; what only calls itself one has none. */
async function lookOf(file: File): Promise<string | null> {
  try {
    const picture = await createImageBitmap(file, { resizeHeight: LOOK_PX, resizeQuality: 'medium' })
    const canvas = document.createElement('canvas')
    canvas.width = picture.width
    canvas.height = picture.height
    canvas.getContext('2d')?.drawImage(picture, 0, 0)
    picture.close()
    return canvas.toDataURL('image/webp')
  } catch {
    // Not a picture that can be decoded: it is shown by its sign, and the host says what it is.
    return null
  }
}

/** Files on their way to the host: sent at once, taken out again as long as nothing hangs them on a record. */
export function useSending() {
  const [list, setList] = useState<readonly Sending[]>([])
  const stops = useRef(new Map<string, AbortController>())
  useEffect(() => {
    const running = stops.current
    return () => {
      for (const stop of running.values()) stop.abort()
    }
  }, [])
  const change = (key: string, part: Partial<Sending>) =>
    setList((old) => old.map((one) => (one.key === key ? { ...one, ...part } : one)))
  const send = async (key: string, file: File): Promise<void> => {
    const stop = new AbortController()
    stops.current.set(key, stop)
    change(key, { problem: null })
    try {
      change(key, { upload: await sendFile(file, stop.signal) })
    } catch (error) {
      if (!stop.signal.aborted) change(key, { problem: failureText(error, 'files') })
    } finally {
      stops.current.delete(key)
    }
  }
  const add = (files: readonly File[]): void => {
    const fresh = files.map((file): Sending => ({ key: newId(), file, look: null, upload: null, problem: null }))
    setList((old) => [...old, ...fresh])
    for (const { key, file } of fresh) {
      void send(key, file)
      if (isLooked(file)) void lookOf(file).then((look) => change(key, { look }))
    }
  }
  return {
    list,
    add,
    again: (one: Sending) => void send(one.key, one.file),
    remove: (key: string) => {
      stops.current.get(key)?.abort()
      setList((old) => old.filter((one) => one.key !== key))
    },
    /** What hangs on a record now; what did not arrive stays, with its reason. */
    clear: () => setList((old) => old.filter(({ upload }) => upload === null)),
    isBusy: list.some(({ upload, problem }) => upload === null && problem === null),
    hasFailed: list.some(({ problem }) => problem !== null),
    ready: list.flatMap(({ upload }) => (upload ? [upload.id as FileId] : [])),
  }
}
export type SendingFiles = ReturnType<typeof useSending>
