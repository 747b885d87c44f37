/**
 * The app's bundle: a static folder that any host can serve. No inline scripts, files named by their content, and
 * addresses relative to the page.
 */
import tailwind from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where the API is while developing. */
const API = 'http://127.0.0.1:4600'

export default defineConfig({
  base: './',
  plugins: [react(), tailwind()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Everything is a file of its own: the content security policy allows no data: scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // Importing the protocol does nothing by itself (a test holds it to that): what is not used can go.
      treeshake: { moduleSideEffects: (id) => !id.includes('/protocol/') },
    },
  },
  worker: { format: 'es' },
  server: { port: 5173, strictPort: true, proxy: { '/v1': { target: API } } },
})
