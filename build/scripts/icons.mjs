import './lib/guard.mjs'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { findBrowser } from './lib/browser.mjs'
import { root } from './lib/runtime.mjs'

// Run by hand when the drawing changes; its results are committed, because a build machine need not have a browser.
const folder = join(root, 'build/icons')
const svg = readFileSync(join(folder, 'logo-mark.svg'), 'utf8')
const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256]

async function render(browser, size) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`)
  const png = await page.screenshot({ omitBackground: true })
  await page.close()
  return png
}

/** An .ico is a directory of pictures; since Vista each of them may be a PNG. */
function ico(pictures) {
  const header = Buffer.alloc(6 + 16 * pictures.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(pictures.length, 4)
  let offset = header.length
  pictures.forEach(({ size, png }, index) => {
    const at = 6 + 16 * index
    header.writeUInt8(size % 256, at)
    header.writeUInt8(size % 256, at + 1)
    header.writeUInt16LE(1, at + 4)
    header.writeUInt16LE(32, at + 6)
    header.writeUInt32LE(png.length, at + 8)
    header.writeUInt32LE(offset, at + 12)
    offset += png.length
  })
  return Buffer.concat([header, ...pictures.map(({ png }) => png)])
}

const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox', '--disable-gpu'] })
const pictures = []
for (const size of ICO_SIZES) pictures.push({ size, png: await render(browser, size) })
writeFileSync(join(folder, 'icon.ico'), ico(pictures))
for (const [name, size] of [
  ['icon.png', 512],
  ['icon-1024.png', 1024],
  ['tray.png', 32],
  ['tray@2x.png', 64],
]) {
  writeFileSync(join(folder, name), await render(browser, size))
}
await browser.close()
