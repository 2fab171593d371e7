// SPDX-License-Identifier: Apache-2.0
import { unverifiedClaims } from '../issuer/id-token.js';
import { mayHaveBeenGranted, type NotGranted } from '../issuer/in-doubt.js';
import { type Granted, type MintRequest, mint } from '../issuer/mint.js';
import type { Secret } from '../issuer/secret.js';
import type { MainSettings, Wish } from '../settings/main-settings.js';
import { refusalText } from '../text/refusal-text.js';
import { unavailableText, wouldGrantText } from '../text/step-text.js';
import { closeUnheardToken } from '../token/unheard-token.js';
import type { World } from '../world/world.js';
import { save } from './conclude.js';

/** A token for a task instance; or none, all said, and the step's exit code. */
export type TokenAnswer =
  | { readonly kind: 'granted'; readonly granted: Granted; readonly txn: string }
  | { readonly kind: 'none'; readonly code: number };

/** Asks the issuer. Whatever comes of it, no token that we could close stays behind unknown. */
export async function requestToken(
  world: World,
  settings: MainSettings,
  by: { idToken: Secret; folder: string | undefined },
): Promise<TokenAnswer> {
  const request = mintRequest(world, settings.wish, by.idToken);
  if (!request.dryRun) {
    // Before asking: a crash between the issuer's answer and the next save must leave a trace.
    save(world, { phase: 'minting', issuer: request.issuer, folder: by.folder });
  }
  const answer = await mint(world.net, request, world.cancel.signal);
  if (answer.kind === 'granted') {
    return { kind: 'granted', granted: answer.granted, txn: request.txn };
  }
  sayWhyNot(world, settings, request, answer);
  await leaveNothing(world, request, answer);
  return { kind: 'none', code: answer.kind === 'would-grant' ? 0 : 1 };
}

function mintRequest(world: World, wish: Wish, idToken: Secret): MintRequest {
  const { issuer, details, lifetimeSeconds, leaseSeconds, dryRun } = wish;
  return { issuer, details, lifetimeSeconds, leaseSeconds, dryRun, idToken, txn: world.randomUuid() };
}

function sayWhyNot(world: World, settings: MainSettings, request: MintRequest, answer: NotGranted): void {
  const { issuer, details, idToken } = request;
  switch (answer.kind) {
    case 'would-grant':
      world.log.say(wouldGrantText());
      break;
    case 'refused': {
      const { refusal, afterLostAnswer } = answer;
      const claims = unverifiedClaims(idToken);
      world.log.fail(refusalText({ issuer, details, refusal, afterLostAnswer, claims }));
      break;
    }
    case 'unavailable': {
      const command = settings.use.kind === 'command';
      world.log.fail(unavailableText({ issuer, outage: answer.outage, command }));
      break;
    }
  }
}

/** A grant whose answer was lost is a token that nobody holds, but that lives. */
async function leaveNothing(world: World, request: MintRequest, answer: NotGranted): Promise<void> {
  const isClosed = !mayHaveBeenGranted(request, answer) || (await closeUnheardToken(world, request));
  if (isClosed && !request.dryRun) {
    save(world, { phase: 'done' });
  }
}
