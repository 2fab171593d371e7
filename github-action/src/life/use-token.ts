// SPDX-License-Identifier: Apache-2.0

import { isoSeconds } from '../base/iso-seconds.js';
import type { Granted } from '../issuer/mint.js';
import type { MainSettings } from '../settings/main-settings.js';
import { grantedText } from '../text/step-text.js';
import { hold } from '../token/held-token.js';
import { masksOf } from '../token/masks.js';
import type { World } from '../world/world.js';
import { save, taskOf } from './conclude.js';
import { outputToken } from './output-token.js';
import { type PreparedCommand, runWithToken } from './wrapped-command.js';

/** A token as it came, with the id of its task instance. */
export type Grant = { readonly granted: Granted; readonly txn: string };

/** Has the token used as the workflow says. If anything breaks, the token goes first. Answers the exit code. */
export async function useToken(
  world: World,
  settings: MainSettings,
  grant: Grant,
  prepared: PreparedCommand | undefined,
): Promise<number> {
  const held = hold(world, settings.wish.issuer, grant.granted);
  try {
    take(world, settings, grant, prepared);
    return prepared === undefined
      ? outputToken(world, settings, grant.granted)
      : await runWithToken(world, held, prepared);
  } catch (fault) {
    await held.end();
    throw fault;
  }
}

/** The order is fixed: mask, save state, then anything else. */
function take(
  world: World,
  settings: MainSettings,
  { granted, txn }: Grant,
  prepared: PreparedCommand | undefined,
): void {
  const { wish, use } = settings;
  world.log.mask(masksOf(granted.token));
  save(world, {
    phase: 'held',
    issuer: wish.issuer,
    scope: use.kind === 'command' ? 'step' : use.scope,
    handle: granted.handle,
    task: taskOf(granted),
    grantedAt: Math.floor(granted.grantedAt),
    expiresAt: Math.floor(granted.expiresAt),
    folder: prepared?.folder.path,
  });
  world.log.say(grantedText(granted));
  world.files.setOutput('handle', granted.handle);
  world.files.setOutput('txn', txn);
  world.files.setOutput('expires-at', isoSeconds(granted.expiresAt));
}
