// SPDX-License-Identifier: Apache-2.0
import { isoSeconds } from '../base/iso-seconds.js';
import { parseSavedState, type SavedState, STATE_VARIABLE } from '../runner/saved-state.js';
import { summaryMarkdown } from '../runner/summary.js';
import { inputsOf } from '../settings/inputs.js';
import { audienceFor, isIssuerWritten, issuerUrl } from '../settings/issuer-input.js';
import { receiptFile } from '../settings/receipt-input.js';
import type { Fact } from '../text/receipt-facts.js';
import { alreadyDeadText, closedEarlierText, livedText } from '../text/step-text.js';
import { closeWithIdToken, receiptWithIdToken, type Where } from '../token/close-with-id-token.js';
import type { CloseOutcome } from '../token/held-token.js';
import type { World } from '../world/world.js';
import { type Ended, endText, sayEnd } from './conclude.js';
import { keepReceipt } from './keep-receipt.js';
import { warnOnError } from './warn-on-error.js';

type Held = Extract<SavedState, { phase: 'held' }>;

/** The safety net: closes what main did not close. Never fails the job. */
export async function postPart(world: World): Promise<void> {
  const state = parseSavedState(world.env[STATE_VARIABLE]);
  switch (state?.phase) {
    case undefined:
    case 'done':
      return;
    case 'minting':
      removeFiles(world, state.folder);
      return closeWhatMayBe(world, state.issuer);
    case 'held':
      removeFiles(world, state.folder);
      return closeHeld(world, state);
  }
}

/** Main was killed during the request: we know neither whether there is a token nor its handle. */
async function closeWhatMayBe(world: World, issuer: string): Promise<void> {
  const answer = await closeWithIdToken(world, whereOf(world.env, issuer), (idToken) => ({
    kind: 'job',
    idToken,
  }));
  if (answer.kind === 'closed') {
    world.log.say(['the step was stopped while it requested a token: every token of this job was closed']);
  } else {
    world.log.warn([
      `the step was stopped while it requested a token, and any token it was granted could not be closed (${answer.why})`,
      'nobody holds it; it dies when its lease lapses',
    ]);
  }
}

async function closeHeld(world: World, state: Held): Promise<void> {
  const { handle, expiresAt } = state;
  const outcome = await outcomeOf(world, state);
  if (outcome.kind === 'already-dead') {
    world.log.say(world.closedNotes.has(handle) ? closedEarlierText(handle) : alreadyDeadText(handle));
    return;
  }
  const livedMs = Math.min(world.net.now(), expiresAt) - state.grantedAt;
  const ended: Ended = { handle, by: 'post', outcome, expiresAt, livedMs };
  sayEnd(world.log, ended);
  const told = await receiptOf(world, state);
  world.files.addSummary(
    summaryMarkdown({
      task: state.task,
      details: [],
      facts: [
        ['granted', isoSeconds(state.grantedAt)],
        ['lived', livedText(livedMs)],
        ['closed by', endText(ended)],
        ...told,
        ['handle', handle],
      ],
    }),
  );
}

/** The file is the workflow's own input: the command could have changed the state. */
async function receiptOf(world: World, { issuer, handle }: Held): Promise<readonly Fact[]> {
  const file = receiptFile(world.env);
  const where = whereOf(world.env, issuer);
  const kept =
    file === undefined
      ? undefined
      : keepReceipt(world, { file, handle }, await receiptWithIdToken(world, where, handle));
  return kept?.facts ?? [];
}

/** The saved expiry only decides what we print and never skips a close: the command could have written it. */
async function outcomeOf(world: World, state: Held): Promise<CloseOutcome> {
  const where = whereOf(world.env, state.issuer);
  const answer = await closeWithIdToken(world, where, (idToken) => ({
    kind: 'handle',
    handle: state.handle,
    idToken,
  }));
  const wasDead = world.closedNotes.has(state.handle) || world.net.now() >= state.expiresAt;
  return answer.kind === 'closed' && wasDead ? { kind: 'already-dead' } : answer;
}

/**
 * The workflow's inputs come first. The command could have changed the state, and an ID token for our issuer must not go to
 * an address that it chose.
 */
function whereOf(env: NodeJS.ProcessEnv, saved: string): Where {
  const inputs = inputsOf(env);
  const issuer = isIssuerWritten(inputs) ? issuerUrl(inputs, env) : undefined;
  const audience = issuer?.kind === 'ok' ? audienceFor(issuer.value, inputs) : undefined;
  return issuer?.kind === 'ok' && audience?.kind === 'ok'
    ? { issuer: issuer.value, audience: audience.value }
    : { issuer: saved, audience: saved };
}

function removeFiles(world: World, folder: string | undefined): void {
  if (folder !== undefined) {
    warnOnError(world.log, 'the files of the step could not be removed', () => world.removeFolder(folder));
  }
}
