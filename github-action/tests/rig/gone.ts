// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';

/** Waits until the process has ended. A killed one that its new parent has not reaped yet counts as ended. */
export async function gone(pid: number, withinMs = 5_000): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (runs(pid)) {
    if (performance.now() > deadline) {
      return false;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return !isZombie(pid);
}

/** Without /proc, a zombie counts as running until it is reaped. */
function isZombie(pid: number): boolean {
  try {
    return /\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
