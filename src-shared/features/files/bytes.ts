/** Where bytes are sent and fetched, beside the calls. */
export const FILES_PATH = '/files'
export const NAME_HEADER = 'x-file-name'

/** Pictures that a browser decodes by itself. */
export const PICTURES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp', 'image/avif'] as const
export const isPicture = (type: string): boolean => (PICTURES as readonly string[]).includes(type)
export const PDF = 'application/pdf'
/** Shown in the page: pictures by the browser, PDFs drawn by us. The browser's own viewer never has one. */
export const isPreviewed = (type: string): boolean => isPicture(type) || type === PDF
