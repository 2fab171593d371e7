// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { createServer, request as send } from 'node:http';
import { connect } from 'node:net';
import { after, before, beforeEach, test } from 'node:test';
import { protect, ResourceServer, tokenOf } from '../src/index.js';
import { vectors } from './rig/contract.mjs';
import { answer, standIn } from './rig/issuer.mjs';

const file = vectors('verdicts.json');
const PUBLIC = 'https://tickets.acme.example/api/';
const verdicts = [];
let issuer;
let service;
let done = 0;
let turn;

before(async () => {
  issuer = await standIn((request, response) => turn(request, response));
  const server = new ResourceServer({ issuer: issuer.url, ...file.server, patience: { attempts: 1 } });
  const guarded = protect(server, toUse, {
    publicUrl: PUBLIC,
    onVerdict: (verdict) => verdicts.push(verdict.reason),
  });
  service = createServer((request, response) =>
    guarded(request, response, () => {
      done += 1;
      response.end(`done by ${tokenOf(request).handle}`);
    }),
  );
  await new Promise((listening) => service.listen(0, '127.0.0.1', listening));
});

after(async () => {
  service.closeAllConnections();
  service.close();
  await issuer.stop();
});

beforeEach(() => {
  done = 0;
  verdicts.length = 0;
  issuer.asked.length = 0;
  turn = answer(200, { ...file.active_state, first_use: true });
});

function toUse(request) {
  if (request.url === '/broken') {
    throw new RangeError(`the mapping says ${file.token}`);
  }
  const [, ticket] = /^\/tickets\/([0-9]+)(\?|$)/.exec(request.url) ?? [];
  return ticket === undefined ? undefined : { action: 'read', identifier: `ticket:${ticket}` };
}

function get(path, headers = { Authorization: `Bearer ${file.token}` }) {
  return new Promise((resolve, reject) => {
    const options = { port: service.address().port, host: '127.0.0.1', path, headers };
    const sent = send(options, async (response) => {
      let text = '';
      for await (const chunk of response) {
        text += chunk;
      }
      resolve({ status: response.statusCode, headers: response.headers, text });
    });
    sent.on('error', reject);
    sent.end();
  });
}

test('lets a request on whose token was redeemed', async () => {
  const { status, text } = await get('/tickets/7?page=2');
  assert.deepEqual([status, text], [200, `done by ${file.active_state.jti}`]);
  const [{ form }] = issuer.asked;
  assert.deepEqual([form.action, form.identifier], ['read', 'ticket:7']);
  assert.deepEqual(verdicts, ['allowed']);
});

test('answers a request without a token itself, and asks nobody', async () => {
  const { status, headers, text } = await get('/tickets/7', {});
  assert.deepEqual([status, text], [401, 'This needs a task token.\n']);
  assert.equal(headers['www-authenticate'], 'Bearer, DPoP algs="ES256"');
  assert.equal(headers['cache-control'], 'no-store');
  assert.deepEqual([done, issuer.asked.length], [0, 0]);
});

test('refuses what the issuer refuses', async () => {
  turn = answer(200, { active: false, reason: 'spent' });
  assert.equal((await get('/tickets/7')).status, 401);
  turn = answer(200, { active: false, reason: 'not_permitted' });
  assert.equal((await get('/tickets/7')).status, 403);
  turn = answer(500);
  const { status, headers } = await get('/tickets/7');
  assert.deepEqual([status, headers['retry-after']], [503, '5']);
  assert.equal(done, 0);
});

test('refuses a request that no token permits, and asks nobody', async () => {
  for (const path of ['/', '/tickets/7/x', '/tickets/%37', '//evil.example/tickets/7']) {
    assert.equal((await get(path)).status, 403, path);
  }
  assert.deepEqual([done, issuer.asked.length], [0, 0]);
});

test('refuses the absolute form of a request target', async () => {
  assert.equal((await get('http://tickets.acme.example/tickets/7')).status, 403);
  assert.deepEqual([done, issuer.asked.length], [0, 0]);
});

test('a mapping that throws refuses, and tells nobody what it said', async () => {
  const { status, text } = await get('/broken');
  assert.equal(status, 503);
  assert.ok(!text.includes(file.token));
  assert.deepEqual([done, verdicts], [0, ['misconfigured']]);
});

test('sees both of two headers Authorization', async () => {
  const answered = await new Promise((resolve) => {
    const socket = connect(service.address().port, '127.0.0.1', () => {
      const line = `Authorization: Bearer ${file.token}\r\n`;
      socket.end(`GET /tickets/7 HTTP/1.1\r\nHost: a\r\n${line}${line}Connection: close\r\n\r\n`);
    });
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('close', () => resolve(text));
  });
  assert.match(answered, /^HTTP\/1\.1 401 /);
  assert.deepEqual([done, issuer.asked.length], [0, 0]);
});

test('a proof is checked against the public URL, whatever the Host says', async () => {
  turn = answer(200, {
    ...file.active_state,
    first_use: true,
    cnf: { jkt: 'a' },
    dpop_nonce: 'next-nonce',
  });
  const { status, headers } = await get('/tickets/7?page=2#x', {
    Host: 'evil.example',
    'X-Forwarded-Host': 'evil.example',
    Authorization: `DPoP ${file.bound_token}`,
    DPoP: file.proof,
  });
  assert.deepEqual([status, headers['dpop-nonce']], [200, 'next-nonce']);
  const [{ form }] = issuer.asked;
  assert.equal(form.dpop, file.proof);
  assert.equal(form.htm, 'GET');
  assert.equal(form.htu, 'https://tickets.acme.example/api/tickets/7');
});

test('the address of the service is checked at the start', () => {
  const server = new ResourceServer({ issuer: issuer.url, ...file.server });
  for (const publicUrl of [
    undefined,
    '',
    'tickets.acme.example',
    'ftp://a',
    'https://a/?b',
    'https://u:p@a',
  ]) {
    assert.throws(() => protect(server, toUse, { publicUrl }), TypeError, String(publicUrl));
  }
});
