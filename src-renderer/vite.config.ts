import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { quietIcons } from '../build/quietIcons.ts'

/** The renderer alone, for `npx vite src-renderer`: calls go to a host that `npm run dev:host` or `kezhan serve` started. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), quietIcons],
  optimizeDeps: { rolldownOptions: { plugins: [quietIcons] } },
  build: { outDir: resolve(import.meta.dirname, '../out/renderer'), emptyOutDir: true },
  server: {
    port: 5173,
    strictPort: false,
    proxy: { '/rpc': { target: process.env['KEZHAN_HOST'] ?? 'http://127.0.0.1:8080', changeOrigin: false } },
  },
})
