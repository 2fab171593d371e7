// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { annotation, STEP, scene } from '../rig/scene.js';

test('a page of HTML is no answer of an issuer, and is not repeated', async () => {
  const page = {
    status: 200,
    body: '<html>::error::log in</html>',
    headers: { 'content-type': 'text/html' },
  };
  const { issuer, run } = await scene({ token: () => page, revoke: () => page });

  const step = await run('main', { inputs: { ...STEP, run: 'echo ran' } });

  assert.equal(step.code, 1);
  assert.match(
    annotation('error', step.log),
    /after 1 try: the address answered 200 without a whole grant\n/,
  );
  assert.match(
    annotation('warning', step.log),
    /could not be closed \(the address answered 200 without an OAuth answer\)/,
  );
  assert.doesNotMatch(step.log, /log in/);
  assert.equal(issuer.forms('/token').length, 1);
});
