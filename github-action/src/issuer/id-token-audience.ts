// SPDX-License-Identifier: Apache-2.0
import { quoted } from '../base/printable.js';
import { audiencesOf, unverifiedClaims } from './id-token.js';
import type { Secret } from './secret.js';

/** To whom an ID token would be sent. */
export type Receiver = {
  readonly issuer: string;
  /** What the ID token may be for beside the issuer's URL. */
  readonly named: readonly string[];
  /** Of the request, which alone may stand in the audience; without it any may. */
  readonly txn?: string;
};

const MAX_SHOWN = 512;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Why an ID token is not to be sent there, as a sentence; undefined when it may be. It must have been issued for the issuer's URL
 * or an audience that was named beside it: else whoever can change the issuer's URL collects ID tokens that are good elsewhere.
 */
export function audienceObjection(idToken: Secret, receiver: Receiver): string | undefined {
  if (unverifiedClaims(idToken) === undefined) {
    return 'the ID token is not a readable JWT';
  }
  const audiences = audiencesOf(idToken);
  const [only] = audiences;
  if (only === undefined) {
    return 'the ID token does not say for whom it is (aud)';
  }
  if (audiences.length > 1) {
    return 'the ID token is for more than one audience';
  }
  return isOurs(only, receiver) || isOursForOneTask(only, receiver)
    ? undefined
    : `the ID token is for ${shown(only)}`;
}

/** One trailing slash is ignored, as the issuer does. */
function isOurs(audience: string, { issuer, named }: Receiver): boolean {
  return [issuer, ...named].some((name) => withoutSlash(name) === withoutSlash(audience));
}

/** `<audience>#<txn>`, as Jenkins' ID tokens have it. */
function isOursForOneTask(audience: string, receiver: Receiver): boolean {
  const mark = audience.lastIndexOf('#');
  const task = audience.slice(mark + 1);
  const isTask = receiver.txn === undefined ? UUID.test(task) : task === receiver.txn;
  return mark >= 0 && isTask && isOurs(audience.slice(0, mark), receiver);
}

function withoutSlash(url: string): string {
  return url.replace(/\/$/, '');
}

function shown(audience: string): string {
  return audience.length <= MAX_SHOWN ? quoted(audience) : quoted(`${audience.slice(0, MAX_SHOWN)}...`);
}
