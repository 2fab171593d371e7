// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proxyFor } from '../../src/issuer/proxy.js';

const PROXY = 'http://proxy.acme.example:3128';

for (const [url, env] of [
  ['https://tokens.acme.example', { HTTPS_PROXY: PROXY }],
  ['https://tokens.acme.example', { https_proxy: PROXY }],
  ['https://tokens.acme.example', { HTTPS_PROXY: 'proxy.acme.example:3128' }],
  ['https://tokens.acme.example', { HTTPS_PROXY: PROXY, NO_PROXY: 'other.example,acme.example:8443' }],
  ['https://xacme.example', { HTTPS_PROXY: PROXY, NO_PROXY: 'acme.example' }],
  ['http://ghes.acme.example', { HTTP_PROXY: PROXY }],
] as const) {
  test(`${url} goes through the proxy of ${JSON.stringify(env)}`, () => {
    assert.equal(proxyFor(new URL(url), env)?.host, 'proxy.acme.example:3128');
  });
}

for (const [url, env] of [
  ['https://tokens.acme.example', {}],
  ['https://tokens.acme.example', { HTTP_PROXY: PROXY }],
  ['https://tokens.acme.example', { HTTPS_PROXY: PROXY, NO_PROXY: 'acme.example' }],
  ['https://tokens.acme.example', { HTTPS_PROXY: PROXY, NO_PROXY: '.acme.example' }],
  ['https://tokens.acme.example', { HTTPS_PROXY: PROXY, no_proxy: 'a, TOKENS.acme.example:443' }],
  ['https://tokens.acme.example', { HTTPS_PROXY: PROXY, NO_PROXY: '*' }],
  ['https://127.0.0.1:8443', { HTTPS_PROXY: PROXY }],
  ['http://localhost:8787', { HTTP_PROXY: PROXY }],
] as const) {
  test(`${url} goes straight with ${JSON.stringify(env)}`, () =>
    assert.equal(proxyFor(new URL(url), env), undefined));
}
