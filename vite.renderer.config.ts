import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The page that both shells show. Nothing is inlined, so that it runs under the strict CSP. */
export default defineConfig({
  root: at('./src/renderer'),
  base: './',
  plugins: [react()],
  build: {
    outDir: at('./out/renderer'),
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 3000,
    rollupOptions: { input: at('./src/renderer/index.html') },
  },
});
