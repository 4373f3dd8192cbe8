import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { protocol } from 'electron'
import { FILES_PATH } from '../../src-shared/features/files/bytes.ts'
import { newNonce, pageHeaders, withNonce } from '../kernel/pageSecurity.ts'

export type FileServer = (request: Request) => Promise<Response>
export const APP_ORIGIN = 'app://kezhan'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.pfb': 'application/octet-stream',
  '.bcmap': 'application/octet-stream',
  '.wasm': 'application/wasm',
}

/** Must run before the app is ready. Without `standard` the scheme has no origin, and 'self' in the policy means nothing. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }])
}

/** Every file of the built pages, as URL paths. What is not in this list does not exist, whatever the path looks like. */
function servedPaths(folder: string, prefix = ''): string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? servedPaths(folder, `${prefix}/${entry.name}`) : [`${prefix}/${entry.name}`],
  )
}

function requestedPath(url: string): string | null {
  try {
    const { protocol: scheme, host, pathname } = new URL(url)
    return scheme === 'app:' && host === 'kezhan' ? decodeURIComponent(pathname) : null
  } catch {
    // Neither a URL nor a path that decodes: nothing we ever linked to.
    return null
  }
}

/** Serves the built pages; an address without a file name in it is one of the page's own routes. */
export function pageServer(folder: string, files: FileServer): (request: Request) => Promise<Response> {
  const allowed = new Set(servedPaths(folder))
  return async (request) => {
    const { url, method } = request
    const asked = requestedPath(url)
    if (asked === FILES_PATH || asked?.startsWith(`${FILES_PATH}/`)) return files(request)
    const nonce = newNonce()
    const headers = pageHeaders(nonce)
    if (method !== 'GET') return new Response(null, { status: 405, headers })
    const requested = asked
    if (requested === null) return new Response(null, { status: 404, headers })
    const path = allowed.has(requested) || extname(requested) !== '' ? requested : '/index.html'
    const type = TYPES[extname(path)]
    if (!allowed.has(path) || !type) return new Response(null, { status: 404, headers })
    const bytes = await readFile(join(folder, path))
    const body = path === '/index.html' ? withNonce(bytes.toString('utf8'), nonce) : new Uint8Array(bytes)
    return new Response(body, { headers: { ...headers, 'content-type': type, 'cache-control': 'no-store' } })
  }
}

/** `files` is asked late: pages are served before the backend is open. */
export function servePages(folder: string, files: FileServer): void {
  protocol.handle('app', pageServer(folder, files))
}
