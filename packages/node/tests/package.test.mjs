// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const root = new URL('../', import.meta.url);
const textOf = (name) => readFileSync(new URL(name, root), 'utf8');
const manifest = JSON.parse(textOf('package.json'));

test('what is exported is declared, and the other way round', async () => {
  const declared = textOf('src/index.d.ts').matchAll(/^export declare (?:function|class) (\w+)/gm);
  const exported = Object.keys(await import('@taskbound/resource-server'));
  assert.deepEqual([...new Set([...declared].map(([, name]) => name))].sort(), exported.sort());
});

test('it stands on Node alone', () => {
  for (const kind of ['dependencies', 'peerDependencies', 'optionalDependencies', 'devDependencies']) {
    assert.equal(manifest[kind], undefined);
  }
  for (const file of readdirSync(new URL('src/', root))) {
    for (const [, name] of textOf(`src/${file}`).matchAll(/from '([^']+)'/g)) {
      assert.match(name, /^(node:|\.\/)/, `${file} imports ${name}`);
    }
  }
});

test('each reason is in the types', () => {
  const types = textOf('src/index.d.ts');
  for (const word of new Set([...textOf('src/verdict.js').matchAll(/reason: '(\w+)'/g)].map(([, w]) => w))) {
    assert.ok(types.includes(`'${word}'`), word);
  }
});

test('the examples of the README are programs that import what there is', async () => {
  const exported = Object.keys(await import('@taskbound/resource-server'));
  const blocks = [...textOf('README.md').matchAll(/```js\n(.*?)```/gs)].map(([, code]) => code);
  assert.ok(blocks.length > 1);
  for (const code of blocks) {
    const checked = spawnSync(process.execPath, ['--input-type=module', '--check'], { input: code });
    assert.equal(checked.status, 0, String(checked.stderr));
    const [, names] = /import \{ (.*) \} from '@taskbound\/resource-server'/.exec(code);
    for (const name of names.split(', ')) {
      assert.ok(exported.includes(name), name);
    }
  }
});

test('what is handed out is whole, and has no tests in it', () => {
  const packed = spawnSync('npm', ['pack', '--dry-run', '--json'], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const [{ files }] = JSON.parse(packed.stdout);
  const sources = readdirSync(new URL('src/', root)).map((name) => `src/${name}`);
  assert.deepEqual(
    files.map((file) => file.path).sort(),
    ['LICENSE', 'README.md', 'package.json', ...sources].sort(),
  );
});

test('the licence is that of the whole', () => {
  assert.equal(textOf('LICENSE'), textOf('../../LICENSE'));
});
