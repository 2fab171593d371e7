// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { parseSecret } from '../../src/issuer/secret.js';

test('a secret does not show its text unless it is asked to', () => {
  const secret = parseSecret('task token', 'abc.def.ghi');
  assert.ok(secret);
  assert.equal(secret.reveal(), 'abc.def.ghi');
  for (const shown of [`${secret}`, JSON.stringify({ secret }), inspect({ secret })]) {
    assert.doesNotMatch(shown, /abc/);
    assert.match(shown, /\[task token\]/);
  }
});

for (const text of ['', 'a b', 'a\nb', 'a\u0000', 'ü', 'a'.repeat(16 * 1024 + 1)]) {
  test(`${JSON.stringify(text.slice(0, 10))} cannot be a token`, () =>
    assert.equal(parseSecret('task token', text), undefined));
}
