// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { annotation, STEP, scene } from '../rig/scene.js';

const { action: _, identifier: __, ...TASK } = STEP;

test('details asks for several targets of one task', async () => {
  const { issuer, run } = await scene();
  const details = JSON.stringify([
    { identifier: 'ticket:1', actions: ['read'] },
    { identifier: 'record:2', actions: ['update'], locations: ['https://records.acme.example'] },
  ]);

  const step = await run('main', { inputs: { ...TASK, details, run: 'true' } });

  assert.equal(step.code, 0);
  assert.equal(
    issuer.forms('/token')[0]?.['authorization_details'],
    '[{"type":"task","task":"sign-release","actions":["read"],"identifier":"ticket:1"},' +
      '{"type":"task","task":"sign-release","actions":["update"],"locations":["https://records.acme.example"],"identifier":"record:2"}]',
  );
});

test('several actions are separated by commas or line breaks', async () => {
  const { issuer, run } = await scene();

  await run('main', { inputs: { ...STEP, action: 'read,\nupdate', run: 'true' } });

  assert.match(issuer.forms('/token')[0]?.['authorization_details'] ?? '', /"actions":\["read","update"\]/);
});

for (const [details, why] of [
  ['{}', 'must be a JSON array'],
  ['[]', 'must be a JSON array'],
  ['[{"identifier":"a","colour":"red"}]', 'each object'],
  ['[{"identifier":"a","task":"other"}]', 'each object'],
  ['[{"identifier":"*"}]', "an identifier in details has the character '*'"],
] as const) {
  test(`details ${details} are refused`, async () => {
    const { issuer, run } = await scene();

    const step = await run('main', { inputs: { ...TASK, details, run: 'true' } });

    assert.equal(step.code, 2);
    assert.ok(annotation('error', step.log).includes(why));
    assert.deepEqual(issuer.transcript, []);
  });
}
