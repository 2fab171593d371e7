// SPDX-License-Identifier: Apache-2.0
import type { WorkflowCommands } from '../runner/workflow-commands.js';

/** For what is nice to have once the work is done: an error becomes a warning, since it must not fail the step. */
export function warnOnError(log: WorkflowCommands, what: string, act: () => void): void {
  try {
    act();
  } catch (fault) {
    const code = fault instanceof Error && 'code' in fault ? ` (${String(fault.code)})` : '';
    log.warn([`${what}${code}`]);
  }
}
