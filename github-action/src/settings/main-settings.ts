// SPDX-License-Identifier: Apache-2.0
import { resolve } from 'node:path';
import { type Checked, fault, faultsOf, ok } from '../base/checked.js';
import type { Machine } from '../command/machine.js';
import { type Shell, shellFor } from '../command/shell.js';
import type { TaskDetail } from '../issuer/task-detail.js';
import { type Scope, scopeOf } from '../runner/saved-state.js';
import { approvalWait } from './approval-wait-input.js';
import { durationSeconds } from './duration.js';
import { type IdTokenSource, idTokenSource } from './id-token-input.js';
import { injected } from './inject-input.js';
import { type Inputs, inputsOf, rawInput } from './inputs.js';
import { audienceFor, issuerUrl } from './issuer-input.js';
import { usableProxies } from './proxy-setting.js';
import { receiptFile } from './receipt-input.js';
import { taskDetails } from './task-input.js';

/** What to ask for. */
export type Wish = {
  readonly issuer: string;
  readonly audience: string;
  readonly source: IdTokenSource;
  readonly details: readonly TaskDetail[];
  readonly lifetimeSeconds: number | undefined;
  readonly leaseSeconds: number | undefined;
  readonly dryRun: boolean;
  /** How long people who have to approve are waited for; undefined for as long as the issuer lets them, 0 for not at all. */
  readonly approvalWaitSeconds: number | undefined;
};

/** The command; nothing else gets the token. */
export type Command = {
  readonly script: string;
  readonly shell: Shell;
  readonly cwd: string;
  readonly passIdToken: boolean;
  /** Where the token's receipt is to be written. */
  readonly receipt: string | undefined;
  /** The service whose requests get the token, which the command then does not get; without a slash at the end. */
  readonly inject: string | undefined;
};

/** Which later steps can read the token. */
export type OutputScope = Exclude<Scope, 'step'>;

/**
 * What happens with the token: a command gets it, or later steps do, until the action close or the end of the job. In a dry run
 * there is none, so it need not be said.
 */
export type Use =
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'output'; readonly scope: OutputScope }
  | { readonly kind: 'nothing' };

export type MainSettings = { readonly wish: Wish; readonly use: Use };

/** A heartbeat runs beside a command, so a short lease costs nothing there. */
const DEFAULT_LEASE_SECONDS = 60;

const THREE_CHOICES = [
  'run is missing. There are three ways to use a token:',
  '  run: <command>         only the command gets it, and it is dead before the next step (recommended)',
  '  scope: until-closed    later steps get the output token, until a step with the action close ends it',
  '  scope: job             every later step of the job, whoever wrote it, can read the output token',
].join('\n');

/** All faults at once, before any request is sent. */
export function parseMainSettings(env: NodeJS.ProcessEnv, machine: Machine): Checked<MainSettings> {
  const inputs = inputsOf(env);
  const issuer = issuerUrl(inputs, env);
  const audience = audienceFor(issuer.kind === 'ok' ? issuer.value : '', inputs);
  const source = idTokenSource(inputs, env);
  const details = taskDetails(inputs);
  const lifetime = optionalDuration(inputs, 'lifetime');
  const lease = optionalDuration(inputs, 'lease');
  const wait = approvalWait(inputs);
  const dryRun = flag(inputs, 'dry-run');
  const rehearsed = dryRun.kind === 'ok' && dryRun.value;
  const use = parseUse(inputs, env, machine, rehearsed);
  const endpoint =
    source.kind === 'ok' && source.value.kind === 'runner' ? source.value.endpoint.url.href : '';
  const proxies = usableProxies([issuer.kind === 'ok' ? issuer.value : '', endpoint], env);
  const faults = faultsOf([issuer, audience, details, use, lifetime, lease, wait, dryRun, source, proxies]);
  if (issuer.kind !== 'ok' || audience.kind !== 'ok' || source.kind !== 'ok' || proxies.kind !== 'ok') {
    return fault(faults.join('\n'));
  }
  if (details.kind !== 'ok' || use.kind !== 'ok') {
    return fault(faults.join('\n'));
  }
  if (lifetime.kind !== 'ok' || lease.kind !== 'ok' || wait.kind !== 'ok' || dryRun.kind !== 'ok') {
    return fault(faults.join('\n'));
  }
  const usualLease = use.value.kind === 'command' ? DEFAULT_LEASE_SECONDS : undefined;
  return ok({
    use: use.value,
    wish: {
      issuer: issuer.value,
      audience: audience.value,
      source: source.value,
      details: details.value,
      lifetimeSeconds: lifetime.value,
      leaseSeconds: lease.value ?? usualLease,
      dryRun: dryRun.value,
      approvalWaitSeconds: wait.value,
    },
  });
}

function parseUse(
  inputs: Inputs,
  env: NodeJS.ProcessEnv,
  machine: Machine,
  rehearsed: boolean,
): Checked<Use> {
  const hasCommand = inputs('run') !== '';
  const scope = scopeOf(inputs('scope') || 'step');
  switch (scope) {
    case undefined:
      return fault('scope must be step, until-closed or job');
    case 'step':
      if (hasCommand) {
        return parseCommand(inputs, env, machine);
      }
      if (inputs('inject') !== '') {
        return fault(
          'inject needs run: without a command of its own the action ends before anything could be injected',
        );
      }
      return rehearsed ? ok({ kind: 'nothing' }) : fault(THREE_CHOICES);
    case 'until-closed':
    case 'job':
      if (inputs('inject') !== '') {
        return fault(`inject needs run and scope: step; remove inject or scope: ${scope}`);
      }
      return hasCommand
        ? fault(`run needs scope: step, the default; remove run or scope: ${scope}`)
        : ok({ kind: 'output', scope });
  }
}

function parseCommand(inputs: Inputs, env: NodeJS.ProcessEnv, machine: Machine): Checked<Use> {
  const shell = shellFor(inputs('shell'), machine);
  const cwd = resolve(env['GITHUB_WORKSPACE'] || '.', inputs('working-directory'));
  const folder = machine.isFolder(cwd) ? ok(cwd) : fault('working-directory is not a folder on this runner');
  const passIdToken = flag(inputs, 'pass-id-token');
  const inject = injected(inputs);
  if (shell.kind !== 'ok' || folder.kind !== 'ok' || passIdToken.kind !== 'ok' || inject.kind !== 'ok') {
    return fault(faultsOf([shell, folder, passIdToken, inject]).join('\n'));
  }
  const script = rawInput(env, 'run');
  return ok({
    kind: 'command',
    command: {
      script,
      shell: shell.value,
      cwd,
      passIdToken: passIdToken.value,
      receipt: receiptFile(env),
      inject: inject.value,
    },
  });
}

function optionalDuration(inputs: Inputs, name: string): Checked<number | undefined> {
  const text = inputs(name);
  return text === '' ? ok(undefined) : durationSeconds(name, text);
}

function flag(inputs: Inputs, name: string): Checked<boolean> {
  const text = inputs(name) || 'false';
  return text === 'true' || text === 'false' ? ok(text === 'true') : fault(`${name} must be true or false`);
}
