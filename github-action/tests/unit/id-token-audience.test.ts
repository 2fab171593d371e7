// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Net } from '../../src/issuer/calls.js';
import { close } from '../../src/issuer/close.js';
import { newHolder } from '../../src/issuer/holder.js';
import { mint } from '../../src/issuer/mint.js';
import { DEFAULT_PATIENCE } from '../../src/issuer/patience.js';
import { parseSecret, type Secret } from '../../src/issuer/secret.js';
import { contract } from '../rig/contract.js';

type Case = {
  name: string;
  issuer?: string;
  named?: string[];
  to?: 'close';
  claims?: object;
  payload?: string;
  id_token?: string;
  sent: boolean;
  why?: string;
};

const vectors = contract<{ issuer: string; txn: string; cases: Case[] }>('id-token-audience.json');

// The action names one audience at most.
for (const vector of vectors.cases) {
  test(`an ID token goes only to whom it is for: ${vector.name}`, async () => {
    let sent = 0;
    const net: Net = {
      now: () => 0,
      random: () => 0.5,
      sleep: async () => {},
      transport: async () => {
        sent++;
        return { kind: 'answer', status: 400, retryAfter: undefined, body: '{"error":"invalid_request"}' };
      },
    };
    const why = await (vector.to === 'close' ? closing(net, vector) : asking(net, vector));
    assert.equal(sent > 0, vector.sent);
    assert.equal(why, vector.sent ? undefined : vector.why);
  });
}

async function asking(net: Net, vector: Case): Promise<string | undefined> {
  const issuer = (vector.issuer ?? vectors.issuer).replace(/\/$/, '');
  const request = {
    issuer,
    audience: vector.named?.[0] ?? issuer,
    idToken: idTokenOf(vector),
    details: [],
    txn: vectors.txn,
    holder: newHolder(),
    lifetimeSeconds: undefined,
    leaseSeconds: undefined,
    dryRun: false,
  };
  const answer = await mint(net, request, new AbortController().signal);
  return answer.kind === 'unavailable' ? answer.outage.sentence : undefined;
}

async function closing(net: Net, vector: Case): Promise<string | undefined> {
  const what = { kind: 'job', idToken: idTokenOf(vector) } as const;
  const issuer = vector.issuer ?? vectors.issuer;
  const answer = await close(net, { issuer, what, patience: DEFAULT_PATIENCE }, new AbortController().signal);
  return answer.kind === 'failed' && !vector.sent ? answer.why : undefined;
}

function idTokenOf(vector: Case): Secret {
  const payload = vector.payload ?? JSON.stringify(vector.claims ?? {});
  const text = vector.id_token ?? `e30.${Buffer.from(payload).toString('base64url')}.c2ln`;
  const secret = parseSecret('ID token', text);
  assert.ok(secret);
  return secret;
}
