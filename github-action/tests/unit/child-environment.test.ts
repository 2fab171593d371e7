// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../src/base/json.js';
import { childEnvironment, type Given } from '../../src/command/child-environment.js';
import { type CredentialKind, parseCredential } from '../../src/credential/credential.js';
import {
  type AwsEndpointPlace,
  awsVariables,
  githubVariables,
  openbaoVariables,
  type StepVariables,
} from '../../src/credential/step-variables.js';
import { STATE_VARIABLE } from '../../src/runner/saved-state.js';
import { INPUT_NAMES, inputVariable } from '../../src/settings/inputs.js';
import { contract } from '../rig/contract.js';

type Case = {
  name: string;
  wrapper: 'action' | 'run';
  pass_id_token: boolean;
  id_token_env?: string;
  id_token_audience?: string;
  address?: string;
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
  kind: 'token',
  token: token.token,
  handle: token.handle,
  tokenFile: token.token_file,
  headerFile: token.header_file,
} as const;

for (const vector of cases.filter(({ wrapper }) => wrapper === 'action')) {
  test(`the command's environment: ${vector.name}`, () => {
    const taking = {
      ours,
      passIdToken: vector.pass_id_token,
      idTokenVariable: vector.id_token_env,
      audiences: [issuer, vector.id_token_audience ?? issuer],
    };
    const what: Given =
      vector.address === undefined ? given : { kind: 'address', handle: token.handle, url: vector.address };
    assert.deepEqual(childEnvironment(vector.given, what, taking), vector.expected);
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

type CredentialCase = {
  name: string;
  credential: JsonObject & { kind: CredentialKind };
  served?: boolean;
  empty_variables?: boolean;
  given: Record<string, string>;
  expected: Record<string, string>;
};
type CredentialVectors = {
  handle: string;
  endpoint: { uri: string; authorization_file: string; empty_file: string };
  cases: CredentialCase[];
};

const delivered = contract<CredentialVectors>('credential-environment.json');
const place = {
  uri: delivered.endpoint.uri,
  authorizationFile: delivered.endpoint.authorization_file,
  emptyFile: delivered.endpoint.empty_file,
};

// The action always serves AWS credentials, and can set a variable to nothing.
for (const vector of delivered.cases.filter(
  ({ served, empty_variables: empty }) => served !== false && empty !== false,
)) {
  test(`the environment of a command with a credential: ${vector.name}`, () => {
    const credential: Given = {
      kind: 'credential',
      handle: delivered.handle,
      variables: variablesOf(vector, place),
    };
    const taking = { ours, passIdToken: false, idTokenVariable: undefined, audiences: [issuer] };
    assert.deepEqual(childEnvironment(vector.given, credential, taking), vector.expected);
  });
}

function variablesOf({ credential, given: own }: CredentialCase, at: AwsEndpointPlace): StepVariables {
  const read = parseCredential(credential, credential.kind);
  assert.equal(read.kind, 'ok');
  switch (read.value.kind) {
    case 'github-app':
      return githubVariables(read.value, own);
    case 'aws-role':
      return awsVariables(read.value, at, own);
    case 'openbao':
      return openbaoVariables(read.value);
  }
}
