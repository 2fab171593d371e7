// SPDX-License-Identifier: Apache-2.0
import { spawn, spawnSync } from 'node:child_process';

export type ChildSpec = {
  readonly executable: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  /** cmd reads its command line itself. */
  readonly verbatim: boolean;
};

/** A running command: its streams are ours, unchanged. */
export type Child = {
  /** Its exit code as a shell reports it: 126 and 127 where it could not be started, 128 + n after signal n. */
  readonly ended: Promise<number>;
  /** Reaches the command and what it has started. */
  readonly signal: (signal: NodeJS.Signals) => void;
};

export type StartChild = (spec: ChildSpec) => Child;

export const startChild: StartChild = (spec) => {
  const isWindows = spec.platform === 'win32';
  const child = spawn(spec.executable, spec.args, {
    cwd: spec.cwd,
    env: spec.env,
    stdio: 'inherit',
    windowsVerbatimArguments: spec.verbatim,
    // A process group of its own, so that a signal also reaches its forks. On Windows that would open a console.
    detached: !isWindows,
  });
  // 'exit', not 'close': a fork that keeps the streams open must not keep the token alive.
  const ended = new Promise<number>((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? 128 + signalNumber(signal)));
    child.once('error', (fault) => resolve(codeOf(fault)));
  });
  return { ended, signal: (signal) => deliver(child.pid, signal, isWindows) };
};

function deliver(pid: number | undefined, signal: NodeJS.Signals, isWindows: boolean): void {
  if (pid === undefined) {
    return;
  }
  if (!isWindows) {
    killGroup(pid, signal);
  } else if (signal === 'SIGKILL') {
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
  }
  // Otherwise the console has already told the command: the runner sends Ctrl+C to every process on ours.
}

function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody of the group is left.
  }
}

function codeOf(fault: NodeJS.ErrnoException): number {
  return fault.code === 'ENOENT' ? 127 : 126;
}

const NUMBERS: Readonly<Partial<Record<NodeJS.Signals, number>>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGPIPE: 13,
  SIGTERM: 15,
};

/** The signals with the same number everywhere; 0 for the others. */
export function signalNumber(signal: NodeJS.Signals | null): number {
  return (signal && NUMBERS[signal]) ?? 0;
}
