// SPDX-License-Identifier: Apache-2.0
import type { MintAnswer, MintRequest } from './mint.js';

/** Every answer that leaves no token in our hands. */
export type NotGranted = Exclude<MintAnswer, { kind: 'granted' }>;

/** Whether there may be a token all the same, that nobody holds: contract/retry.json, `may_have_acted`. */
export function mayHaveBeenGranted(request: Pick<MintRequest, 'dryRun'>, answer: NotGranted): boolean {
  switch (answer.kind) {
    case 'would-grant':
    case 'pending':
      // An issuer that had granted it would not still wait: the ID token would have been exchanged.
      return false;
    case 'refused':
      return answer.afterLostAnswer && !request.dryRun;
    case 'unavailable':
      // In a dry run no answer is no grant; but a 200 that is no "would grant" may be one.
      return answer.outage.mayHaveArrived && (!request.dryRun || answer.outage.kind === 'NOT_AN_ISSUER');
  }
}
