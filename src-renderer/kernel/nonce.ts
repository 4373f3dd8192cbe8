/** The server fills it in; a page served without one (plain vite) has no policy to satisfy. */
export function pageNonce(): string | undefined {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content
  return nonce && nonce !== '__CSP_NONCE__' ? nonce : undefined
}

/** antd's helpers measure scroll bars and lock the page with style elements for which they take no nonce: here every one gets it. */
export function giveStylesTheNonce(): void {
  const nonce = pageNonce()
  if (!nonce) return
  const create = document.createElement.bind(document)
  document.createElement = (tag: string, options?: ElementCreationOptions) => {
    const element = create(tag, options)
    if (element instanceof HTMLStyleElement) element.nonce = nonce
    return element
  }
}
