// SPDX-License-Identifier: Apache-2.0
import { type CloseAnswer, close, type ToClose } from '../issuer/close.js';
import { CLOSING_PATIENCE } from '../issuer/patience.js';
import type { Secret } from '../issuer/secret.js';
import { obtainReceipt, type ReceiptAnswer } from '../receipt/obtain.js';
import { idTokenSource } from '../settings/id-token-input.js';
import { inputsOf } from '../settings/inputs.js';
import type { World } from '../world/world.js';
import { type Fetching, fetchIdToken } from './fetch-id-token.js';
import { plainMasksOf } from './masks.js';

/** Where to close, and the audience of the ID token. */
export type Where = { readonly issuer: string; readonly audience: string };

/** Closes with a fresh ID token of this job: needs no token in hand, and works only for this run's tokens. */
export async function closeWithIdToken(
  world: ByIdToken,
  where: Where,
  toClose: (idToken: Secret) => ToClose,
): Promise<CloseAnswer> {
  const signed = await freshIdToken(world, where);
  if (signed.kind === 'failed') {
    return signed;
  }
  const closing = { ...where, what: toClose(signed.idToken), patience: CLOSING_PATIENCE };
  return close(world.net, closing, world.cancel.signal);
}

/** The receipt of one of this run's tokens, verified, by its handle and a fresh ID token of this job. */
export async function receiptWithIdToken(
  world: ByIdToken,
  where: Where,
  handle: string,
): Promise<ReceiptAnswer> {
  const signed = await freshIdToken(world, where);
  if (signed.kind === 'failed') {
    return { kind: 'none', why: signed.why };
  }
  const by = { kind: 'run', idToken: signed.idToken } as const;
  return obtainReceipt(world.net, { ...where, handle, by }, world.cancel.signal);
}

type ByIdToken = Fetching & Pick<World, 'log'>;
type Signed =
  | { readonly kind: 'signed'; readonly idToken: Secret }
  | { readonly kind: 'failed'; readonly why: string };

async function freshIdToken(world: ByIdToken, where: Where): Promise<Signed> {
  const source = idTokenSource(inputsOf(world.env), world.env);
  if (source.kind === 'fault') {
    return { kind: 'failed', why: 'this job may not request ID tokens' };
  }
  const wanted = { source: source.value, audience: where.audience, patience: CLOSING_PATIENCE };
  const signed = await fetchIdToken(world, wanted);
  if (signed.kind === 'failed') {
    return { kind: 'failed', why: `no ID token: ${signed.why}` };
  }
  world.log.mask(plainMasksOf(signed.idToken));
  return { kind: 'signed', idToken: signed.idToken };
}
