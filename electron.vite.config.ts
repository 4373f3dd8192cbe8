import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { pdfAssets } from './build/pdfAssets.ts'
import { quietIcons } from './build/quietIcons.ts'

/** electron-vite makes addresses relative, for file://; ours are pages of app:// and http://, opened at any depth. */
const fromTheRoot = { name: 'kezhan-base', config: () => ({ base: '/' }) }

const at = (path: string) => resolve(import.meta.dirname, path)

/** `dependencies` hold native code and stay outside; everything else is bundled, so a package is two folders and not a thousand. */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      emptyOutDir: true,
      target: 'node24',
      sourcemap: true,
      minify: false,
      rolldownOptions: {
        input: { main: at('src-main/main.ts'), cli: at('src-main/cli.ts'), worker: at('src-main/worker.ts') },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      minify: true,
      rolldownOptions: {
        // A sandboxed preload may be one CommonJS file and nothing else.
        input: { preload: at('src-main/electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src-renderer'),
    plugins: [react(), quietIcons, pdfAssets, fromTheRoot],
    build: {
      outDir: at('out/renderer'),
      emptyOutDir: true,
      target: 'chrome140',
      minify: true,
      sourcemap: false,
      // Anything inlined would need its own exception in the page's security policy.
      assetsInlineLimit: 0,
      // What draws PDFs is one module, fetched when the first is opened; what everybody waits for is measured by a test.
      chunkSizeWarningLimit: 2000,
      rolldownOptions: {
        input: at('src-renderer/index.html'),
        // What is needed before anything can be drawn comes as one file; in seventy it is a tenth longer, and every one is asked for.
        output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } },
      },
    },
  },
})
