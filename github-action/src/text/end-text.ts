// SPDX-License-Identifier: Apache-2.0
import { printable } from '../base/printable.js';
import type { ReceiptEnd } from '../receipt/statement.js';

/** Why a token ended, in the words of the other clients. */
export function endText(end: ReceiptEnd): string {
  return printable(words(end));
}

function words({ cause, by }: ReceiptEnd): string {
  switch (cause) {
    case 'holder':
      return 'closed by its holder';
    case 'handle':
      return 'closed by its run, by its handle';
    case 'job':
      return 'closed with its job';
    case 'run':
      return 'closed with its run';
    case 'run_closed':
      return 'closed at once: its run had been closed';
    case 'hook':
      return 'closed because the CI system said that its run or job ended';
    case 'window':
      return by === 'policy'
        ? 'closed by a new version of the policy, which had ended its change window'
        : 'its change window ended';
    case 'spent':
      return `used up: ${by} redeemed its last use`;
    case 'lapsed':
      return 'lapsed: no heartbeat came in time';
    case 'expired':
      return 'expired: nobody closed it';
    case 'administrator':
      return 'revoked by an administrator';
    case 'denied':
      return 'revoked by the deny list';
    default:
      return `${cause}, by ${by}`;
  }
}
