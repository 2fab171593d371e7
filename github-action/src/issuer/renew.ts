// SPDX-License-Identifier: Apache-2.0
import { parseJsonObject } from '../base/json.js';
import { type Net, send } from './calls.js';
import { formPost } from './form.js';
import type { Holder } from './holder.js';
import { secondsOrNoneOf } from './mint.js';
import type { Outage } from './outage.js';
import { heartbeatPatience } from './patience.js';
import type { ProofKey } from './proof-key.js';
import { parseRefusal, type Refusal } from './refusal.js';
import { notAnIssuer } from './reply.js';
import type { Secret } from './secret.js';

export type RenewAnswer =
  | { readonly kind: 'renewed' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'unavailable'; readonly outage: Outage };

export type Lease = {
  readonly issuer: string;
  readonly token: Secret;
  readonly holder: Holder;
  readonly leaseMs: number;
  /** The key that the token is bound to. */
  readonly boundTo?: ProofKey | undefined;
};

/** One heartbeat: extends the lease of a living token, never its expiry. */
export async function renew(net: Net, lease: Lease, signal: AbortSignal): Promise<RenewAnswer> {
  const secret = lease.token.reveal();
  const verifier = lease.holder.verifier.reveal();
  const reply = await send(net, {
    request: formPost(lease.issuer, '/renew', { token: secret, holder_verifier: verifier }),
    patience: heartbeatPatience(lease.leaseMs),
    signal,
  });
  if (reply.kind === 'none') {
    return { kind: 'unavailable', outage: reply.outage };
  }
  lease.boundTo?.heard(reply.nonce);
  const body = parseJsonObject(reply.body);
  if (reply.status === 200) {
    return body && secondsOrNoneOf(body, 'lease_expires_in') !== undefined
      ? { kind: 'renewed' }
      : { kind: 'unavailable', outage: notAnIssuer(reply, 'without a lease') };
  }
  const refusal = parseRefusal(body, secret);
  return refusal === undefined
    ? { kind: 'unavailable', outage: notAnIssuer(reply, 'without an OAuth error') }
    : { kind: 'refused', refusal };
}
