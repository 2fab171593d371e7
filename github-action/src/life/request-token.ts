// SPDX-License-Identifier: Apache-2.0
import { unverifiedClaims } from '../issuer/id-token.js';
import { mayHaveBeenGranted, type NotGranted } from '../issuer/in-doubt.js';
import { type Granted, type MintRequest, mint } from '../issuer/mint.js';
import { saveState } from '../runner/saved-state.js';
import { refusalText } from '../text/refusal-text.js';
import { unavailableText, wouldGrantText } from '../text/step-text.js';
import { closeUnheardToken } from '../token/unheard-token.js';
import type { Calling, Reporting } from '../world/world.js';

/** A token; or none, with the reason already printed, and the step's exit code. */
export type TokenAnswer =
  | { readonly kind: 'granted'; readonly granted: Granted }
  | { readonly kind: 'none'; readonly code: number };

/** What waits for the token: a command, and the folder in which its files lie. */
export type Waiting = { readonly command: boolean; readonly folder: string | undefined };

/** Asks the issuer. Whatever the answer, no token that we could close stays behind unnoticed. */
export async function requestToken(
  world: Calling & Reporting,
  request: MintRequest,
  waiting: Waiting,
): Promise<TokenAnswer> {
  if (!request.dryRun) {
    // Before asking: a crash between the issuer's answer and the next save must leave a trace.
    saveState(world.files, { phase: 'minting', issuer: request.issuer, folder: waiting.folder });
  }
  const answer = await mint(world.net, request, world.cancel.signal);
  if (answer.kind === 'granted') {
    return answer;
  }
  sayWhyNot(world, { request, answer, waiting });
  await leaveNothing(world, request, answer);
  return { kind: 'none', code: answer.kind === 'would-grant' ? 0 : 1 };
}

function sayWhyNot(
  { log, net }: Calling & Reporting,
  { request, answer, waiting }: { request: MintRequest; answer: NotGranted; waiting: Waiting },
): void {
  const { issuer, details, idToken } = request;
  switch (answer.kind) {
    case 'would-grant':
      log.say(wouldGrantText());
      break;
    case 'refused': {
      const { refusal, afterLostAnswer } = answer;
      const claims = unverifiedClaims(idToken);
      const nowSeconds = Math.floor(net.now() / 1000);
      log.fail(refusalText({ issuer, details, refusal, afterLostAnswer, claims, nowSeconds }));
      break;
    }
    case 'unavailable':
      log.fail(unavailableText({ issuer, outage: answer.outage, command: waiting.command }));
      break;
  }
}

/** If the answer to a grant was lost, there is a live token that nobody holds. */
async function leaveNothing(
  world: Calling & Reporting,
  request: MintRequest,
  answer: NotGranted,
): Promise<void> {
  const isClosed = !mayHaveBeenGranted(request, answer) || (await closeUnheardToken(world, request));
  if (isClosed && !request.dryRun) {
    saveState(world.files, { phase: 'done' });
  }
}
