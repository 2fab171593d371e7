// SPDX-License-Identifier: Apache-2.0
import { isoSeconds } from '../base/iso-seconds.js';
import type { Granted } from '../issuer/mint.js';
import { summaryMarkdown } from '../runner/summary.js';
import type { OutputScope } from '../settings/main-settings.js';
import type { Reporting } from '../world/world.js';
import { taskOf } from './conclude.js';

/** For steps that are themselves `uses:`: the token becomes an output. Nothing renews a lease between steps. */
export function outputToken({ log, files }: Reporting, granted: Granted, scope: OutputScope): number {
  files.setOutput('token', granted.token.reveal());
  files.setOutput('closed-by', 'nobody');
  if (granted.leaseSeconds !== undefined) {
    // Not a warning: the policy sets the lease, and the workflow's author cannot change that.
    log.say([
      `the token has a lease of ${granted.leaseSeconds} s, and nothing renews it between steps: it dies after that time`,
    ]);
  }
  files.addSummary(
    summaryMarkdown({
      task: taskOf(granted),
      details: granted.details,
      facts: [
        ['granted', isoSeconds(granted.grantedAt)],
        ['handed to', receiverOf(scope)],
        ['expires', isoSeconds(granted.expiresAt)],
        ['handle', granted.handle],
      ],
    }),
  );
  return 0;
}

function receiverOf(scope: OutputScope): string {
  switch (scope) {
    case 'until-closed':
      return 'later steps, until the action close';
    case 'job':
      return 'every later step of the job';
  }
}
