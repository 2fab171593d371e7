// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { httpSend } from '../src/http-send.js';
import { presented, ResourceServer } from '../src/index.js';
import { vectors } from './rig/contract.mjs';
import { answer, cut, standIn, still } from './rig/issuer.mjs';

const file = vectors('verdicts.json');
const SECRETS = [file.server.secret, file.token, file.bound_token, file.proof];

for (const path of ['redeem', 'introspect']) {
  for (const one of file[path]) {
    test(`${path}: ${one.name}`, async () => {
      const issuer = await standIn(...one.answers.map(turn));
      try {
        const verdict = await ask(path, one, issuer.url);
        assert.deepEqual(shown(verdict), expected(one.verdict));
        const forms = issuer.asked.map((request) => request.form);
        const usual = usualForm(path);
        const [first] = forms;
        assert.deepEqual(
          forms,
          one.asked.map((more) => ({ ...usual(first), ...texts(more) })),
        );
        for (const secret of SECRETS) {
          assert.ok(!JSON.stringify(verdict).includes(secret), 'a verdict shows no secret');
        }
      } finally {
        await issuer.stop();
      }
    });
  }
}

test('there are cases', () => {
  assert.ok(file.redeem.length > 40 && file.introspect.length > 10);
});

function ask(path, one, url) {
  const { name, secret } = file.server;
  const server = new ResourceServer({ issuer: url, name, secret }, still(httpSend));
  const use = {
    action: file.action,
    identifier: file.identifier,
    repeatAllowed: one.repeat_allowed === true,
  };
  const request = { method: file.method, url: file.url };
  return server[path](presented(one.authorization.map(text), (one.dpop ?? []).map(text)), use, request);
}

function text(template) {
  return template
    .replaceAll('{token}', file.token)
    .replaceAll('{bound_token}', file.bound_token)
    .replaceAll('{proof}', file.proof);
}

function texts(form) {
  return Object.fromEntries(Object.entries(form).map(([name, value]) => [name, text(value)]));
}

/** The token and the id of the use are what the first request says; the rest is as the file says. */
function usualForm(path) {
  const { action, identifier } = file;
  return ({ token, use_id }) => (path === 'introspect' ? { token } : { token, action, identifier, use_id });
}

function turn({ lost, status, headers, body }) {
  return lost ? cut : answer(status, bodyOf(body), headers);
}

function bodyOf(body) {
  if (body?.$active === undefined) {
    return body;
  }
  const { $active, ...members } = body;
  const whole = { ...file.active_state, ...members };
  return Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== null));
}

function shown({ allowed, status, reason, message, headers, operator, token }) {
  return allowed
    ? { status, reason, headers: { ...headers }, handle: token.handle, uses_left: token.usesLeft }
    : { status, reason, message, headers: { ...headers }, operator: operator !== undefined };
}

function expected({ headers = {}, operator = false, ...verdict }) {
  return verdict.status === 200
    ? { headers, uses_left: undefined, ...verdict }
    : { headers, operator, ...verdict };
}
