import { basename, dirname, relative, resolve, sep } from 'node:path';
import type { Plugin } from 'vite';

const MODULE_URL = /new URL\(\s*'(\.{1,2}\/[^']+)\.ts'\s*,\s*import\.meta\.url\s*,?\s*\)/;
const USES = new RegExp(`${MODULE_URL.source}|import\\.meta\\.url`, 'g');

/**
 * Lets bundled sources of `root` find what lies beside them. A URL of a TypeScript module (of a
 * worker or a child process) becomes the URL of its own chunk; any other `import.meta.url` stays the
 * address of the source file, so that scenes, recipes and the page are found where they are.
 * Chunks must lie directly in `outDir`.
 */
export function sourceUrls(root: string, outDir: string): Plugin {
  const sources = resolve(root, 'src') + sep;
  return {
    name: 'doppel:source-urls',
    enforce: 'pre',
    transform(code, id) {
      if (!id.startsWith(sources) || !code.includes('import.meta.url')) return undefined;
      const source = relative(outDir, id).split(sep).join('/');
      return code.replace(USES, (_, module: string | undefined) => {
        if (module === undefined) return `new URL('${source}', import.meta.url).href`;
        const fileName = `${basename(module)}.js`;
        this.emitFile({ type: 'chunk', id: resolve(dirname(id), `${module}.ts`), fileName });
        return `new URL('./${fileName}', import.meta.url)`;
      });
    },
  };
}
