import { deflateSync } from 'node:zlib'
import type { Upload } from '../../src-shared/features/files/model.ts'
import { FILES_PATH, NAME_HEADER } from '../../src-shared/features/files/bytes.ts'

/** A real picture of one dot. */
export function png(extra = ''): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
    const out = Buffer.alloc(8)
    out.writeUInt32BE(data.length, 0)
    out.writeUInt32BE(crc(body), 4)
    return Buffer.concat([out.subarray(0, 4), body, out.subarray(4)])
  }
  const head = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0])
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.from([0, 200, 80, 30]))),
    chunk('IEND', Buffer.alloc(0)),
    Buffer.from(extra),
  ])
}

function crc(bytes: Buffer): number {
  let sum = 0xffffffff
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  }
  return (sum ^ 0xffffffff) >>> 0
}

export type Failed = { status: number; code: string; reason: string | undefined }

/** Sends bytes as a browser does. */
export async function send(url: string, name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Upload | Failed> {
  const answer = await fetch(`${url.replace(/\/$/, '')}${FILES_PATH}`, {
    method: 'POST',
    headers: { [NAME_HEADER]: encodeURIComponent(name), 'content-type': 'application/octet-stream' },
    body: bytes,
  })
  const said = (await answer.json()) as { code: string; data?: { reason?: string } }
  return answer.ok ? (said as unknown as Upload) : { status: answer.status, code: said.code, reason: said.data?.reason }
}

export async function sent(url: string, name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Upload> {
  const upload = await send(url, name, bytes)
  if ('code' in upload) throw new Error(`the upload was refused: ${upload.code} ${upload.reason}`)
  return upload
}

export const fetchFile = (url: string, id: string, query = ''): Promise<Response> =>
  fetch(`${url.replace(/\/$/, '')}${FILES_PATH}/${id}${query}`)
