// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { awsAnswer, delivering } from '../rig/credentials.js';
import { STEP, scene } from '../rig/scene.js';

/** Asks as an SDK does; prints what is no secret. */
const ASK = `
cat > ask.mjs <<'END'
import { readFileSync } from 'node:fs';
const { AWS_CONTAINER_CREDENTIALS_FULL_URI: uri, AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: file } = process.env;
const answer = await fetch(uri, { headers: { authorization: readFileSync(file, 'utf8') } });
const { Expiration, RoleArn } = await answer.json();
console.log('asked', answer.status, Expiration, RoleArn);
END
`;

test('an SDK in the command gets the credentials from the endpoint, and later ones after a heartbeat', async () => {
  const { issuer, run } = await scene(delivering('aws-role', (_, nth) => awsAnswer(nth)));

  const step = await run('main', {
    inputs: { ...STEP, run: `${ASK} node ask.mjs; sleep 2.5; node ask.mjs` },
    env: { AWS_ACCESS_KEY_ID: 'runner', AWS_SECRET_ACCESS_KEY: 'runner' },
  });

  assert.equal(step.code, 0, step.log);
  const asked = step.log.match(/asked 200 \S+ \S+/g) ?? [];
  assert.equal(asked[0], 'asked 200 2026-11-23T10:00:01Z arn:aws:iam::111122223333:role/migration');
  assert.match(asked[1] ?? '', /asked 200 2026-11-23T10:00:0[2-9]Z/);
  assert.ok(issuer.forms('/credential').length >= 2);
  for (const nth of [1, 2]) {
    assert.ok(step.masks.includes(`number-${nth}-of-the-secret-keys/0123456789`));
    assert.ok(step.masks.includes(`number-${nth}-of-the-session-tokens//0123456789`));
  }
});

test("the environment holds none of them, nor the runner's own", async () => {
  const { run } = await scene(delivering('aws-role', () => awsAnswer(1)));

  const step = await run('main', {
    inputs: { ...STEP, run: 'env | grep -E "^(AWS_|TASKBOUND_)" | cut -d= -f1 | sort' },
    env: { AWS_ACCESS_KEY_ID: 'runner', AWS_SECRET_ACCESS_KEY: 'runner', AWS_PROFILE: 'runner' },
  });

  assert.deepEqual(
    step.log.split('\n').filter((line) => /^[A-Z_0-9]+$/.test(line)),
    [
      'AWS_CONFIG_FILE',
      'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
      'AWS_CONTAINER_CREDENTIALS_FULL_URI',
      'AWS_DEFAULT_REGION',
      'AWS_EC2_METADATA_DISABLED',
      'AWS_REGION',
      'AWS_SHARED_CREDENTIALS_FILE',
      'TASKBOUND_HANDLE',
      'TASKBOUND_ISSUER',
    ],
  );
});

test('what the command leaves running gets nothing after the step, and the files are gone', async () => {
  const { runner, run } = await scene(delivering('aws-role', () => awsAnswer(1)));
  const later = 'late.txt';

  const step = await run('main', {
    inputs: {
      ...STEP,
      run: `${ASK} node ask.mjs; (sleep 1.5; node ask.mjs) > ${later} 2>&1 < /dev/null & echo left`,
    },
  });
  await new Promise((resolve) => setTimeout(resolve, 2500));

  assert.match(step.log, /asked 200/);
  const said = readFileSync(join(runner.workspace, later), 'utf8');
  assert.doesNotMatch(said, /asked 200/);
  assert.match(said, /Error/);
  assert.deepEqual(
    Object.keys(runner.leftovers()).filter((name) => name.startsWith('taskbound-')),
    [],
  );
});

test('a fetch that fails is told once, and the earlier ones are served on', async () => {
  const { issuer, run } = await scene(
    delivering('aws-role', (_, nth) => (nth === 1 ? awsAnswer(1) : { status: 500 })),
  );

  const step = await run('main', { inputs: { ...STEP, run: `${ASK} sleep 3.5; node ask.mjs` } });

  assert.equal(step.code, 0);
  assert.ok(issuer.forms('/credential').length >= 3);
  assert.equal(step.log.match(/could not be fetched again/g)?.length, 1);
  assert.match(step.log, /asked 200 2026-11-23T10:00:01Z/);
});

test('a fetch that hangs holds up no request of the command and no heartbeat', async () => {
  const { issuer, run } = await scene(
    delivering('aws-role', (_, nth) => (nth === 1 ? awsAnswer(1) : 'silence')),
  );

  const step = await run('main', { inputs: { ...STEP, run: `${ASK} sleep 3.5; node ask.mjs` } });

  assert.equal(step.code, 0);
  assert.match(step.log, /asked 200 2026-11-23T10:00:01Z/);
  assert.ok(issuer.forms('/renew').length >= 3);
});
