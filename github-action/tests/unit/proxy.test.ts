// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loginOf, proxyFor } from '../../src/issuer/proxy.js';
import { contract } from '../rig/contract.js';

type Case = {
  name: string;
  env: Record<string, string>;
  url: string;
  through?: string;
  login?: string;
  fault?: true;
};

for (const vector of contract<{ cases: Case[] }>('proxies.json').cases) {
  test(`goes through the proxy that the table says: ${vector.name}`, () => {
    const choice = proxyFor(new URL(vector.url), vector.env);
    if (vector.fault === true) {
      assert.equal(choice.kind, 'fault');
      assert.match(
        choice.kind === 'fault' ? choice.why : '',
        /^[A-Z]+_PROXY is not a proxy that can be used: /,
      );
      return;
    }
    assert.deepEqual(
      choice.kind === 'proxy' ? { through: addressOf(choice.url), login: loginOf(choice.url) } : choice,
      vector.through === undefined ? { kind: 'direct' } : { through: vector.through, login: vector.login },
    );
  });
}

function addressOf({ protocol, hostname, port }: URL): string {
  return `${protocol}//${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
}
