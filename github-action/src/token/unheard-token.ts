// SPDX-License-Identifier: Apache-2.0
import { close } from '../issuer/close.js';
import type { Secret } from '../issuer/secret.js';
import type { Calling, World } from '../world/world.js';
import { withDeadline } from './with-deadline.js';

/**
 * Closes a token that may have been granted without its answer reaching us. Its handle is not known, so every token of this
 * job is closed: the ID token still proves the job after it was exchanged. True if the issuer acknowledged.
 */
export async function closeUnheardToken(
  world: Calling & Pick<World, 'log'>,
  of: { issuer: string; audience: string; idToken: Secret },
): Promise<boolean> {
  const { issuer, audience, idToken } = of;
  const what = { kind: 'job', idToken } as const;
  const answer = await withDeadline(world, (patience, signal) =>
    close(world.net, { issuer, audience, what, patience }, signal),
  );
  if (answer.kind === 'closed') {
    world.log.say([
      'a token may have been granted that never reached us: every token of this job was closed',
    ]);
    return true;
  }
  world.log.warn([
    `a token may have been granted that never reached us, and could not be closed (${answer.why})`,
    'nobody holds it; it dies when its lease lapses',
  ]);
  return false;
}
