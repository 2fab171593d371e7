// SPDX-License-Identifier: Apache-2.0
import type { World } from '../world/world.js';

/** Does what is good to have after the work is done. If it cannot be done, that is a warning: nothing here may fail the step. */
export function warnOnError(world: World, what: string, act: () => void): void {
  try {
    act();
  } catch (fault) {
    const code = fault instanceof Error && 'code' in fault ? ` (${String(fault.code)})` : '';
    world.log.warn([`${what}${code}`]);
  }
}
