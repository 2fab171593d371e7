// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { masking } from '../../src/inject/mask-stream.js';

const SECRET = 'aab.aac.aad';

function masked(pieces: readonly string[], texts: readonly string[] = [SECRET]): Promise<string> {
  const stream = masking(texts);
  const read: Buffer[] = [];
  stream.on('data', (piece: Buffer) => read.push(piece));
  for (const piece of pieces) {
    stream.write(Buffer.from(piece, 'latin1'));
  }
  stream.end();
  return new Promise((resolve) => stream.on('end', () => resolve(Buffer.concat(read).toString('latin1'))));
}

test('stars take the place of a secret, wherever it is cut', async () => {
  const text = `x${SECRET}y${SECRET}${SECRET}a`;
  const stars = '*'.repeat(SECRET.length);
  for (let at = 0; at <= text.length; at++) {
    for (const next of [at, at + 1, at + 5]) {
      const pieces = [text.slice(0, at), text.slice(at, next), text.slice(next)];
      assert.equal(await masked(pieces), `x${stars}y${stars}${stars}a`);
    }
  }
});

test('of several, each is starred, and one that ends another is no trouble', async () => {
  const text = `x${SECRET}yaadzaac.`;
  for (let at = 0; at <= text.length; at++) {
    const pieces = [text.slice(0, at), text.slice(at)];
    assert.equal(await masked(pieces, ['aad', SECRET]), `x${'*'.repeat(SECRET.length)}y***zaac.`);
  }
});

test('what only begins like it stays', async () => {
  for (const text of ['', 'a', 'aa', 'aab.aac.aa', 'aaaab.aac.aae', '\u00ff\u0000']) {
    assert.equal(await masked([...text]), text);
  }
});

test('what cannot be the beginning of it is not held back', () => {
  const stream = masking([SECRET]);
  stream.write(Buffer.from('event: 1\n\n'));
  assert.equal(stream.read()?.toString(), 'event: 1\n\n');
});
