// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import type { JsonObject } from '../../src/base/json.js';
import {
  type Credential,
  type CredentialKind,
  parseCredential,
  secretsOf,
} from '../../src/credential/credential.js';
import { masksOfCredential, masksOfNext } from '../../src/token/masks.js';
import { contract } from '../rig/contract.js';

type Case = { name: string; granted: CredentialKind; body: JsonObject; read?: object; fault?: string };

const { cases } = contract<{ cases: Case[] }>('credential.json');

for (const { name, granted, body, read, fault } of cases) {
  test(`reads the credential: ${name}`, () => {
    const answer = parseCredential(body, granted);
    if (answer.kind === 'ok') {
      assert.deepEqual(factsOf(answer.value), read);
      assert.doesNotMatch(inspect(answer.value) + JSON.stringify(answer.value), /CANARY/);
    } else {
      assert.equal(answer.fault, fault);
      assert.doesNotMatch(answer.fault, /CANARY/);
    }
  });
}

function factsOf(credential: Credential): object {
  const { expiresAt, refreshed } = credential;
  const secrets = secretsOf(credential).map((secret) => secret.reveal());
  return { expires_at: expiresAt / 1000, refreshed, secrets, ...whereOf(credential) };
}

function whereOf(credential: Credential): object {
  switch (credential.kind) {
    case 'github-app': {
      const { serverUrl, apiUrl, repositories, permissions } = credential;
      return { server_url: serverUrl, api_url: apiUrl, repositories, permissions };
    }
    case 'aws-role': {
      const { roleArn, region } = credential;
      return { role_arn: roleArn, ...(region !== undefined && { region }) };
    }
    case 'openbao': {
      const { address, namespace } = credential;
      return { address, ...(namespace !== undefined && { namespace }) };
    }
  }
}

for (const { name, granted, body, read } of cases.filter((one) => one.read !== undefined)) {
  test(`masks every secret and its base64: ${name}`, () => {
    const answer = parseCredential(body, granted);
    assert.ok(answer.kind === 'ok' && read !== undefined);
    const masks = masksOfCredential(answer.value);
    for (const secret of secretsOf(answer.value).map((one) => one.reveal())) {
      assert.ok(masks.includes(secret));
      assert.ok(masksOfNext(answer.value).includes(secret));
      for (const before of ['', 'x', 'xy']) {
        const encoded = Buffer.from(`${before}${secret}z`).toString('base64');
        assert.ok(masks.some((mask) => encoded.includes(mask)));
      }
    }
  });
}

test('what opens something is masked in every form, also when it follows later', () => {
  const aws = cases.find(({ granted, read }) => granted === 'aws-role' && read !== undefined);
  const answer = parseCredential(aws?.body ?? {}, 'aws-role');
  assert.ok(answer.kind === 'ok' && answer.value.kind === 'aws-role');
  const key = Buffer.from(answer.value.secretAccessKey.reveal()).toString('base64');
  assert.ok(masksOfNext(answer.value).some((mask) => key.includes(mask)));
});
