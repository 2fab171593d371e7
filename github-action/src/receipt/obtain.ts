// SPDX-License-Identifier: Apache-2.0
import type { Net } from '../issuer/calls.js';
import { askForReceipt, type ReceiptRequest } from './ask.js';
import { askForKeys } from './published-keys.js';
import { type VerifiedReceipt, verifyReceipt } from './verify.js';

/** A receipt that the keys of its issuer verify, or none. `why` is printable and without a secret. */
export type ReceiptAnswer =
  | { readonly kind: 'verified'; readonly receipt: VerifiedReceipt }
  | { readonly kind: 'none'; readonly why: string };

/** The receipt of one token, verified with the keys that its issuer publishes at the same address. Never throws. */
export async function obtainReceipt(
  net: Net,
  asking: ReceiptRequest,
  signal: AbortSignal,
): Promise<ReceiptAnswer> {
  const answer = await askForReceipt(net, asking, signal);
  if (answer.kind === 'none') {
    return answer;
  }
  const published = await askForKeys(net, asking.issuer, signal);
  if (published.kind === 'none') {
    return none(`it came, and the issuer's keys to verify it did not: ${published.why}`);
  }
  const { issuer, handle } = asking;
  const verified = verifyReceipt(answer.envelope, { issuer, handle, keys: published.keys });
  return verified.kind === 'ok'
    ? { kind: 'verified', receipt: verified.value }
    : none(`what came was not kept: ${verified.fault}`);
}

function none(why: string): ReceiptAnswer {
  return { kind: 'none', why };
}
