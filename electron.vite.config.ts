import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { sourceUrls } from './scripts/source-urls-plugin.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const chunks = { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' } as const;

/**
 * Main process, preload script and page of the desktop shell; the host serves the same page to
 * browsers. Nothing of the page is inlined, so that it runs under the strict CSP.
 */
export default defineConfig({
  main: {
    plugins: [sourceUrls(at('.'), at('./out/main'))],
    build: {
      outDir: at('./out/main'),
      rolldownOptions: {
        input: {
          main: at('./src/main/electron/main.ts'),
          'host-process': at('./src/main/electron/host-process.ts'),
        },
        output: chunks,
      },
    },
  },
  preload: {
    build: {
      outDir: at('./out/preload'),
      rolldownOptions: {
        input: { preload: at('./src/preload/preload.ts') },
        // A sandboxed preload script must be CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('./src/renderer'),
    base: './',
    plugins: [react()],
    build: {
      outDir: at('./out/renderer'),
      minify: 'oxc',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 3000,
      rolldownOptions: { input: at('./src/renderer/index.html') },
    },
  },
});
