// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { childEnvironment } from '../../src/command/child-environment.js';
import { contract } from '../rig/contract.js';

type Case = {
  name: string;
  wrapper: 'action' | 'run';
  pass_id_token: boolean;
  given: Record<string, string>;
  expected: Record<string, string>;
};
type Vectors = {
  token: { token: string; handle: string; token_file: string; header_file: string };
  cases: Case[];
};

const { token, cases } = contract<Vectors>('environment.json');
const given = {
  token: token.token,
  handle: token.handle,
  tokenFile: token.token_file,
  headerFile: token.header_file,
};

for (const { name, pass_id_token, given: env, expected } of cases.filter(
  ({ wrapper }) => wrapper === 'action',
)) {
  test(`the command's environment: ${name}`, () => {
    assert.deepEqual(childEnvironment(env, given, pass_id_token), expected);
  });
}

test('an outer token is replaced by the inner one', () => {
  const outer = {
    TASKBOUND_TOKEN: 'old',
    TASKBOUND_HANDLE: 'old',
    TASKBOUND_ISSUER: 'https://tokens.acme.example',
  };
  assert.deepEqual(childEnvironment(outer, given, false), {
    TASKBOUND_ISSUER: 'https://tokens.acme.example',
    TASKBOUND_TOKEN: token.token,
    TASKBOUND_TOKEN_FILE: token.token_file,
    TASKBOUND_HEADER_FILE: token.header_file,
    TASKBOUND_HANDLE: token.handle,
  });
});
