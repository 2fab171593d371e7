// SPDX-License-Identifier: Apache-2.0
import { parseJsonObject } from '../base/json.js';
import type { OutageKind } from './outage.js';
import { requestIdOf } from './refusal.js';
import type { HttpOutcome } from './transport.js';

// What one try means for the call: is another one worth it, and may this one have arrived?

/** Statuses by which the issuer or a gateway before it asks for another try (429, 503) or admits a lost answer. */
const REPEATABLE: readonly number[] = [429, 502, 503, 504];
const GATEWAY_LOST_IT: readonly number[] = [502, 504];

export function asksForAnother(status: number): boolean {
  return REPEATABLE.includes(status);
}

export function isWorthRepeating(outcome: HttpOutcome): boolean {
  switch (outcome.kind) {
    case 'answer':
      return asksForAnother(outcome.status);
    case 'refused':
    case 'lost':
      return true;
    case 'tls':
    case 'proxy-login':
    case 'large':
    case 'aborted':
      return false;
  }
}

/** For a call without effects: whether another try could go better. A certificate does not get better by trying, nor a password. */
export function isNotFinal(outcome: HttpOutcome): boolean {
  switch (outcome.kind) {
    case 'answer':
    case 'refused':
    case 'lost':
    case 'large':
      return true;
    case 'tls':
    case 'proxy-login':
    case 'aborted':
      return false;
  }
}

/** The issuer may have acted on it, although no answer says so. */
export function mayHaveArrived(outcome: HttpOutcome): boolean {
  switch (outcome.kind) {
    case 'answer':
      return GATEWAY_LOST_IT.includes(outcome.status);
    case 'lost':
    case 'large':
    case 'aborted':
      return true;
    case 'refused':
    case 'proxy-login':
    case 'tls':
      return false;
  }
}

/** In our own words, never the other side's. */
export function brokenBy(outcome: HttpOutcome, host: string): { kind: OutageKind; sentence: string } {
  switch (outcome.kind) {
    case 'answer':
      return {
        kind: GATEWAY_LOST_IT.includes(outcome.status) ? 'NO_ANSWER' : 'BUSY',
        sentence: `the issuer answered ${outcome.status}`,
      };
    case 'refused':
      return { kind: 'UNREACHABLE', sentence: `no connection to ${host}` };
    case 'proxy-login':
      return { kind: 'PROXY_LOGIN', sentence: 'the proxy wants a user and password, or other ones' };
    case 'lost':
      return { kind: 'NO_ANSWER', sentence: outcome.what };
    case 'tls':
      return { kind: 'UNTRUSTED', sentence: `TLS handshake failed with ${host}` };
    case 'large':
      return { kind: 'NOT_AN_ISSUER', sentence: `the answer is longer than ${outcome.maxBytes / 1024} KB` };
    case 'aborted':
      return { kind: 'INTERRUPTED', sentence: 'interrupted while waiting for the answer' };
  }
}

/** For the issuer's operator. */
export function requestIdIn(outcome: HttpOutcome): string | undefined {
  const body = outcome.kind === 'answer' ? parseJsonObject(outcome.body) : undefined;
  return body && requestIdOf(body);
}
