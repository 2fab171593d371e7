// SPDX-License-Identifier: Apache-2.0
import { type Checked, fault, ok } from '../base/checked.js';
import { printable } from '../base/printable.js';
import { isSignedBy, parseEnvelope } from './envelope.js';
import type { KeySet } from './key-set.js';
import { parseStatement, type ReceiptStatement } from './statement.js';

/** Whose receipt it must be, and the keys that its user knows to be the issuer's. */
export type Expected = { readonly issuer: string; readonly handle: string; readonly keys: KeySet };

/** A receipt whose signature was checked; only `verifyReceipt` makes one. It is what the issuer's ledger knew when it was made. */
export type VerifiedReceipt = {
  /** The text as it came, without blanks around it. */
  readonly envelope: string;
  /** The `kid` of the key that signed it. */
  readonly keyId: string;
  readonly statement: ReceiptStatement;
};

/** The text may be anything; a fault is the end of a printable sentence about it. What was signed is read after the signature is checked. */
export function verifyReceipt(text: string, { issuer, handle, keys }: Expected): Checked<VerifiedReceipt> {
  const envelope = parseEnvelope(text);
  if (envelope.kind === 'fault') {
    return envelope;
  }
  const { keyId, payload } = envelope.value;
  const key = keys.get(keyId);
  if (key === undefined) {
    return fault('none of the keys that the issuer publishes has its key id');
  }
  if (!isSignedBy(envelope.value, key)) {
    return fault('its signature does not verify: it was changed, or another key signed it');
  }
  const statement = parseStatement(payload);
  if (statement === undefined) {
    return fault('what was signed is not a receipt that this version knows');
  }
  const flaw = flawOf(statement, issuer, handle);
  return flaw === undefined ? ok({ envelope: text.trim(), keyId, statement }) : fault(flaw);
}

function flawOf(statement: ReceiptStatement, issuer: string, handle: string): string | undefined {
  if (statement.handle !== handle) {
    return 'it is the receipt of another token';
  }
  const named = statement.issuer.replace(/\/$/, '');
  return named === issuer
    ? undefined
    : `it names another issuer: if ${printable(named)} is yours, write the input issuer like that`;
}
