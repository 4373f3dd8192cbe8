const MB = 1024 * 1024

/** Caps on bytes, never on rows or cells (decisions.md, "Reading workbooks"). */
export const limits = {
  packedBytes: 200 * MB,
  unpackedBytes: 1536 * MB,
  /** Deflate reaches 1032 at most; honest sheets stay under 100, so the ratio only speaks once the part is big. */
  ratio: 250,
  ratioFromBytes: 32 * MB,
  parts: 2000,
  textPerCell: MB,
  /** A tag or text not closed within this many bytes is no sheet XML (a 1 MB text may be written in entities). */
  pendingBytes: 8 * MB,
  smallPartBytes: 64 * MB,
  columns: 16_384,
  /** What the whole-file readers (xls, xlsb) may take into memory. */
  legacyUnpackedBytes: 400 * MB,
} as const
