// SPDX-License-Identifier: Apache-2.0
import { mayHaveBeenGranted } from '../issuer/in-doubt.js';
import { type Granted, type MintRequest, mint } from '../issuer/mint.js';
import { saveState } from '../runner/saved-state.js';
import type { World } from '../world/world.js';
import { approvedToken } from './approved-token.js';
import { leaveNothing, sayWhyNot, type Waiting } from './no-token.js';

/** A token; or none, with the reason already printed, and the step's exit code. */
export type TokenAnswer =
  | { readonly kind: 'granted'; readonly granted: Granted }
  | { readonly kind: 'none'; readonly code: number };

/** Asks the issuer, and people where the policy wants it. Whatever the answer, no token that we could close stays behind unnoticed. */
export async function requestToken(
  world: World,
  request: MintRequest,
  waiting: Waiting,
): Promise<TokenAnswer> {
  if (!request.dryRun) {
    // Before asking: a crash between the issuer's answer and the next save must leave a trace.
    saveState(world.files, { phase: 'minting', issuer: request.issuer, folder: waiting.folder });
  }
  const answer = await mint(world.net, request, world.cancel.signal);
  switch (answer.kind) {
    case 'granted':
      return answer;
    case 'pending': {
      const granted = await approvedToken(world, { request, waiting }, answer.pending);
      return granted === undefined ? { kind: 'none', code: 1 } : { kind: 'granted', granted };
    }
    case 'would-grant':
    case 'refused':
    case 'unavailable':
      sayWhyNot(world, { request, answer, waiting });
      await leaveNothing(world, request, mayHaveBeenGranted(request, answer));
      return { kind: 'none', code: answer.kind === 'would-grant' ? 0 : 1 };
  }
}
