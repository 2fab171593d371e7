// SPDX-License-Identifier: Apache-2.0
import { parseJsonObject } from '../base/json.js';
import { type Net, send } from '../issuer/calls.js';
import { formPost } from '../issuer/form.js';
import type { Granted } from '../issuer/mint.js';
import { notSent, type Outage } from '../issuer/outage.js';
import type { Patience } from '../issuer/patience.js';
import { parseRefusal, type Refusal } from '../issuer/refusal.js';
import { notAnIssuer, type Reply } from '../issuer/reply.js';
import { type Credential, type CredentialKind, credentialKind, parseCredential } from './credential.js';

/** The result of asking for the credential that a task token stands for. */
export type CredentialAnswer = { readonly kind: 'delivered'; readonly credential: Credential } | NoCredential;

/** The token is dead, or the foreign service gives no such credential; or no usable answer came, and asking again is safe. */
export type NoCredential =
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'unavailable'; readonly outage: Outage };

export type CredentialRequest = {
  readonly issuer: string;
  readonly granted: Pick<Granted, 'token' | 'holder' | 'credentialKind'>;
  readonly patience: Patience;
};

/** Fetches the credential; fetching it again is the holder's alone. */
export async function fetchCredential(
  net: Net,
  { issuer, granted, patience }: CredentialRequest,
  signal: AbortSignal,
): Promise<CredentialAnswer> {
  const wire = granted.credentialKind ?? '';
  const kind = credentialKind(wire);
  if (kind === undefined) {
    const why = `this version does not know credentials of the kind ${wire}; use a newer one`;
    return { kind: 'unavailable', outage: notSent(why) };
  }
  const token = granted.token.reveal();
  const verifier = granted.holder.verifier.reveal();
  const request = formPost(issuer, '/credential', { token, holder_verifier: verifier });
  const reply = await send(net, { request, patience, signal });
  return reply.kind === 'none'
    ? { kind: 'unavailable', outage: reply.outage }
    : read(reply, kind, [token, verifier]);
}

function read(
  received: Extract<Reply, { kind: 'received' }>,
  granted: CredentialKind,
  [token, verifier]: readonly [string, string],
): CredentialAnswer {
  const body = parseJsonObject(received.body);
  if (received.status === 200) {
    if (body === undefined) {
      return { kind: 'unavailable', outage: notAnIssuer(received, 'without a credential') };
    }
    const credential = parseCredential(body, granted);
    return credential.kind === 'ok'
      ? { kind: 'delivered', credential: credential.value }
      : {
          kind: 'unavailable',
          outage: notAnIssuer(received, `with a credential that cannot be used: ${credential.fault}`),
        };
  }
  const refusal = parseRefusal(body, token);
  return refusal === undefined
    ? { kind: 'unavailable', outage: notAnIssuer(received, 'without an OAuth error') }
    : { kind: 'refused', refusal: withoutSecret(refusal, verifier) };
}

/** A description that repeats a secret of the request is dropped. */
function withoutSecret(refusal: Refusal, secret: string): Refusal {
  return refusal.description?.includes(secret) === true ? { ...refusal, description: undefined } : refusal;
}
