// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OutageKind } from '../../src/issuer/outage.js';
import type { TaskDetail } from '../../src/issuer/task-detail.js';
import {
  alreadyDeadText,
  type Closer,
  closedText,
  closeFailedText,
  grantedText,
  lostText,
  missedText,
  unavailableText,
  wouldGrantText,
} from '../../src/text/step-text.js';
import { contract } from '../rig/contract.js';

type Case = {
  kind: string;
  name: string;
  text: string[];
  handle: string;
  details: TaskDetail[];
  expires_at: string;
  lease_seconds?: number;
  by: Closer;
  lived_ms?: number;
  why: string;
  code: string;
  issuer: string;
  tries: number;
  request_id?: string;
  outage?: OutageKind;
  command: boolean;
};

for (const vector of contract<{ cases: Case[] }>('messages.json').cases) {
  test(`prints ${vector.kind}: ${vector.name}`, () => {
    assert.deepEqual(
      textOf(vector).map((line) => `taskbound: ${line}`),
      vector.text,
    );
  });
}

function textOf(vector: Case): readonly string[] {
  const { handle, why } = vector;
  const expiresAt = Date.parse(vector.expires_at);
  switch (vector.kind) {
    case 'granted':
      return grantedText({ handle, details: vector.details, expiresAt, leaseSeconds: vector.lease_seconds });
    case 'would_grant':
      return wouldGrantText();
    case 'closed':
      return closedText({ handle, by: vector.by, livedMs: vector.lived_ms });
    case 'already_dead':
      return alreadyDeadText(handle);
    case 'close_failed':
      return closeFailedText({ handle, expiresAt, why });
    case 'lost':
      return lostText({ handle, code: vector.code });
    case 'missed':
      return missedText({ handle, why });
    case 'unavailable':
      return unavailableText({ issuer: vector.issuer, command: vector.command, outage: outageOf(vector) });
    default:
      throw new Error(`no text for ${vector.kind}`);
  }
}

function outageOf({ why, tries, request_id, outage }: Case) {
  const kind = outage ?? 'BUSY';
  return { kind, sentence: why, tries, requestId: request_id, mayHaveArrived: false } as const;
}
