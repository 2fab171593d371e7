// SPDX-License-Identifier: Apache-2.0
import { signalNumber } from '../command/child.js';
import type { Taking } from '../command/child-environment.js';
import { newHolder } from '../issuer/holder.js';
import { newProofKey } from '../issuer/proof-key.js';
import type { Secret } from '../issuer/secret.js';
import { STATE_VARIABLE } from '../runner/saved-state.js';
import { INPUT_NAMES, inputVariable } from '../settings/inputs.js';
import { type MainSettings, parseMainSettings, type Use } from '../settings/main-settings.js';
import { fetchIdToken } from '../token/fetch-id-token.js';
import { plainMasksOf } from '../token/masks.js';
import type { World } from '../world/world.js';
import { requestToken } from './request-token.js';
import { type Ended, type PreparedUse, useToken } from './use-token.js';
import { warnOnError } from './warn-on-error.js';
import { prepare } from './wrapped-command.js';

/** Exit codes of ours; all others are the command's. */
const NO_TOKEN = 1;
const WRONG_USAGE = 2;

/** The step itself: requests a token and uses it as the workflow says. Returns the exit code. */
export async function mainPart(world: World): Promise<number> {
  const settings = parseMainSettings(world.env, world.machine);
  if (settings.kind === 'fault') {
    world.log.fail(settings.fault.split('\n'));
    return WRONG_USAGE;
  }
  const ended = await withIdToken(world, settings.value);
  return ended.by === 'us' && world.cancel.signal.aborted
    ? 128 + signalNumber(await world.cancel.asked)
    : ended.code;
}

async function withIdToken(world: World, settings: MainSettings): Promise<Ended> {
  const { source, audience } = settings.wish;
  const signed = await fetchIdToken(world, { source, audience });
  if (signed.kind === 'failed') {
    const notRun = settings.use.kind === 'command' ? ['the command was not run'] : [];
    world.log.fail([`no ID token: ${signed.why}`, ...notRun]);
    return { code: NO_TOKEN, by: 'us' };
  }
  world.log.mask(plainMasksOf(signed.idToken));
  return withFiles(world, settings, signed.idToken);
}

async function withFiles(world: World, settings: MainSettings, idToken: Secret): Promise<Ended> {
  const taking = takingOf(settings.wish);
  const use = prepareUse(world, settings.use, taking);
  const folder = use.kind === 'command' ? use.command.folder : undefined;
  const txn = world.randomUuid();
  const holder = newHolder();
  const { source, approvalWaitSeconds } = settings.wish;
  const command = use.kind === 'command';
  const waiting = { command, folder: folder?.path, source, approvalWaitSeconds };
  // Only what we send ourselves can prove the key: a command that gets the token could not.
  const proofKey =
    use.kind === 'command' && use.command.command.inject ? newProofKey(world.net.now) : undefined;
  try {
    const answer = await requestToken(world, { ...settings.wish, idToken, txn, holder, proofKey }, waiting);
    if (answer.kind === 'none') {
      return { code: answer.code, by: 'us' };
    }
    return await useToken(world, { issuer: settings.wish.issuer, granted: answer.granted, txn, use });
  } finally {
    warnOnError(world.log, 'the files for the command could not be removed', () => folder?.remove());
  }
}

/** What the command may not find in its environment. */
function takingOf({ source, issuer, audience }: MainSettings['wish']): Omit<Taking, 'passIdToken'> {
  const idTokenVariable = source.kind === 'variable' ? source.name : undefined;
  const ours = [STATE_VARIABLE, ...INPUT_NAMES.map(inputVariable)];
  return { ours, idTokenVariable, audiences: [issuer, audience] };
}

function prepareUse(world: World, use: Use, taking: Omit<Taking, 'passIdToken'>): PreparedUse {
  switch (use.kind) {
    case 'command':
      return { kind: 'command', command: prepare(world, use.command, taking) };
    case 'output':
    case 'nothing':
      return use;
  }
}
