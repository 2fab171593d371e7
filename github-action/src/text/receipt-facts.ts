// SPDX-License-Identifier: Apache-2.0
import { printable } from '../base/printable.js';
import type { ReceiptApprover, ReceiptStatement } from '../receipt/statement.js';
import type { VerifiedReceipt } from '../receipt/verify.js';
import { endText } from './end-text.js';

export type Fact = readonly [string, string];

/** A token's story in a few lines. */
export function receiptFacts({ statement, keyId }: VerifiedReceipt): readonly Fact[] {
  return [
    ...(statement.approvers ?? []).map(
      ({ at, ...who }) => ['approved by', `${approverText(who)}, at ${at}`] as const,
    ),
    ...(statement.keyThumbprint === undefined
      ? []
      : ([['bound to', `the key ${printable(statement.keyThumbprint)}`]] as const)),
    ['redeemed', redeemed(statement)],
    ['ended', statement.end === undefined ? 'not yet' : `${endText(statement.end)}, at ${statement.end.at}`],
    ['signature', `valid, by key ${printable(keyId)}`],
  ];
}

/** A person, as the provider that proved who it is names him. */
export function approverText({ name, provider }: Pick<ReceiptApprover, 'name' | 'provider'>): string {
  return printable(`${name} (${provider})`);
}

function redeemed({ useCount, uses }: ReceiptStatement): string {
  const last = uses.at(-1);
  if (useCount === 0 || last === undefined) {
    return useCount === 0 ? 'never' : `${useCount} times`;
  }
  const use = `${last.action} by ${last.server} at ${last.at}`;
  if (useCount === 1) {
    return `once: ${use}`;
  }
  const which = useCount === uses.length ? 'last' : `number ${uses.length}`;
  return `${useCount} times: ${use} (${which})`;
}
