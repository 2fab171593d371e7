// SPDX-License-Identifier: Apache-2.0
import { isoSeconds } from '../base/iso-seconds.js';
import { startInjector } from '../inject/injector.js';
import type { Granted } from '../issuer/mint.js';
import { saveState } from '../runner/saved-state.js';
import type { OutputScope } from '../settings/main-settings.js';
import { grantedText, injectedText, notInjectedText } from '../text/step-text.js';
import { type HeldToken, hold } from '../token/held-token.js';
import { echoesOf, masksOf } from '../token/masks.js';
import type { Calling, Keeping, Reporting, Starting } from '../world/world.js';
import { taskOf } from './conclude.js';
import { outputToken } from './output-token.js';
import { obtainCredential } from './step-credential.js';
import { endToken, type PreparedCommand, runWithToken } from './wrapped-command.js';

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

/** An exit code: the command's own, or ours. */
export type Ended = { readonly code: number; readonly by: 'command' | 'us' };

type Using = Calling & Reporting & Keeping & Starting;

/** Uses the token as the workflow says. If anything fails, the token is closed first. */
export async function useToken(world: Using, grant: Grant): Promise<Ended> {
  const { issuer, granted, use } = grant;
  const held = hold(world, issuer, granted);
  try {
    announce(world, grant);
    switch (use.kind) {
      case 'command':
        return await runCommand(world, { issuer, held, prepared: use.command });
      case 'output':
        if (granted.credentialKind !== undefined) {
          world.log.fail(noOutputText(granted.credentialKind));
          await endToken(world, held, 'step', undefined);
          return { code: 1, by: 'us' };
        }
        return { code: outputToken(world, granted, use.scope), by: 'us' };
      case 'nothing':
        // Only in a dry run, where nobody grants; if somebody did, nobody may hold it.
        await held.end();
        return { code: 1, by: 'us' };
    }
  } catch (fault) {
    await held.end();
    throw fault;
  }
}

/** Nothing between steps could serve, renew or end it. */
function noOutputText(kind: string): readonly string[] {
  return [
    `this task delivers a credential (${kind}), and only a command can have it`,
    'write run: <command> instead of scope',
  ];
}

async function runCommand(
  world: Using,
  { issuer, held, prepared }: { issuer: string; held: HeldToken; prepared: PreparedCommand },
): Promise<Ended> {
  let refresh = () => {};
  held.beat(() => refresh());
  const { credentialKind } = held.granted;
  if (prepared.command.inject !== undefined) {
    return runWithInjection(world, { held, prepared, base: prepared.command.inject });
  }
  if (credentialKind === undefined) {
    const run = { prepared, credential: undefined, injector: undefined };
    return { code: await runWithToken(world, held, run), by: 'command' };
  }
  const credential = await obtainCredential(world, { issuer, held, folder: prepared.folder });
  if (credential === undefined) {
    await endToken(world, held, world.cancel.signal.aborted ? 'cancelled' : 'step', undefined);
    return { code: 1, by: 'us' };
  }
  refresh = credential.refresh;
  try {
    const run = { prepared, credential, injector: undefined };
    return { code: await runWithToken(world, held, run), by: 'command' };
  } finally {
    credential.end();
  }
}

type Injecting = { readonly held: HeldToken; readonly prepared: PreparedCommand; readonly base: string };

/** The token stays here; what the command sends to an address of ours gets it on its way to the service. */
async function runWithInjection(world: Using, { held, prepared, base }: Injecting): Promise<Ended> {
  const { token, boundTo, credentialKind } = held.granted;
  if (credentialKind !== undefined) {
    world.log.fail(notInjectedText(credentialKind));
    await endToken(world, held, 'step', undefined);
    return { code: 1, by: 'us' };
  }
  const echoes = echoesOf(token);
  const injector = await startInjector({ base, token, echoes, boundTo, env: world.env });
  try {
    world.log.mask([injector.secret]);
    world.log.say(injectedText({ service: base, isBound: boundTo !== undefined }));
    const run = { prepared, credential: undefined, injector };
    return { code: await runWithToken(world, held, run), by: 'command' };
  } finally {
    injector.end();
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
