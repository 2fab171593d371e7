// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';

/** What a shell command printed, at most 64 KB of it, and its exit code; 127 where there is no shell. Nothing of it is shown. */
export type Printed = { readonly code: number; readonly text: string };

/** Runs a shell command of the workflow for what it prints; its error output is ours. An abort ends it. */
export type PrintedBy = (script: string, env: NodeJS.ProcessEnv, signal: AbortSignal) => Promise<Printed>;

const MAX_BYTES = 64 * 1024;

export const printedBy: PrintedBy = (script, env, signal) => {
  const [shell, flags] = process.platform === 'win32' ? ['cmd', ['/d', '/c']] : ['sh', ['-c']];
  const child = spawn(shell, [...flags, script], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const chunks: Buffer[] = [];
  let length = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= MAX_BYTES) {
      chunks.push(chunk);
    }
  });
  const stop = () => child.kill();
  signal.addEventListener('abort', stop);
  return new Promise((resolve) => {
    const end = (code: number) => {
      signal.removeEventListener('abort', stop);
      resolve({ code, text: Buffer.concat(chunks).toString('utf8') });
    };
    child.once('close', (code) => end(code ?? 1));
    child.once('error', () => end(127));
  });
};
