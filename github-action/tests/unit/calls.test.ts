// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Net, send } from '../../src/issuer/calls.js';
import { newHolder } from '../../src/issuer/holder.js';
import { askForIdToken } from '../../src/issuer/id-token.js';
import { mayHaveBeenGranted } from '../../src/issuer/in-doubt.js';
import { type MintRequest, mintAnswerFrom } from '../../src/issuer/mint.js';
import type { Reply } from '../../src/issuer/reply.js';
import { parseSecret } from '../../src/issuer/secret.js';
import type { HttpOutcome } from '../../src/issuer/transport.js';
import { contract } from '../rig/contract.js';

type Turn = {
  status?: number;
  retry_after?: string;
  body?: string;
  fault?: 'refused' | 'lost' | 'tls' | 'large' | 'proxy_login';
  took_ms?: number;
};
type Patience = {
  attempts: number;
  deadline_ms: number;
  try_timeout_ms: number;
  first_pause_ms: number;
  longest_pause_ms: number;
};
type Case = {
  name: string;
  patience?: Patience;
  turns: Turn[];
  pauses_ms: number[];
  timeouts_ms: number[];
  end: string;
  lost_one?: boolean;
  may_have_acted: boolean;
};

type IdTokenCase = { name: string; turns: Turn[]; pauses_ms: number[]; end: 'fetched' | 'none' };

const vectors = contract<{ start: string; patience: Patience; cases: Case[]; id_token_cases: IdTokenCase[] }>(
  'retry.json',
);

for (const vector of vectors.id_token_cases) {
  test(`asks again for an ID token: ${vector.name}`, async () => {
    const { net, pauses, left } = playing(vector.turns);
    const requestToken = parseSecret('ID token', 'r');
    assert.ok(requestToken);
    const endpoint = { url: new URL('https://runner.example/id'), requestToken };
    const answer = await askForIdToken(net, { endpoint, audience: 'x' }, new AbortController().signal);
    assert.deepEqual(pauses, vector.pauses_ms);
    assert.equal(left(), 0);
    assert.equal(answer.kind === 'signed' ? 'fetched' : 'none', vector.end);
  });
}

for (const vector of vectors.cases) {
  test(`tries again: ${vector.name}`, async () => {
    const seen = await play(vector);
    assert.deepEqual(seen.pauses, vector.pauses_ms);
    assert.deepEqual(seen.timeouts, vector.timeouts_ms);
    assert.equal(endOf(seen.reply), vector.end);
    if (vector.lost_one !== undefined) {
      assert.equal(seen.reply.kind === 'received' && seen.reply.lostOne, vector.lost_one);
    }
    assert.equal(mayHaveActed(seen.reply), vector.may_have_acted);
  });
}

function mayHaveActed(reply: Reply): boolean {
  const idToken = parseSecret('ID token', 'aaaa.bbbb.cccc');
  assert.ok(idToken);
  const request: MintRequest = {
    issuer: 'https://tokens.acme.example',
    idToken,
    audience: 'https://tokens.acme.example',
    details: [],
    txn: 't',
    holder: newHolder(),
    lifetimeSeconds: undefined,
    leaseSeconds: undefined,
    dryRun: false,
  };
  const answer = mintAnswerFrom(request, reply);
  return answer.kind !== 'granted' && mayHaveBeenGranted(request, answer);
}

/** A network that plays these turns. */
function playing(script: readonly Turn[]) {
  let now = Date.parse(vectors.start);
  const turns = [...script];
  const pauses: number[] = [];
  const timeouts: number[] = [];
  const net: Net = {
    now: () => now,
    random: () => 0.5,
    sleep: async (ms) => {
      pauses.push(ms);
      now += ms;
    },
    transport: async ({ timeoutMs }) => {
      timeouts.push(timeoutMs);
      const turn = turns.shift();
      assert.ok(turn, 'no further try was expected');
      now += turn.took_ms ?? 0;
      return outcomeOf(turn);
    },
  };
  return { net, pauses, timeouts, left: () => turns.length };
}

async function play(vector: Case): Promise<{ reply: Reply; pauses: number[]; timeouts: number[] }> {
  const { net, pauses, timeouts } = playing(vector.turns);
  const { attempts, deadline_ms, try_timeout_ms, first_pause_ms, longest_pause_ms } =
    vector.patience ?? vectors.patience;
  const reply = await send(net, {
    request: { method: 'POST', url: new URL('https://tokens.acme.example/token'), headers: {}, body: '' },
    patience: {
      attempts,
      deadlineMs: deadline_ms,
      tryTimeoutMs: try_timeout_ms,
      firstPauseMs: first_pause_ms,
      longestPauseMs: longest_pause_ms,
    },
    signal: new AbortController().signal,
  });
  return { reply, pauses, timeouts };
}

function outcomeOf({ fault, ...turn }: Turn): HttpOutcome {
  if (fault === undefined) {
    return { kind: 'answer', status: turn.status ?? 0, retryAfter: turn.retry_after, body: turn.body ?? '' };
  }
  if (fault === 'proxy_login') {
    return { kind: 'proxy-login' };
  }
  if (fault === 'large') {
    return { kind: 'large', maxBytes: 64 * 1024 };
  }
  return fault === 'lost' ? { kind: 'lost', what: 'no whole answer' } : { kind: fault };
}

function endOf(reply: Reply): string {
  return reply.kind === 'received' ? `status ${reply.status}` : reply.outage.kind;
}
