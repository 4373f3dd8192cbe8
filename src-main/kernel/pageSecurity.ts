import { randomBytes } from 'node:crypto'

/** What index.html carries where the nonce of this very answer belongs. */
const NONCE_PLACE = '__CSP_NONCE__'

export const newNonce = (): string => randomBytes(18).toString('base64')

export const withNonce = (html: string, nonce: string): string => html.replaceAll(NONCE_PLACE, nonce)

/**
 * One policy for the window and for browsers: our own scripts, styles by nonce (antd makes its own style elements),
 * nothing inline, nothing from elsewhere.
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ')
}

/** Of scripts and other files of the pages: a worker has the policy that its own script came with. */
export const ASSET_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'"

/** Sent with every page, whichever transport serves it. */
export const pageHeaders = (nonce: string): Record<string, string> => ({
  'content-security-policy': contentSecurityPolicy(nonce),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()',
})
