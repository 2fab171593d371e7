// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { format, inspect } from 'node:util';
import { presented, presentedIn, ResourceServer } from '../src/index.js';
import { vectors } from './rig/contract.mjs';
import { answer, hang, standIn } from './rig/issuer.mjs';

const SECRET = 'CANARY-SERVER-SECRET';
const TOKEN = 'CANARY.TOKEN.TEXT';
const bearer = presented([`Bearer ${TOKEN}`]);
const use = { action: 'sign', identifier: 'artifact:a' };
const request = { method: 'POST', url: 'https://signer.acme.example/' };
const patience = { attempts: 1, tryTimeoutMs: 300 };

function server(issuer, settings = {}) {
  return new ResourceServer({ issuer, name: 'signer', secret: SECRET, patience, ...settings });
}

async function refusedBy(...turns) {
  const issuer = await standIn(...turns);
  try {
    const verdict = await server(issuer.url).redeem(bearer, use, request);
    return { reason: verdict.reason, operator: verdict.operator };
  } finally {
    await issuer.stop();
  }
}

test('an issuer that hangs costs one time limit', async () => {
  const began = Date.now();
  assert.deepEqual(await refusedBy(hang), {
    reason: 'unavailable',
    operator: 'no whole answer from the issuer',
  });
  assert.ok(Date.now() - began < 5_000);
});

test('an issuer that never ends its answer costs one time limit', async () => {
  const drip = (_request, response) => {
    response.writeHead(200);
    response.write('{"active"');
  };
  assert.equal((await refusedBy(drip)).reason, 'unavailable');
});

test('an endless answer is read up to 64 KB', async () => {
  const long = ' '.repeat(65 * 1024);
  assert.deepEqual(await refusedBy(answer(200, `{"active":false}${long}`)), {
    reason: 'unavailable',
    operator: 'the answer is longer than 64 KB',
  });
});

test('a redirect is not followed, nor told the secret', async () => {
  const elsewhere = await standIn(answer(200, { active: true }));
  try {
    const verdict = await refusedBy(answer(307, '', { Location: `${elsewhere.url}/redeem` }));
    assert.equal(verdict.operator, 'the address answered 307, which no issuer does');
    assert.equal(elsewhere.asked.length, 0);
  } finally {
    await elsewhere.stop();
  }
});

test('nobody listens', async () => {
  const verdict = await server('http://127.0.0.1:2').redeem(bearer, use, request);
  assert.deepEqual([verdict.status, verdict.operator], [503, 'no connection to 127.0.0.1:2']);
});

test('asks as a form, with its name and secret', async () => {
  const issuer = await standIn(answer(200, { active: false }));
  try {
    await server(`${issuer.url}/`, { secret: 'a+b%c:d\n' }).redeem(bearer, use, request);
    const [asked] = issuer.asked;
    assert.equal(asked.path, '/redeem');
    const basic = Buffer.from(asked.headers.authorization.slice('Basic '.length), 'base64').toString();
    assert.equal(basic, 'signer:a%2Bb%25c%3Ad');
    assert.equal(asked.headers['content-type'], 'application/x-www-form-urlencoded');
  } finally {
    await issuer.stop();
  }
});

test('two uses share no id, a named one keeps its own', async () => {
  const issuer = await standIn(answer(200, { active: false }));
  try {
    const signer = server(issuer.url);
    await signer.redeem(bearer, use, request);
    await signer.redeem(bearer, use, request);
    await signer.redeem(bearer, { ...use, useId: 'job-7' }, request);
    const [first, second, third] = issuer.asked.map((asked) => asked.form.use_id);
    assert.match(first, /^[0-9a-f-]{36}$/);
    assert.notEqual(first, second);
    assert.equal(third, 'job-7');
  } finally {
    await issuer.stop();
  }
});

test('a use that says nothing is a mistake of the service, and nobody is asked', async () => {
  for (const wrong of [
    { ...use, action: '' },
    { ...use, identifier: ' ' },
    { action: 'sign' },
    { ...use, useId: '' },
  ]) {
    await assert.rejects(server('http://127.0.0.1:2').redeem(bearer, wrong, request), TypeError);
  }
});

for (const { name, settings } of [
  { name: 'no URL', settings: { issuer: 'CANARY-SERVER-SECRET' } },
  { name: 'plain http', settings: { issuer: 'http://tokens.acme.example' } },
  { name: 'another scheme', settings: { issuer: 'ftp://127.0.0.1' } },
  {
    name: 'a password in the URL',
    settings: { issuer: 'https://a:CANARY-SERVER-SECRET@tokens.acme.example' },
  },
  { name: 'a query', settings: { issuer: 'https://tokens.acme.example/?a=CANARY-SERVER-SECRET' } },
  { name: 'a name that no policy has', settings: { name: 'Signer' } },
  { name: 'no name', settings: { name: undefined } },
  { name: 'no secret', settings: { secret: '' } },
  { name: 'a secret with a line break', settings: { secret: 'CANARY-SERVER-SECRET\nX: y' } },
  { name: 'a secret of bytes', settings: { secret: Buffer.from(SECRET) } },
]) {
  test(`settings are refused: ${name}`, () => {
    assert.throws(
      () =>
        new ResourceServer({
          issuer: 'https://tokens.acme.example',
          name: 'signer',
          secret: SECRET,
          ...settings,
        }),
      (fault) => fault instanceof TypeError && !fault.message.includes('CANARY'),
    );
  });
}

test('neither server nor token shows its secret', () => {
  const holder = { server: server('https://tokens.acme.example'), presented: bearer };
  const basic = Buffer.from(`signer:${SECRET}`).toString('base64');
  const shown = [
    JSON.stringify(holder),
    inspect(holder, { depth: 9, showHidden: true }),
    format('%s %o %j %O', holder.server, holder, holder, bearer.token),
    `${holder.server} ${bearer.token}`,
  ].join('\n');
  for (const secret of ['CANARY', basic]) {
    assert.ok(!shown.includes(secret), shown);
  }
  assert.equal(bearer.token.reveal(), TOKEN);
});

test('of two headers Authorization, node shows one and raw headers both', () => {
  const rawHeaders = ['Host', 'a', 'authorization', 'Bearer a', 'AUTHORIZATION', 'Bearer b'];
  assert.equal(presentedIn({ rawHeaders }).kind, 'malformed');
  assert.equal(presentedIn({ rawHeaders: rawHeaders.slice(0, 4) }).token.reveal(), 'a');
});

test('what is too long is no token and no proof', () => {
  const { bound_token } = vectors('verdicts.json');
  assert.equal(presented([`Bearer ${'a'.repeat(16 * 1024)}`]).kind, 'token');
  assert.equal(presented([`Bearer ${'a'.repeat(16 * 1024 + 1)}`]).kind, 'malformed');
  assert.equal(presented([`DPoP ${bound_token}`], [`a.b.${'c'.repeat(8 * 1024)}`]).kind, 'malformed');
});
