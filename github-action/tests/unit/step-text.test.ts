// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../src/base/json.js';
import { type Credential, type CredentialKind, parseCredential } from '../../src/credential/credential.js';
import type { OutageKind } from '../../src/issuer/outage.js';
import type { TaskDetail } from '../../src/issuer/task-detail.js';
import {
  alreadyDeadText,
  type Closer,
  closedText,
  closeFailedText,
  deliveredText,
  grantedText,
  injectedText,
  lostText,
  missedText,
  notDeliveredText,
  notInjectedText,
  notRefreshedText,
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
  description?: string;
  credential: JsonObject & { kind: CredentialKind };
  outage?: OutageKind;
  command: boolean;
  service: string;
  bound: boolean;
  credential_kind: CredentialKind;
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
      return wouldGrantText([]);
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
    case 'delivered':
      return deliveredText(credentialOf(vector));
    case 'not_delivered': {
      const { code, description, request_id: requestId } = vector;
      return notDeliveredText({ kind: 'refused', refusal: { code, description, requestId } });
    }
    case 'not_delivered_now':
      return notDeliveredText({ kind: 'unavailable', outage: outageOf(vector) });
    case 'not_refreshed':
      return notRefreshedText(credentialOf(vector), why);
    case 'injected':
      return injectedText({ service: vector.service, isBound: vector.bound });
    case 'not_injected':
      return notInjectedText(vector.credential_kind);
    default:
      throw new Error(`no text for ${vector.kind}`);
  }
}

function credentialOf({ credential }: Case): Credential {
  const read = parseCredential(credential, credential.kind);
  assert.equal(read.kind, 'ok');
  return read.value;
}

function outageOf({ why, tries, request_id, outage }: Case) {
  const kind = outage ?? 'BUSY';
  return { kind, sentence: why, tries, requestId: request_id, mayHaveArrived: false } as const;
}
