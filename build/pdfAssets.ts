import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const home = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))
const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string }

/** What pdf.js asks for by name while it draws: how Chinese is encoded, the fonts that every viewer has, decoders of scans. */
const FETCHED = {
  cmaps: /./,
  standard_fonts: /./,
  // WebAssembly would need its own exception in the page's security policy; the same decoders are there as plain scripts.
  wasm: /_nowasm_fallback\.js$|^LICENSE_(PDFJS_)?(JBIG2|OPENJPEG)$/,
}

/** Lays them beside the built pages, under an address of their version: it may be kept for good, like every other asset. */
export const pdfAssets = {
  name: 'kezhan-pdf-assets',
  generateBundle(this: { emitFile: (file: { type: 'asset'; fileName: string; source: Uint8Array }) => string }): void {
    for (const [folder, wanted] of Object.entries(FETCHED)) {
      for (const name of readdirSync(join(home, folder)).filter((file) => wanted.test(file)))
        this.emitFile({
          type: 'asset',
          fileName: `assets/pdf-${version}/${folder}/${name}`,
          source: readFileSync(join(home, folder, name)),
        })
    }
  },
}
