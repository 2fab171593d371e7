// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { type AwsEndpoint, awsEndpoint } from '../../src/credential/aws-endpoint.js';
import { type AwsCredential, parseCredential } from '../../src/credential/credential.js';

const EXPIRES = 1795428120;

test('answers as the endpoint of a container does', async (t) => {
  const endpoint = await started(t);
  const { status, body, headers } = await ask(endpoint);
  assert.equal(status, 200);
  assert.deepEqual(JSON.parse(body), {
    AccessKeyId: 'ASIACANARYCANARY0001',
    SecretAccessKey: 'CANARY/secret-one',
    Token: 'CANARY-session',
    Expiration: '2026-11-23T10:02:00Z',
    RoleArn: 'arn:aws:iam::111122223333:role/migration',
  });
  assert.equal(headers['cache-control'], 'no-store');
});

test('answers with the latest one', async (t) => {
  const endpoint = await started(t);
  endpoint.serve(credential('CANARY/secret-two'));
  assert.match((await ask(endpoint)).body, /secret-two/);
});

const strange: Readonly<Record<string, { change: Parameters<typeof ask>[1]; status: number }>> = {
  'no secret': { change: { authorization: undefined }, status: 403 },
  'an empty secret': { change: { authorization: '' }, status: 403 },
  'another secret': { change: { authorization: 'x' }, status: 403 },
  'another name for the host': { change: { host: 'localhost' }, status: 403 },
  'the host of a page that rebinds': { change: { host: 'mallory.example' }, status: 403 },
  'another path': { change: { path: '/' }, status: 404 },
  'a query': { change: { query: '?x=1' }, status: 404 },
  'another method': { change: { method: 'POST' }, status: 404 },
};

for (const [name, { change, status }] of Object.entries(strange)) {
  test(`refuses ${name}`, async (t) => {
    const answer = await ask(await started(t), change);
    assert.equal(answer.status, status);
    assert.doesNotMatch(answer.body, /CANARY/);
  });
}

test('refuses after the end, also on a connection that is open, and closes its port', async (t) => {
  const endpoint = await started(t);
  await ask(endpoint);
  endpoint.end();
  endpoint.serve(credential('CANARY/too-late'));
  await assert.rejects(ask(endpoint));
});

async function started(t: { after: (act: () => void) => void }): Promise<AwsEndpoint> {
  const endpoint = await awsEndpoint(credential('CANARY/secret-one'));
  t.after(endpoint.end);
  return endpoint;
}

function credential(secretAccessKey: string): AwsCredential {
  const body = {
    kind: 'aws-role',
    expires_at: EXPIRES,
    refresh: true,
    credential: {
      access_key_id: 'ASIACANARYCANARY0001',
      secret_access_key: secretAccessKey,
      session_token: 'CANARY-session',
    },
    role_arn: 'arn:aws:iam::111122223333:role/migration',
  };
  const read = parseCredential(body, 'aws-role');
  assert.ok(read.kind === 'ok' && read.value.kind === 'aws-role');
  return read.value;
}

type Answered = { status: number | undefined; body: string; headers: Record<string, unknown> };

function ask(
  endpoint: AwsEndpoint,
  change: {
    authorization?: string | undefined;
    host?: string;
    path?: string;
    query?: string;
    method?: string;
  } = {},
): Promise<Answered> {
  const url = new URL(endpoint.uri);
  const authorization = 'authorization' in change ? change.authorization : endpoint.secret;
  const host = change.host === undefined ? url.host : `${change.host}:${url.port}`;
  return new Promise((resolve, reject) => {
    const asking = request(
      {
        hostname: url.hostname,
        port: url.port,
        path: (change.path ?? url.pathname) + (change.query ?? ''),
        method: change.method ?? 'GET',
        headers: { host, ...(authorization !== undefined && { authorization }) },
      },
      (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => {
          body += chunk.toString('utf8');
        });
        response.on('end', () => {
          resolve({ status: response.statusCode, body, headers: response.headers });
        });
      },
    );
    asking.on('error', reject);
    asking.end();
  });
}
