// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseIssuerUrl } from '../../src/issuer/issuer-url.js';

for (const [text, url] of [
  ['https://tokens.acme.example', 'https://tokens.acme.example'],
  ['https://tokens.acme.example/', 'https://tokens.acme.example'],
  ['https://acme.example/tokens', 'https://acme.example/tokens'],
  ['http://127.0.0.1:8787', 'http://127.0.0.1:8787'],
  ['http://[::1]:8787/', 'http://[::1]:8787'],
  ['http://localhost', 'http://localhost'],
] as const) {
  test(`takes ${text}`, () => assert.deepEqual(parseIssuerUrl(text), { kind: 'url', url }));
}

for (const text of [
  '',
  'tokens.acme.example',
  'ftp://tokens.acme.example',
  'http://tokens.acme.example',
  'http://127.0.0.1.acme.example',
  'http://localhost.acme.example',
  'https://user:secret@tokens.acme.example',
  'https://tokens.acme.example/?a=b',
  'https://tokens.acme.example/#a',
  'https://tokens.acme.example/\n',
  ' https://tokens.acme.example',
]) {
  test(`refuses ${JSON.stringify(text)}, without repeating it`, () => {
    const parsed = parseIssuerUrl(text);
    assert.ok(parsed.kind === 'fault');
    assert.doesNotMatch(parsed.why, /acme|secret/);
  });
}
