import { OpenAPIGenerator } from '@orpc/openapi'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { contract } from '../../src-shared/contract.ts'
import type { ProcedureMeta } from '../../src-shared/kernel/procedure.ts'

let spec: Promise<object> | undefined

/** OpenAPI 3.1 of every call, made from the contract once. */
export function openApiSpec(version: string): Promise<object> {
  spec ??= new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] }).generate(contract, {
    info: { title: 'Kezhan CRM', version },
    servers: [{ url: '/api/v1' }],
    filter: ({ path }) => path[0] !== 'live',
  })
  return spec
}

type Described = Record<string, Record<string, { '~orpc': { meta: ProcedureMeta } }>>
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** A page a person can read: every call, what it needs, whether it can be undone. */
export function docsPage(version: string, nonce: string): Promise<string> {
  const rows = Object.entries(contract as unknown as Described).flatMap(([feature, calls]) =>
    Object.entries(calls).map(([name, call]) => {
      const { meta } = call['~orpc']
      const undo = meta.kind === 'query' ? '' : (meta.irreversible ?? 'undo')
      return `<tr><td><code>POST /api/v1/${feature}/${name}</code></td><td>${meta.kind}</td><td>${escaped(meta.needs)}</td><td>${escaped(undo)}</td></tr>`
    }),
  )
  const style =
    'body{font:13px/1.6 system-ui;margin:24px;color:#1B202A;background:#fff}table{border-collapse:collapse}td,th{padding:4px 12px;border-bottom:1px solid #E8E6E0;text-align:left;vertical-align:top}'
  return Promise.resolve(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Kezhan API ${escaped(version)}</title><style nonce="${nonce}">${style}</style></head><body><h1>Kezhan API</h1>
<p>JSON in and out; schemas in <a href="/api/v1/openapi.json">openapi.json</a>. Sign in with <code>session/login</code> and send its cookie; commands carry an <code>idempotency-key</code> header (8–64 characters) and are answered once per key.</p>
<table><thead><tr><th>call</th><th>kind</th><th>needs</th><th>undo</th></tr></thead><tbody>${rows.join('')}</tbody></table></body></html>`,
  )
}
