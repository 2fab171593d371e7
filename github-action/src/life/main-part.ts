// SPDX-License-Identifier: Apache-2.0
import { signalNumber } from '../command/child.js';
import { newHolder } from '../issuer/holder.js';
import { askForIdToken } from '../issuer/id-token.js';
import type { Secret } from '../issuer/secret.js';
import { type MainSettings, parseMainSettings, type Use } from '../settings/main-settings.js';
import { plainMasksOf } from '../token/masks.js';
import type { World } from '../world/world.js';
import { requestToken } from './request-token.js';
import { type PreparedUse, useToken } from './use-token.js';
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
  const code = await withIdToken(world, settings.value);
  return world.cancel.signal.aborted ? 128 + signalNumber(await world.cancel.asked) : code;
}

async function withIdToken(world: World, settings: MainSettings): Promise<number> {
  const { source, audience } = settings.wish;
  const signed = await askForIdToken(world.net, { source, audience }, world.cancel.signal);
  if (signed.kind === 'failed') {
    const notRun = settings.use.kind === 'command' ? ['the command was not run'] : [];
    world.log.fail([`no ID token: ${signed.why}`, ...notRun]);
    return NO_TOKEN;
  }
  world.log.mask(plainMasksOf(signed.idToken));
  return withFiles(world, settings, signed.idToken);
}

async function withFiles(world: World, settings: MainSettings, idToken: Secret): Promise<number> {
  const use = prepareUse(world, settings.use);
  const folder = use.kind === 'command' ? use.command.folder : undefined;
  const txn = world.randomUuid();
  const holder = newHolder();
  const waiting = { command: use.kind === 'command', folder: folder?.path };
  try {
    const answer = await requestToken(world, { ...settings.wish, idToken, txn, holder }, waiting);
    return answer.kind === 'granted'
      ? await useToken(world, { issuer: settings.wish.issuer, granted: answer.granted, txn, use })
      : answer.code;
  } finally {
    warnOnError(world.log, 'the files for the command could not be removed', () => folder?.remove());
  }
}

function prepareUse(world: World, use: Use): PreparedUse {
  switch (use.kind) {
    case 'command':
      return { kind: 'command', command: prepare(world, use.command) };
    case 'output':
      return use;
  }
}
