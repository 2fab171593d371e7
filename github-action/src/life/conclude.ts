// SPDX-License-Identifier: Apache-2.0
import { isoSeconds } from '../base/iso-seconds.js';
import type { Granted } from '../issuer/mint.js';
import type { FileCommands } from '../runner/file-commands.js';
import { saveState } from '../runner/saved-state.js';
import { summaryMarkdown } from '../runner/summary.js';
import type { WorkflowCommands } from '../runner/workflow-commands.js';
import type { Fact } from '../text/receipt-facts.js';
import {
  alreadyDeadText,
  type Closer,
  closedText,
  closeFailedText,
  endedBy,
  livedText,
} from '../text/step-text.js';
import type { CloseOutcome } from '../token/held-token.js';
import type { Reporting } from '../world/world.js';
import { warnOnError } from './warn-on-error.js';

/** A token that main, post or close tried to close. */
export type Ended = {
  readonly handle: string;
  readonly by: Closer;
  readonly outcome: CloseOutcome;
  /** Undefined if it is not known: the action close only has the handle. */
  readonly expiresAt: number | undefined;
  readonly livedMs: number | undefined;
};

/** Prints how the close went. A failure is only a warning. */
export function sayEnd(log: WorkflowCommands, ended: Ended): void {
  switch (ended.outcome.kind) {
    case 'closed':
      log.say(closedText(ended));
      break;
    case 'already-dead':
      log.say(alreadyDeadText(ended.handle));
      break;
    case 'failed':
      log.warn(closeFailedText({ ...ended, why: ended.outcome.why }));
      break;
  }
}

/** The end of the main part: prints how the close went, and records it in output and state. */
export function concludeStep({ log, files }: Reporting, ended: Ended): void {
  sayEnd(log, ended);
  warnOnError(log, 'output, state and summary could not be written', () => leaveTraces(files, ended));
}

function leaveTraces(files: FileCommands, ended: Ended): void {
  if (ended.outcome.kind !== 'failed') {
    saveState(files, { phase: 'done' });
  }
  files.setOutput('closed-by', ended.outcome.kind === 'closed' ? ended.by : 'nobody');
}

/** What the summary says of the step's token. */
export function stepSummary(granted: Granted, ended: Ended, more: readonly Fact[]): string {
  return summaryMarkdown({
    task: taskOf(granted),
    details: granted.details,
    facts: [
      ['granted', isoSeconds(granted.grantedAt)],
      ['lived', livedText(ended.livedMs ?? 0)],
      ['closed by', endText(ended)],
      ...more,
      ['handle', ended.handle],
    ],
  });
}

/** For the summary: who ended it, or why nobody did. */
export function endText(ended: Pick<Ended, 'by' | 'outcome'>): string {
  switch (ended.outcome.kind) {
    case 'closed':
      return endedBy(ended.by);
    case 'already-dead':
      return 'nobody: it was already dead (used up, lapsed or expired)';
    case 'failed':
      return `nobody: ${ended.outcome.why}`;
  }
}

export function taskOf(granted: Granted): string {
  return granted.details[0]?.task ?? '';
}
