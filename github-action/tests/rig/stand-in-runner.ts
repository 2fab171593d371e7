// SPDX-License-Identifier: Apache-2.0
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pairsIn } from './runner-files.js';

export type Part = 'main' | 'post' | 'close' | 'approve';

/** What the workflow says of the step, and what its job has. */
export type StepSettings = {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** node's own options, such as a module to load first. */
  readonly nodeArgs?: readonly string[];
};

/** What a part of the action left behind, as the runner finds it. */
export type Finished = {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What the log shows: commands that register a mask are not shown. */
  readonly log: string;
  readonly masks: readonly string[];
  /** Of main: the runner drops what post writes. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  /** The whole files, including what a later line has replaced. */
  readonly written: { readonly state: string; readonly env: string };
  readonly summary: string;
  readonly tookMs: number;
};

export type Running = {
  readonly pid: number;
  readonly ended: Promise<Finished>;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Resolves when the text has been printed. */
  readonly printed: (text: string) => Promise<void>;
  /** The same with what matches. */
  readonly printedMatch: (pattern: RegExp) => Promise<RegExpExecArray>;
};

export type Runner = {
  readonly temp: string;
  readonly workspace: string;
  readonly start: (part: Part, settings?: StepSettings) => Running;
  readonly run: (part: Part, settings?: StepSettings) => Promise<Finished>;
  /** Names and texts of all files below the folder for temporary files. */
  readonly leftovers: () => Readonly<Record<string, string>>;
  readonly remove: () => void;
};

const FILES = ['OUTPUT', 'STATE', 'ENV', 'PATH', 'STEP_SUMMARY'] as const;

/** Calls the bundled action as the runner does: inputs and files by environment, state from main to post. */
export function standInRunner(base: Readonly<Record<string, string>>): Runner {
  const home = mkdtempSync(join(tmpdir(), 'taskbound-test-'));
  const temp = join(home, 'temp');
  const workspace = join(home, 'workspace');
  const files = join(home, 'files');
  for (const folder of [temp, workspace, files]) {
    mkdirSync(folder);
  }
  const started: Running[] = [];
  let steps = 0;
  let state: Readonly<Record<string, string>> = {};
  const start = (part: Part, settings: StepSettings = {}): Running => {
    const paths = freshFiles(files, ++steps);
    const states = part === 'post' ? prefixed('STATE_', state) : {};
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: home,
      RUNNER_TEMP: temp,
      GITHUB_WORKSPACE: workspace,
      GITHUB_ACTIONS: 'true',
      ...prefixed('GITHUB_', paths),
      ...base,
      ...settings.env,
      ...states,
      ...inputVariables(settings.inputs ?? {}),
    };
    const running = remembered(startPart(part, settings.nodeArgs ?? [], { env, cwd: workspace, paths }));
    void running.ended.then((finished) => {
      state = { ...state, ...finished.state };
    });
    return running;
  };
  const remembered = (running: Running): Running => {
    started.push(running);
    return running;
  };
  return {
    temp,
    workspace,
    start,
    run: (part, settings) => start(part, settings).ended,
    leftovers: () => textsBelow(temp),
    remove: () => {
      for (const running of started) {
        running.kill('SIGKILL');
      }
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function startPart(
  part: Part,
  nodeArgs: readonly string[],
  at: { env: NodeJS.ProcessEnv; cwd: string; paths: Readonly<Record<string, string>> },
): Running {
  const began = performance.now();
  const script = join(process.cwd(), 'dist', `${part}.cjs`);
  const child = spawn(process.execPath, [...nodeArgs, script], {
    env: at.env,
    cwd: at.cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const out = collect(child, 'stdout');
  const err = collect(child, 'stderr');
  const ended = new Promise<Finished>((resolve) => {
    child.on('exit', (code) => {
      // A fork of the command may hold the streams; the runner waits this long for it.
      const whole = new Promise((done) => child.on('close', done));
      const enough = new Promise((done) => setTimeout(done, 300));
      void Promise.race([whole, enough]).then(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
        resolve(
          finishedFrom(at.paths, {
            part,
            code,
            stdout: out.text(),
            stderr: err.text(),
            tookMs: performance.now() - began,
          }),
        );
      });
    });
  });
  return {
    pid: child.pid ?? 0,
    ended,
    kill: (signal) => child.kill(signal),
    printed: async (text) => void (await out.printed((printed) => printed.includes(text) || undefined)),
    printedMatch: (pattern) => out.printed((printed) => pattern.exec(printed) ?? undefined),
  };
}

function collect(
  child: ChildProcess,
  name: 'stdout' | 'stderr',
): { text: () => string; printed: <T>(find: (text: string) => T | undefined) => Promise<T> } {
  let text = '';
  child[name]?.setEncoding('utf8');
  child[name]?.on('data', (chunk: string) => {
    text += chunk;
  });
  return {
    text: () => text,
    printed: async (find) => {
      for (;;) {
        const found = find(text);
        if (found !== undefined) {
          return found;
        }
        if (child.exitCode !== null || child.signalCode !== null) {
          throw new Error(`ended without printing what was waited for: ${text}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
  };
}

function finishedFrom(
  paths: Readonly<Record<string, string>>,
  { part, ...ran }: Pick<Finished, 'code' | 'stdout' | 'stderr' | 'tookMs'> & { readonly part: Part },
): Finished {
  const lines = `${ran.stdout}${ran.stderr}`.split('\n');
  const text = (name: string) => textOf(paths[name] ?? '');
  return {
    ...ran,
    log: lines.filter((line) => !line.startsWith('::add-mask::')).join('\n'),
    masks: lines.filter((line) => line.startsWith('::add-mask::')).map((line) => line.slice(12).trim()),
    outputs: part === 'post' ? {} : pairsIn(text('OUTPUT')),
    state: pairsIn(text('STATE')),
    env: pairsIn(text('ENV')),
    written: { state: text('STATE'), env: text('ENV') },
    summary: text('STEP_SUMMARY'),
  };
}

/** Empty if the command has removed the file. */
function textOf(path: string): string {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, 'utf8') : '';
}

function freshFiles(folder: string, step: number): Record<string, string> {
  return Object.fromEntries(
    FILES.map((name) => {
      const path = join(folder, `${name.toLowerCase()}-${step}`);
      writeFileSync(path, '');
      return [name, path];
    }),
  );
}

function inputVariables(inputs: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  );
}

function prefixed(prefix: string, values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [prefix + name, value]));
}

function textsBelow(folder: string): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    texts[path.slice(folder.length + 1)] = entry.isFile() ? readFileSync(path, 'utf8') : '';
  }
  return texts;
}
