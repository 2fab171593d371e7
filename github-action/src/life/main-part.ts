// SPDX-License-Identifier: Apache-2.0
import { signalNumber } from '../command/child.js';
import { askForIdToken, unverifiedClaims } from '../issuer/id-token.js';
import { type Granted, type MintAnswer, type MintRequest, mint } from '../issuer/mint.js';
import type { Secret } from '../issuer/secret.js';
import { type MainSettings, parseMainSettings, type Wish } from '../settings/main-settings.js';
import { isoSeconds } from '../text/iso-seconds.js';
import { refusalText } from '../text/refusal-text.js';
import { grantedText, unavailableText, wouldGrantText } from '../text/step-text.js';
import { masksOf } from '../token/masks.js';
import { save } from './ending.js';
import { handOut } from './handed-out.js';
import { closeUnheard } from './unheard-token.js';
import type { World } from './world.js';
import { type PreparedCommand, prepare, runWithToken } from './wrapped-command.js';

/** Exit codes of ours; all others are the command's. */
const REFUSED = 1;
const WRONG_USAGE = 2;

/** The step itself: asks for a token, and has it used as the workflow says. Answers the exit code. */
export async function mainPart(world: World): Promise<number> {
  const settings = parseMainSettings(world.env, world.machine);
  if (settings.kind === 'fault') {
    await world.log.fail(settings.fault.split('\n'));
    return WRONG_USAGE;
  }
  const code = await withIdToken(world, settings.value);
  return world.cancel.signal.aborted ? 128 + signalNumber(await world.cancel.asked) : code;
}

async function withIdToken(world: World, settings: MainSettings): Promise<number> {
  const { source, audience } = settings.wish;
  const signed = await askForIdToken(world.net, { source, audience }, world.cancel.signal);
  if (signed.kind === 'failed') {
    await world.log.fail([`no ID token: ${signed.why}`, ...notRun(settings)]);
    return REFUSED;
  }
  await world.log.mask(masksOf(signed.idToken));
  if (settings.use.kind === 'hand-out') {
    return withAnswer(world, settings, signed.idToken, undefined);
  }
  const prepared = prepare(world, settings.use.command);
  try {
    return await withAnswer(world, settings, signed.idToken, prepared);
  } finally {
    prepared.folder.remove();
  }
}

async function withAnswer(
  world: World,
  settings: MainSettings,
  idToken: Secret,
  prepared: PreparedCommand | undefined,
): Promise<number> {
  const request = mintRequest(world, settings.wish, idToken);
  if (!request.dryRun) {
    // Before asking: a crash between the issuer's answer and the next line must leave a trace.
    save(world, { phase: 'minting', issuer: request.issuer, folder: prepared?.folder.path });
  }
  const answer = await mint(world.net, request, world.cancel.signal);
  if (answer.kind !== 'granted') {
    return withoutToken(world, settings, request, answer);
  }
  await take(world, settings, answer.granted, { txn: request.txn, folder: prepared?.folder.path });
  return prepared === undefined
    ? handOut(world, settings, answer.granted)
    : runWithToken(world, request.issuer, answer.granted, prepared);
}

function mintRequest(world: World, wish: Wish, idToken: Secret): MintRequest {
  const { issuer, details, lifetimeSeconds, leaseSeconds, dryRun } = wish;
  return { issuer, details, lifetimeSeconds, leaseSeconds, dryRun, idToken, txn: world.randomUuid() };
}

/** The order is fixed: mask, save state, then anything else. */
async function take(
  world: World,
  settings: MainSettings,
  granted: Granted,
  known: { txn: string; folder: string | undefined },
): Promise<void> {
  const { wish, use } = settings;
  await world.log.mask(masksOf(granted.token));
  save(world, {
    phase: 'held',
    issuer: wish.issuer,
    scope: use.kind === 'command' ? 'step' : use.scope,
    handle: granted.handle,
    task: wish.details[0]?.task ?? '',
    grantedAt: Math.floor(granted.grantedAt),
    expiresAt: Math.floor(granted.expiresAt),
    folder: known.folder,
  });
  await world.log.say(grantedText(granted));
  world.files.setOutput('handle', granted.handle);
  world.files.setOutput('txn', known.txn);
  world.files.setOutput('expires-at', isoSeconds(granted.expiresAt));
}

async function withoutToken(
  world: World,
  settings: MainSettings,
  request: MintRequest,
  answer: Exclude<MintAnswer, { kind: 'granted' }>,
): Promise<number> {
  switch (answer.kind) {
    case 'would-grant':
      await world.log.say(wouldGrantText());
      return 0;
    case 'refused': {
      const { refusal, afterLostAnswer } = answer;
      const { issuer, details, idToken } = request;
      const claims = unverifiedClaims(idToken);
      await world.log.fail(refusalText({ issuer, details, refusal, afterLostAnswer, claims }));
      await leaveNothing(world, request, afterLostAnswer);
      return REFUSED;
    }
    case 'unavailable': {
      const command = settings.use.kind === 'command';
      await world.log.fail(unavailableText({ issuer: request.issuer, outage: answer.outage, command }));
      await leaveNothing(world, request, answer.outage.mayHaveArrived);
      return REFUSED;
    }
  }
}

/** A grant whose answer was lost is a token that nobody holds, but that lives. */
async function leaveNothing(world: World, request: MintRequest, mayHaveBeenGranted: boolean): Promise<void> {
  if (request.dryRun) {
    return;
  }
  if (!mayHaveBeenGranted || (await closeUnheard(world, request))) {
    save(world, { phase: 'done' });
  }
}

function notRun(settings: MainSettings): readonly string[] {
  return settings.use.kind === 'command' ? ['the command was not run'] : [];
}
