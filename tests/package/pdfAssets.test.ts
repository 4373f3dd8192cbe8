import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, it } from 'vitest'
import { pdfAssets } from '../../build/pdfAssets.ts'

it('what pdf.js fetches by name is laid under its version, with the licences, and no WebAssembly', () => {
  const laid: string[] = []
  pdfAssets.generateBundle.call({ emitFile: ({ fileName }) => String(laid.push(fileName)) })
  const path = createRequire(import.meta.url).resolve('pdfjs-dist/package.json')
  const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version: string }
  const wanted = [
    'cmaps/GBK-EUC-H.bcmap',
    'cmaps/UniGB-UTF16-H.bcmap',
    'cmaps/Adobe-GB1-UCS2.bcmap',
    'cmaps/LICENSE',
    'standard_fonts/FoxitSymbol.pfb',
    'standard_fonts/LiberationSans-Regular.ttf',
    'standard_fonts/LICENSE_LIBERATION',
    'wasm/jbig2_nowasm_fallback.js',
    'wasm/openjpeg_nowasm_fallback.js',
    'wasm/LICENSE_OPENJPEG',
  ]
  expect(laid).toEqual(expect.arrayContaining(wanted.map((name) => `assets/pdf-${version}/${name}`)))
  expect(laid.filter((name) => name.endsWith('.wasm') || !name.startsWith(`assets/pdf-${version}/`))).toEqual([])
})
