#!/usr/bin/env node
import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * Entry of the `doppel` command. The sources are TypeScript that Node 22.18 and later run as they
 * are; under an older Node this starts the Node 24 that `npm ci` puts into node_modules.
 */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const isNewEnough = major > 22 || (major === 22 && minor >= 18);
if (isNewEnough) {
  // Compiled sources are kept in the system's folder for temporary files: the next start is faster.
  module.enableCompileCache();
  process.env.NODE_COMPILE_CACHE ??= module.getCompileCacheDir();
  const { main } = await import('../src/main/cli/main.ts');
  process.exitCode = await main(process.argv.slice(2));
} else {
  const node = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));
  if (!existsSync(node)) {
    console.error(
      `doppel needs Node 22.18 or later (this is ${process.versions.node}); run "npm ci" in its folder, which brings Node 24.`,
    );
    process.exit(2);
  }
  const script = fileURLToPath(import.meta.url);
  // The channel tells the inner process when this one is gone, however it went.
  const inner = spawn(node, [script, ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => inner.kill(name));
  inner.on('exit', (code) => process.exit(code ?? 3));
}
