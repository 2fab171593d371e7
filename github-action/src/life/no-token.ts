// SPDX-License-Identifier: Apache-2.0
import { unverifiedClaims } from '../issuer/id-token.js';
import type { NotGranted } from '../issuer/in-doubt.js';
import type { MintRequest } from '../issuer/mint.js';
import { saveState } from '../runner/saved-state.js';
import type { IdTokenSource } from '../settings/id-token-input.js';
import { notApprovedText } from '../text/approval-text.js';
import { refusalText } from '../text/refusal-text.js';
import { unavailableText, wouldGrantText } from '../text/step-text.js';
import { closeUnheardToken } from '../token/unheard-token.js';
import type { Calling, Reporting } from '../world/world.js';

/** What waits for the token: a command, and the folder in which its files lie; and how people are waited for. */
export type Waiting = {
  readonly command: boolean;
  readonly folder: string | undefined;
  /** Where a fresh ID token comes from. */
  readonly source: IdTokenSource;
  /** Undefined for as long as the issuer lets people approve; 0 for not at all. */
  readonly approvalWaitSeconds: number | undefined;
};

/** An end without a token. */
export type NoToken = {
  readonly request: MintRequest;
  readonly answer: NotGranted;
  readonly waiting: Pick<Waiting, 'command'>;
};

/** Prints why there is no token. */
export function sayWhyNot({ log, net }: Calling & Reporting, { request, answer, waiting }: NoToken): void {
  const { issuer, details, idToken } = request;
  switch (answer.kind) {
    case 'would-grant':
      log.say(wouldGrantText(answer.approvers));
      break;
    case 'refused': {
      const { refusal, afterLostAnswer, approvalId } = answer;
      if (!afterLostAnswer && (approvalId !== undefined || refusal.code === 'expired_token')) {
        log.fail(notApprovedText(refusal, { approvalId, command: waiting.command }));
        break;
      }
      const claims = unverifiedClaims(idToken);
      const nowSeconds = Math.floor(net.now() / 1000);
      log.fail(refusalText({ issuer, details, refusal, afterLostAnswer, claims, nowSeconds }));
      break;
    }
    case 'unavailable':
      log.fail(unavailableText({ issuer, outage: answer.outage, command: waiting.command }));
      break;
    case 'pending':
      throw new Error('still to be waited for');
  }
}

/** If the answer to a grant was lost, there is a live token that nobody holds. */
export async function leaveNothing(
  world: Calling & Reporting,
  request: MintRequest,
  inDoubt: boolean,
): Promise<void> {
  const isClosed = !inDoubt || (await closeUnheardToken(world, request));
  if (isClosed && !request.dryRun) {
    saveState(world.files, { phase: 'done' });
  }
}
