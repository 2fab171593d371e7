// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { childEnvironment } from '../../src/command/child-environment.js';
import { STATE_VARIABLE } from '../../src/runner/saved-state.js';
import { INPUT_NAMES, inputVariable } from '../../src/settings/inputs.js';
import { contract } from '../rig/contract.js';

type Case = {
  name: string;
  wrapper: 'action' | 'run';
  pass_id_token: boolean;
  id_token_env?: string;
  id_token_audience?: string;
  given: Record<string, string>;
  expected: Record<string, string>;
};
type Vectors = {
  issuer: string;
  token: { token: string; handle: string; token_file: string; header_file: string };
  cases: Case[];
};

const { issuer, token, cases } = contract<Vectors>('environment.json');
const ours = [STATE_VARIABLE, ...INPUT_NAMES.map(inputVariable)];
const given = {
  token: token.token,
  handle: token.handle,
  tokenFile: token.token_file,
  headerFile: token.header_file,
};

for (const vector of cases.filter(({ wrapper }) => wrapper === 'action')) {
  test(`the command's environment: ${vector.name}`, () => {
    const taking = {
      ours,
      passIdToken: vector.pass_id_token,
      idTokenVariable: vector.id_token_env,
      audiences: [issuer, vector.id_token_audience ?? issuer],
    };
    assert.deepEqual(childEnvironment(vector.given, given, taking), vector.expected);
  });
}

test('an outer token is replaced by the inner one', () => {
  const outer = {
    TASKBOUND_TOKEN: 'old',
    TASKBOUND_HANDLE: 'old',
    TASKBOUND_ISSUER: 'https://tokens.acme.example',
  };
  const taking = { ours, passIdToken: false, idTokenVariable: undefined, audiences: [issuer] };
  assert.deepEqual(childEnvironment(outer, given, taking), {
    TASKBOUND_ISSUER: 'https://tokens.acme.example',
    TASKBOUND_TOKEN: token.token,
    TASKBOUND_TOKEN_FILE: token.token_file,
    TASKBOUND_HEADER_FILE: token.header_file,
    TASKBOUND_HANDLE: token.handle,
  });
});
