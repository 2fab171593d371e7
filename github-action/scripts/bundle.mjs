// SPDX-License-Identifier: Apache-2.0
// Bundles the four entry points: node scripts/bundle.mjs [folder]
import { build } from 'esbuild';

const BANNER = '// SPDX-License-Identifier: Apache-2.0\n// Made by `npm run build` from src/. Do not edit.';

/** What the runner starts: one file for each entry point, with all that it needs, readable. */
export async function bundle(outdir) {
  await build({
    entryPoints: ['src/main.ts', 'src/post.ts', 'src/close.ts', 'src/approve.ts'],
    outdir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    charset: 'utf8',
    banner: { js: BANNER },
    // import() would start node's ESM loader, which costs more than all of our own code.
    supported: { 'dynamic-import': false },
    logLevel: 'warning',
  });
}

if (process.argv[1]?.endsWith('bundle.mjs')) {
  await bundle(process.argv[2] ?? 'dist');
}
