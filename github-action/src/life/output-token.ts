// SPDX-License-Identifier: Apache-2.0

import { isoSeconds } from '../base/iso-seconds.js';
import type { Granted } from '../issuer/mint.js';
import { summaryMarkdown } from '../runner/summary.js';
import type { MainSettings } from '../settings/main-settings.js';
import type { World } from '../world/world.js';
import { taskOf } from './conclude.js';

/** For steps that are themselves `uses:`: the token becomes an output. Nobody is left to renew a lease between steps. */
export function outputToken(world: World, settings: MainSettings, granted: Granted): number {
  const scope = settings.use.kind === 'output' ? settings.use.scope : 'job';
  world.files.setOutput('token', granted.token.reveal());
  world.files.setOutput('closed-by', 'nobody');
  if (granted.leaseSeconds !== undefined) {
    world.log.warn([
      `a lease of ${granted.leaseSeconds} s runs, and between steps nobody renews it: the token is dead after that time`,
    ]);
  }
  world.files.addSummary(
    summaryMarkdown({
      task: taskOf(granted),
      details: granted.details,
      facts: [
        ['granted', isoSeconds(granted.grantedAt)],
        [
          'handed to',
          scope === 'job' ? 'every later step of the job' : 'later steps, until the action close',
        ],
        ['expires', isoSeconds(granted.expiresAt)],
        ['handle', granted.handle],
      ],
    }),
  );
  return 0;
}
