import { createReadStream, existsSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { fileEntity } from '../../../src-shared/features/files/entity.ts'
import { FILES_PATH, isPicture, NAME_HEADER, PDF } from '../../../src-shared/features/files/bytes.ts'
import type { StoredFile, Upload } from '../../../src-shared/features/files/model.ts'
import { soundFileName } from '../../../src-shared/features/files/rules.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { Ulid } from '../../../src-shared/kernel/ids.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { Backend } from '../../kernel/context.ts'
import type { WriteTx } from '../../kernel/database.ts'
import { BadInput, NotFound } from '../../kernel/errors.ts'
import { dropBytes, pathOfFile, storeBytes } from '../../kernel/fileStore.ts'
import { admit, replyTo } from '../../kernel/pipeline.ts'
import { getRow } from '../../kernel/records/select.ts'
import { typeOf } from './sniff.ts'
import { limitsOf, rememberUpload, requireRoom } from './store.ts'

/** One exchange of bytes, whichever wire it came over: HTTP or the window's own scheme. */
export type FileCall = {
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly header: (name: string) => string | null
  readonly body: AsyncIterable<Uint8Array> | null
}
export type FileReply = { status: number; headers: Record<string, string>; body: Readable | string }

/** Nothing that comes out of here may act: it is downloaded, or it is a picture. */
const SAFE: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cache-control': 'private, no-store',
}

/** Answers every call to /files: bytes go in by POST and come out by GET, both through the policy. */
export async function exchangeFile(backend: Backend, actor: Actor | null, call: FileCall): Promise<FileReply> {
  try {
    if (call.method === 'POST') return json(200, await receive(backend, actor, call))
    if (call.method === 'GET' || call.method === 'HEAD') return await handOut(backend, actor, call)
    return json(405, { code: 'METHOD_NOT_ALLOWED' })
  } catch (error) {
    const reply = replyTo(error, backend, ['files', call.method === 'POST' ? 'upload' : 'download'])
    const { code, status, data, message } = reply
    return json(status, { defined: true, code, status, message, data })
  }
}

const json = (status: number, value: unknown): FileReply => ({
  status,
  headers: { ...SAFE, 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(value),
})

/** Bytes that hang on nothing yet; a command hangs them on a record, or they are tidied away after a day. */
async function receive(backend: Backend, given: Actor | null, call: FileCall): Promise<Upload> {
  const actor = admit({ actor: given, door: null }, { kind: 'command', needs: 'files.write', refusals: [] }, 'command')
  const name = nameOf(call)
  const limits = await limitsOf(backend.database.read)
  const declared = lengthOf(call)
  requireRoom(limits, declared ?? 1)
  if (!call.body) throw new Refusal('empty')
  const id = backend.newId()
  const { folder } = backend
  const stored = await storeBytes({ folder, id, body: call.body, most: limits.maxBytes, declared })
  const upload = { id: id as Upload['id'], name, type: typeOf(stored.head, name), size: stored.size }
  try {
    await backend.database.write.transaction().execute(async (transaction) => {
      const tx = transaction as unknown as WriteTx
      // Asked again where nobody comes between: several may arrive at once.
      requireRoom(await limitsOf(tx), stored.size)
      await rememberUpload(tx, { ...upload, sha256: stored.sha256, userId: actor.userId, createdAt: backend.now() })
    })
  } catch (error) {
    dropBytes(folder, id)
    throw error
  }
  return upload
}

function nameOf({ header }: FileCall): string {
  try {
    return soundFileName(decodeURIComponent(header(NAME_HEADER) ?? ''))
  } catch (error) {
    if (error instanceof URIError) throw new BadInput('nameMalformed', [NAME_HEADER])
    throw error
  }
}

function lengthOf({ header }: FileCall): number | null {
  const said = header('content-length')
  return said !== null && /^\d{1,15}$/.test(said) ? Number(said) : null
}

async function handOut(backend: Backend, given: Actor | null, { url, method }: FileCall): Promise<FileReply> {
  const actor = admit({ actor: given, door: null }, { kind: 'query', needs: 'files.read', shows: ['file'] }, 'query')
  const { pathname, searchParams } = new URL(url, 'file://host')
  const id = pathname.slice(FILES_PATH.length + 1)
  if (!Ulid.safeParse(id).success) throw new NotFound('file', id.slice(0, 40))
  const row = (await getRow(backend.database.read, actor, fileEntity, id, { deleted: true })) as StoredFile
  const path = pathOfFile(backend.folder, row.id)
  if (!existsSync(path)) throw new NotFound('file', row.id)
  const isShown = searchParams.get('show') === '1' && isPicture(row.type)
  return {
    status: 200,
    headers: {
      ...SAFE,
      // Whatever is not a picture or a document of known kind is bytes: no browser makes a page of it.
      'content-type': isPicture(row.type) || row.type === PDF ? row.type : 'application/octet-stream',
      'content-disposition': `${isShown ? 'inline' : 'attachment'}; filename="${asciiOf(row.name)}"; filename*=UTF-8''${encoded(row.name)}`,
      'content-length': String(row.size),
    },
    body: method === 'HEAD' ? '' : createReadStream(path),
  }
}

const asciiOf = (name: string): string => name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
const encoded = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
