// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { INPUT_NAMES } from '../../src/settings/inputs.js';

const METADATA = ['action.yml', 'close/action.yml', 'approve/action.yml'] as const;

for (const path of METADATA) {
  const text = readFileSync(path, 'utf8');

  test(`what ${path} starts is there`, () => {
    const files = [...text.matchAll(/^ {2}(?:main|post): (.+)$/gm)].map(([, file]) =>
      join(path, '..', file ?? ''),
    );
    assert.ok(files.length > 0);
    assert.deepEqual(
      files.filter((file) => !existsSync(file)),
      [],
    );
  });

  test(`every input of ${path} is read by the code, and no other`, () => {
    const [, inputs = ''] = /^inputs:\n([\s\S]*?)^(?:outputs|runs):/m.exec(text) ?? [];
    const declared = [...inputs.matchAll(/^ {2}([a-z-]+):$/gm)].map(([, name]) => name);
    const read = [
      ...codeOf(path).matchAll(
        /(?:inputs2?\(|optionalDuration\(inputs2?, |flag\(inputs2?, |rawInput\(env, )"([a-z-]+)"/g,
      ),
    ];
    assert.deepEqual([...new Set(read.map(([, name]) => name))].sort(), [...declared].sort());
  });
}

test('every input of the action is one that the command does not see', () => {
  const [, inputs = ''] = /^inputs:\n([\s\S]*?)^outputs:/m.exec(readFileSync('action.yml', 'utf8')) ?? [];
  const declared = [...inputs.matchAll(/^ {2}([a-z-]+):$/gm)].map(([, name]) => name ?? '');
  assert.deepEqual([...INPUT_NAMES].sort(), declared.sort());
});

test('post sets no output: the runner would drop it', () => {
  assert.doesNotMatch(readFileSync('dist/post.cjs', 'utf8'), /\.setOutput\(/);
});

function codeOf(path: (typeof METADATA)[number]): string {
  const part = { 'action.yml': 'main', 'close/action.yml': 'close', 'approve/action.yml': 'approve' }[path];
  return readFileSync(`dist/${part}.cjs`, 'utf8');
}
