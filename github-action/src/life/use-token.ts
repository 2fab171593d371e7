// SPDX-License-Identifier: Apache-2.0
import { isoSeconds } from '../base/iso-seconds.js';
import type { Granted } from '../issuer/mint.js';
import { saveState } from '../runner/saved-state.js';
import type { OutputScope } from '../settings/main-settings.js';
import { grantedText } from '../text/step-text.js';
import { hold } from '../token/held-token.js';
import { masksOf } from '../token/masks.js';
import type { Calling, Keeping, Reporting, Starting } from '../world/world.js';
import { taskOf } from './conclude.js';
import { outputToken } from './output-token.js';
import { type PreparedCommand, runWithToken } from './wrapped-command.js';

/** What the token is for, with everything prepared. */
export type PreparedUse =
  | { readonly kind: 'command'; readonly command: PreparedCommand }
  | { readonly kind: 'output'; readonly scope: OutputScope }
  | { readonly kind: 'nothing' };

/** A token as it came, the id of its task instance, and what it is for. */
export type Grant = {
  readonly issuer: string;
  readonly granted: Granted;
  readonly txn: string;
  readonly use: PreparedUse;
};

/** Uses the token as the workflow says. If anything fails, the token is closed first. Returns the exit code. */
export async function useToken(
  world: Calling & Reporting & Keeping & Starting,
  grant: Grant,
): Promise<number> {
  const { issuer, granted, use } = grant;
  const held = hold(world, issuer, granted);
  try {
    announce(world, grant);
    switch (use.kind) {
      case 'command':
        return await runWithToken(world, held, use.command);
      case 'output':
        return outputToken(world, granted, use.scope);
      case 'nothing':
        // Only in a dry run, where nobody grants; if somebody did, nobody may hold it.
        await held.end();
        return 1;
    }
  } catch (fault) {
    await held.end();
    throw fault;
  }
}

/** The order is fixed: mask, save state, then anything else. */
function announce({ log, files }: Reporting, { issuer, granted, txn, use }: Grant): void {
  log.mask(masksOf(granted.token));
  saveState(files, {
    phase: 'held',
    issuer,
    scope: use.kind === 'output' ? use.scope : 'step',
    handle: granted.handle,
    task: taskOf(granted),
    grantedAt: Math.floor(granted.grantedAt),
    expiresAt: Math.floor(granted.expiresAt),
    folder: use.kind === 'command' ? use.command.folder.path : undefined,
  });
  log.say(grantedText(granted));
  files.setOutput('handle', granted.handle);
  files.setOutput('txn', txn);
  files.setOutput('expires-at', isoSeconds(granted.expiresAt));
}
