// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { EOL, tmpdir } from 'node:os';
import { startChild } from '../command/child.js';
import { printedBy } from '../command/printed.js';
import { makePrivateFolder, removePrivateFolder } from '../command/private-folder.js';
import { whichIn } from '../command/which.js';
import { httpTransport } from '../issuer/http-transport.js';
import { closedNotes } from '../runner/closed-notes.js';
import { appendTo, isFolder, lastByteOf } from '../runner/file-access.js';
import { fileCommands } from '../runner/file-commands.js';
import { workflowCommands } from '../runner/workflow-commands.js';
import { writeOut } from '../runner/write-out.js';
import { listenForCancel } from './cancel.js';
import { sleep } from './sleep.js';
import type { World } from './world.js';

/** The world as this process finds it. Only entry points call it. */
export function realWorld(): World {
  const { env, platform } = process;
  const temp = env['RUNNER_TEMP'] || tmpdir();
  const files = { append: appendTo, lastByte: lastByteOf, eol: EOL, randomUuid };
  return {
    env,
    net: { transport: httpTransport(env), now: monotonicClock(), sleep, random: Math.random },
    log: workflowCommands(writeOut, EOL, env['ACT'] !== 'true'),
    files: fileCommands(env, files),
    machine: { platform, which: whichIn(env, platform), isFolder, temp },
    makeFolder: () => makePrivateFolder(temp, platform),
    removeFolder: (path) => removePrivateFolder(path, temp),
    closedNotes: closedNotes(temp),
    startChild,
    cancel: listenForCancel(process),
    randomUuid,
    readText,
    writeText: (path, text) => writeFileSync(path, text),
    printedBy,
  };
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** One at a time: node would make 128 at the first call. */
function randomUuid(): string {
  return randomUUID({ disableEntropyCache: true });
}

/** Time of day at the start plus the time since: never runs backwards when somebody sets the clock. */
function monotonicClock(): () => number {
  const startedAt = Date.now();
  const start = process.hrtime.bigint();
  return () => startedAt + Number(process.hrtime.bigint() - start) / 1e6;
}
