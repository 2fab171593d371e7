// SPDX-License-Identifier: Apache-2.0
// How long the action takes from its start to the start of its command, without the network, as a ratio to an empty
// bundled action on the same node: npm run bench [rounds]
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const ROUNDS = Number(process.argv[2] ?? 40);
const BAR = 1.5;

mkdirSync('target', { recursive: true });
const folder = resolve(mkdtempSync(join('target', 'bench-')));
const empty = join(folder, 'empty.cjs');
// Loading any module first costs both sides the same; what the action's one does is subtracted.
const nothing = join(folder, 'nothing.cjs');
writeFileSync(nothing, '');
const mark = join(folder, 'mark');
const started = join(folder, 'started');
await build({
  stdin: { contents: 'export {}' },
  outfile: empty,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
});

const times = { empty: [], command: [], withHttp: [], line: [] };
for (let round = -3; round < ROUNDS; round++) {
  const seen = { empty: runEmpty(), ...runAction() };
  // The first rounds fill the caches of the file system.
  if (round >= 0) {
    for (const name of Object.keys(times)) {
      times[name].push(seen[name]);
    }
  }
}
rmSync(folder, { recursive: true, force: true });
report();

function runEmpty() {
  const began = now();
  spawnSync(process.execPath, ['-r', nothing, empty], { env: actionEnvironment(), stdio: 'ignore' });
  return now() - began;
}

/** Until the command's process has started, and until the first line of its script runs. */
function runAction() {
  const began = now();
  const done = spawnSync(
    process.execPath,
    ['-r', resolve('bench/instant-network.cjs'), resolve('dist/main.cjs')],
    {
      env: actionEnvironment(),
      encoding: 'utf8',
    },
  );
  if (done.status !== 0) {
    throw new Error(done.stdout + done.stderr);
  }
  const [startedAt, setUpMs] = readFileSync(started, 'utf8').split(' ').map(Number);
  return {
    command: startedAt - began - setUpMs,
    withHttp: startedAt - began,
    line: Number(readFileSync(mark, 'utf8')) * 1000 - began,
  };
}

function actionEnvironment() {
  const files = Object.fromEntries(
    ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'].map((name) => {
      const path = join(folder, name);
      writeFileSync(path, '');
      return [name, path];
    }),
  );
  return {
    PATH: process.env.PATH,
    BENCH_STARTED: started,
    RUNNER_TEMP: folder,
    GITHUB_WORKSPACE: folder,
    ...files,
    ACTIONS_ID_TOKEN_REQUEST_URL: 'https://runner.example/id-token?v=1',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'request-token',
    INPUT_ISSUER: 'https://tokens.acme.example',
    INPUT_TASK: 'sign-release',
    INPUT_ACTION: 'sign',
    INPUT_IDENTIFIER: 'artifact:acme/shop/app.jar',
    INPUT_RUN: script(),
  };
}

function script() {
  return `printf %s "$EPOCHREALTIME" >'${mark}'`;
}

function now() {
  return performance.timeOrigin + performance.now();
}

function report() {
  console.log(
    `node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} cores, ${ROUNDS} rounds`,
  );
  console.log('                                              median      least   ratios');
  row('empty bundled action', times.empty);
  row('action to the start of its command', times.command);
  row('  and with loading node:http and node:https', times.withHttp);
  row("  and with bash, to the script's first line", times.line);
  console.log(`bar: ${BAR} for the second row`);
  for (const name of ['main', 'post', 'close', 'approve']) {
    const size = statSync(`dist/${name}.cjs`).size / 1000;
    console.log(`${`dist/${name}.cjs`.padEnd(44)} ${size.toFixed(0).padStart(7)} kB   below 700`);
  }
  process.exitCode = quantile(times.command, 0.5) / quantile(times.empty, 0.5) <= BAR ? 0 : 1;
}

function row(name, values) {
  const cells = [0.5, 0].map((part) => ({
    ms: quantile(values, part),
    ratio: quantile(values, part) / quantile(times.empty, part),
  }));
  const ms = cells.map((cell) => `${cell.ms.toFixed(1)} ms`.padStart(10)).join(' ');
  console.log(`${name.padEnd(43)} ${ms}   ${cells.map((cell) => cell.ratio.toFixed(2)).join(', ')}`);
}

function quantile(values, part) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * part)];
}
