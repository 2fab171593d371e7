// SPDX-License-Identifier: Apache-2.0
import { type Child, type ChildSpec, signalNumber } from '../command/child.js';
import { childEnvironment, type Given, type Taking } from '../command/child-environment.js';
import type { PrivateFolder } from '../command/private-folder.js';
import { fixedUp } from '../command/script.js';
import { argumentsFor } from '../command/shell.js';
import type { Injector } from '../inject/injector.js';
import type { Granted } from '../issuer/mint.js';
import type { Command } from '../settings/main-settings.js';
import type { HeldToken } from '../token/held-token.js';
import { CANCEL_GRACE_MS } from '../world/cancel.js';
import type { Calling, Keeping, Reporting, Starting } from '../world/world.js';
import { concludeStep, stepSummary } from './conclude.js';
import { keepReceipt, leaveOutputs } from './keep-receipt.js';
import type { StepCredential } from './step-credential.js';
import { warnOnError } from './warn-on-error.js';

/** A command whose script lies ready, in a folder that only this user may enter. */
export type PreparedCommand = {
  readonly command: Command;
  readonly folder: PrivateFolder;
  readonly script: string;
  readonly taking: Taking;
};

/** Before any token is requested, so that a full disk costs none. */
export function prepare(
  world: Starting,
  command: Command,
  taking: Omit<Taking, 'passIdToken'>,
): PreparedCommand {
  const folder = world.makeFolder();
  const text = fixedUp(command.script, command.shell.dialect, world.machine.platform);
  const script = folder.write(`script${command.shell.extension}`, text);
  return { command, folder, script, taking: { ...taking, passIdToken: command.passIdToken } };
}

type Wrapping = Calling & Reporting & Keeping & Starting;

/** A command and what it gets: the token itself, where no credential was delivered for it. */
export type Run = {
  readonly prepared: PreparedCommand;
  readonly credential: StepCredential | undefined;
  /** Adds the token to requests, so that the command does not get it. */
  readonly injector: Injector | undefined;
};

/** Runs the command with the token and closes the token when the command ends. Returns the exit code. */
export async function runWithToken(world: Wrapping, held: HeldToken, run: Run): Promise<number> {
  const code = await runHolding(world, held, run);
  if (code !== 0 && !world.cancel.signal.aborted) {
    world.log.fail([`Process completed with exit code ${code}.`]);
  }
  return code;
}

async function runHolding(world: Wrapping, held: HeldToken, run: Run): Promise<number> {
  const { prepared, credential, injector } = run;
  if (world.cancel.signal.aborted) {
    await endToken(world, held, 'cancelled', undefined);
    return 128 + signalNumber(await world.cancel.asked);
  }
  const child = world.startChild(childSpec(world, held.granted, run));
  world.log.commandStarts();
  const first = await Promise.race([child.ended, world.cancel.asked]);
  // Before the close, which takes a request.
  credential?.end();
  injector?.end();
  if (typeof first === 'number') {
    world.log.commandEnds();
    await endToken(world, held, 'step', prepared.command.receipt);
    return first;
  }
  // In parallel: the runner waits 7.5 s for both.
  child.signal(first);
  const [, code] = await Promise.all([endToken(world, held, 'cancelled', undefined), endOf(world, child)]);
  world.log.commandEnds();
  return code ?? 128 + signalNumber(first);
}

/**
 * The command's own exit code. One that ignores the signal is killed while the runner still waits for us, and then its code says
 * nothing: undefined.
 */
async function endOf({ net, cancel }: Calling, child: Child): Promise<number | undefined> {
  const waited = new AbortController();
  const grace = net.sleep(CANCEL_GRACE_MS, waited.signal).then(() => undefined);
  const insisted = cancel.insisted.then(() => undefined);
  const code = await Promise.race([child.ended, insisted, grace]);
  waited.abort();
  // Also what it has started and left behind.
  child.signal('SIGKILL');
  await child.ended;
  return code;
}

/** After a cancel the runner waits for nothing but the close: then there is no receipt. */
export async function endToken(
  world: Calling & Reporting & Keeping,
  held: HeldToken,
  by: 'step' | 'cancelled',
  receipt: string | undefined,
): Promise<void> {
  const { handle, expiresAt, grantedAt } = held.granted;
  const outcome = await held.end();
  const livedMs = Math.min(world.net.now(), expiresAt) - grantedAt;
  const ended = { handle, by, outcome, expiresAt, livedMs };
  concludeStep(world, ended);
  const kept =
    receipt === undefined ? undefined : keepReceipt(world, { file: receipt, handle }, await held.receipt());
  warnOnError(world.log, 'output, state and summary could not be written', () => {
    if (kept !== undefined) {
      leaveOutputs(world.files, kept);
    }
    world.files.addSummary(stepSummary(held.granted, ended, kept?.facts ?? []));
  });
}

function childSpec({ env, machine }: Starting, granted: Granted, run: Run): ChildSpec {
  const { command, script, taking } = run.prepared;
  const given = givenTo(granted, run);
  return {
    executable: command.shell.executable,
    args: argumentsFor(command.shell, script),
    cwd: command.cwd,
    env: childEnvironment(env, given, taking),
    platform: machine.platform,
    verbatim: command.shell.dialect === 'cmd',
  };
}

function givenTo(granted: Granted, { prepared, credential, injector }: Run): Given {
  const { handle } = granted;
  if (injector !== undefined) {
    return { kind: 'address', handle, url: injector.url };
  }
  if (credential !== undefined) {
    return { kind: 'credential', handle, variables: credential.variables };
  }
  const token = granted.token.reveal();
  return {
    kind: 'token',
    handle,
    token,
    tokenFile: prepared.folder.write('token', token),
    headerFile: prepared.folder.write('header', `Authorization: Bearer ${token}\n`),
  };
}
