import { readFile, stat, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { app, BrowserWindow, dialog, type MessagePortMain, Notification, type WebContents } from 'electron'
import { z } from 'zod'
import { showWindow } from './mainWindow.ts'

/** As much as an import may bring: the page would refuse more anyway. */
const MOST_BYTES = 200 * 1024 * 1024

/** A file name and never a path: the page proposes, the person decides where. */
const fileName = z
  .string()
  .min(1)
  .max(200)
  .refine((name) => !/[\\/:*?"<>|\u0000-\u001f]/.test(name) && name !== '.' && name !== '..')
const extensions = z.array(z.string().regex(/^[a-z0-9]{1,8}$/)).max(10)

const SCHEMAS = {
  openFile: z.strictObject({ title: z.string().max(100), extensions }),
  saveFile: z.strictObject({ title: z.string().max(100), name: fileName, bytes: z.instanceof(Uint8Array) }),
  notify: z.strictObject({ title: z.string().min(1).max(100), body: z.string().max(500) }),
  badge: z.strictObject({ count: z.number().int().min(0).max(999) }),
} as const

type Call = keyof typeof SCHEMAS
type Input<C extends Call> = z.infer<(typeof SCHEMAS)[C]>
type Answer = { ok: true; value: unknown } | { ok: false; why: 'badRequest' | 'tooLarge' | 'failed' }

const envelope = z.strictObject({
  id: z.number().int().nonnegative(),
  call: z.enum(['openFile', 'saveFile', 'notify', 'badge']),
  input: z.unknown(),
})

const windowOf = (contents: WebContents): BrowserWindow => {
  const window = BrowserWindow.fromWebContents(contents)
  if (!window) throw new Error('a dialog was asked for by a page without a window')
  return window
}

/** The page gets name and content, never the path: a path would tell it where this person keeps things. */
async function openFile(contents: WebContents, { title, extensions: allowed }: Input<'openFile'>): Promise<Answer> {
  const filters = allowed.length > 0 ? [{ name: title, extensions: allowed }] : []
  const { canceled, filePaths } = await dialog.showOpenDialog(windowOf(contents), { title, filters, properties: ['openFile'] })
  const [path] = filePaths
  if (canceled || !path) return { ok: true, value: null }
  if ((await stat(path)).size > MOST_BYTES) return { ok: false, why: 'tooLarge' }
  return { ok: true, value: { name: basename(path), bytes: new Uint8Array(await readFile(path)) } }
}

async function saveFile(contents: WebContents, { title, name, bytes }: Input<'saveFile'>): Promise<Answer> {
  if (bytes.byteLength > MOST_BYTES) return { ok: false, why: 'tooLarge' }
  const { canceled, filePath } = await dialog.showSaveDialog(windowOf(contents), { title, defaultPath: name })
  if (canceled || !filePath) return { ok: true, value: false }
  await writeFile(filePath, bytes)
  return { ok: true, value: true }
}

/** Held until it is clicked or gone: one that nobody holds is swept away, and its click with it. */
const showing = new Set<Notification>()

/** Says something outside of the window; a click brings the window to the front. */
function notify(contents: WebContents, { title, body }: Input<'notify'>): Answer {
  if (!Notification.isSupported()) return { ok: true, value: false }
  const said = new Notification({ title, body })
  showing.add(said)
  said.on('close', () => showing.delete(said))
  said.on('click', () => {
    showing.delete(said)
    if (!contents.isDestroyed()) showWindow(windowOf(contents))
  })
  said.show()
  return { ok: true, value: true }
}

/** The number on the icon where a system has one; elsewhere the window asks for a look when there is more than before. */
const counted = new WeakMap<WebContents, number>()
function badge(contents: WebContents, { count }: Input<'badge'>): Answer {
  const hasNumber = app.setBadgeCount(count)
  const window = windowOf(contents)
  if (!hasNumber) window.flashFrame(count > (counted.get(contents) ?? 0) && !window.isFocused())
  counted.set(contents, count)
  return { ok: true, value: hasNumber }
}

async function answer(contents: WebContents, call: Call, input: unknown): Promise<Answer> {
  const parsed = SCHEMAS[call].safeParse(input)
  if (!parsed.success) return { ok: false, why: 'badRequest' }
  if (call === 'openFile') return openFile(contents, parsed.data as Input<'openFile'>)
  if (call === 'saveFile') return saveFile(contents, parsed.data as Input<'saveFile'>)
  if (call === 'badge') return badge(contents, parsed.data as Input<'badge'>)
  return notify(contents, parsed.data as Input<'notify'>)
}

/** Answers what a page asks of the desktop. One request at a time: a page cannot bury a person in dialogs. */
export function serveShell(port: MessagePortMain, contents: WebContents, logFault: (error: unknown) => void): void {
  let turn = Promise.resolve()
  const take = async (data: unknown): Promise<void> => {
    const parsed = envelope.safeParse(data)
    if (!parsed.success) return port.postMessage({ id: null, ok: false, why: 'badRequest' })
    const { id, call, input } = parsed.data
    const result = await answer(contents, call, input).catch((error: unknown): Answer => {
      logFault(error)
      return { ok: false, why: 'failed' }
    })
    port.postMessage({ id, ...result })
  }
  port.on('message', ({ data }) => {
    turn = turn.then(() => take(data)).catch(logFault)
  })
  port.start()
}
