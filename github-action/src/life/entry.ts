// SPDX-License-Identifier: Apache-2.0
import { realWorld } from '../world/real-world.js';
import type { World } from '../world/world.js';

/** Runs one part of the action in this process and sets its exit code. */
export function run(part: (world: World) => Promise<number>): void {
  const world = realWorld();
  void part(world)
    .catch((fault: unknown) => broken(world, fault))
    .then((code) => {
      process.exitCode = code;
    });
}

/** A fault of ours or of the machine. Its message is node's or ours and holds no secret: none is ever put into one. */
async function broken(world: World, fault: unknown): Promise<number> {
  const what = fault instanceof Error ? `${fault.name}: ${fault.message}` : 'unknown fault';
  world.log.fail([`the action failed unexpectedly (${what})`]);
  return 1;
}
