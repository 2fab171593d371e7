// SPDX-License-Identifier: Apache-2.0

import { isoSeconds } from '../base/iso-seconds.js';
import type { Granted } from '../issuer/mint.js';
import { type SavedState, saveState } from '../runner/saved-state.js';
import { summaryMarkdown } from '../runner/summary.js';
import {
  alreadyDeadText,
  type Closer,
  closedText,
  closeFailedText,
  endedBy,
  livedText,
} from '../text/step-text.js';
import type { CloseOutcome } from '../token/held-token.js';
import type { World } from '../world/world.js';
import { warnOnError } from './warn-on-error.js';

/** A token whose end was tried, as main and post know it. */
export type Ended = {
  readonly handle: string;
  readonly by: Closer;
  readonly outcome: CloseOutcome;
  /** Undefined where it is not known: the action close has the handle alone. */
  readonly expiresAt: number | undefined;
  readonly livedMs: number | undefined;
};

/** Says how the end went. A failure is a warning and no more. */
export function sayEnd(world: World, ended: Ended): void {
  switch (ended.outcome.kind) {
    case 'closed':
      world.log.say(closedText(ended));
      break;
    case 'already-dead':
      world.log.say(alreadyDeadText(ended.handle));
      break;
    case 'failed':
      world.log.warn(closeFailedText({ ...ended, why: ended.outcome.why }));
      break;
  }
}

/** Says it, and leaves it in output, state and summary: the end of the main part. */
export function concludeStep(world: World, granted: Granted, ended: Ended): void {
  sayEnd(world, ended);
  warnOnError(world, 'output, state and summary could not be written', () =>
    leaveTraces(world, granted, ended),
  );
}

function leaveTraces(world: World, granted: Granted, ended: Ended): void {
  if (ended.outcome.kind !== 'failed') {
    save(world, { phase: 'done' });
  }
  world.files.setOutput('closed-by', ended.outcome.kind === 'closed' ? ended.by : 'nobody');
  world.files.addSummary(
    summaryMarkdown({
      task: taskOf(granted),
      details: granted.details,
      facts: [
        ['granted', isoSeconds(granted.grantedAt)],
        ['lived', livedText(ended.livedMs ?? 0)],
        ['closed by', endText(ended)],
        ['handle', ended.handle],
      ],
    }),
  );
}

/** For the summary: who ended it, or why nobody did. */
export function endText(ended: Pick<Ended, 'by' | 'outcome'>): string {
  switch (ended.outcome.kind) {
    case 'closed':
      return endedBy(ended.by);
    case 'already-dead':
      return 'nobody: it was dead already (used up, lapsed or expired)';
    case 'failed':
      return `nobody: ${ended.outcome.why}`;
  }
}

export function taskOf(granted: Granted): string {
  return granted.details[0]?.task ?? '';
}

export function save(world: World, state: SavedState): void {
  saveState(world.files.saveState, state);
}
