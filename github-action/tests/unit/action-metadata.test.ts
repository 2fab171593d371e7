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

// What GitHub asks of an action in its Marketplace. That the name is nobody else's shows only when it is published.

test('the action at the root has what the Marketplace shows', () => {
  const text = readFileSync('action.yml', 'utf8');
  assert.match(text, /^name: [A-Z][\w ]{2,49}$/m);
  assert.match(text, /^author: \S.*$/m);
  assert.match(
    text,
    /^branding:\n {2}icon: [a-z-]+\n {2}color: (white|black|yellow|blue|green|orange|red|purple|gray-dark)$/m,
  );
  // Of Feather 4.28.0, but for those that GitHub leaves out. tools/checks/workflows looks at it too.
  assert.match(text, /^ {2}icon: (lock|shield|check-circle)$/m);
});

for (const path of METADATA) {
  test(`the description of ${path} fits into the 125 characters that the Marketplace shows`, () => {
    const [, description = ''] = /^description: (.+)$/m.exec(readFileSync(path, 'utf8')) ?? [];
    assert.ok(description.length > 20 && description.length <= 125, description);
  });
}

test('only the action at the root is one for the Marketplace, and each has a name of its own', () => {
  const texts = METADATA.map((path) => readFileSync(path, 'utf8'));
  assert.deepEqual(
    texts.map((text) => /^branding:/m.test(text)),
    [true, false, false],
  );
  const names = texts.map((text) => /^name: (.+)$/m.exec(text)?.[1]);
  assert.equal(new Set(names).size, METADATA.length);
  assert.ok(!existsSync('action.yaml'));
});

test('all actions run on the runtime that the README names', () => {
  const runtimes = METADATA.map((path) => /^ {2}using: (.+)$/m.exec(readFileSync(path, 'utf8'))?.[1]);
  const [, named] = /^The runtime is `(node\d+)`/m.exec(readFileSync('README.md', 'utf8')) ?? [];
  assert.deepEqual([...new Set(runtimes)], [named]);
});

function codeOf(path: (typeof METADATA)[number]): string {
  const part = { 'action.yml': 'main', 'close/action.yml': 'close', 'approve/action.yml': 'approve' }[path];
  return readFileSync(`dist/${part}.cjs`, 'utf8');
}
