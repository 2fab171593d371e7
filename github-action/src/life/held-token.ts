// SPDX-License-Identifier: Apache-2.0
import { close } from '../issuer/close.js';
import type { Granted } from '../issuer/mint.js';
import { lostText, missedText } from '../text/step-text.js';
import { type Heartbeat, startHeartbeat } from './heartbeat.js';
import { inTime } from './in-time.js';
import type { World } from './world.js';

/** How the end of a token went. Never a reason to fail the work that is done: expiry is the backstop. */
export type CloseOutcome =
  | { readonly kind: 'closed' }
  | { readonly kind: 'already-dead' }
  | { readonly kind: 'failed'; readonly why: string };

/** A granted token whose heart beats. */
export type HeldToken = {
  readonly granted: Granted;
  /** Stops the heartbeat and closes the token. Never throws. */
  readonly end: () => Promise<CloseOutcome>;
};

/** Takes charge of a token: somebody must call `end`. */
export function hold(world: World, issuer: string, granted: Granted): HeldToken {
  const heartbeat = heartbeatOf(world, issuer, granted);
  return {
    granted,
    end: async () => {
      heartbeat.stop();
      const what = { kind: 'token', token: granted.token } as const;
      const outcome = await inTime(world, (patience, abort) =>
        close(world.net, { issuer, what, patience }, abort),
      );
      const dead = heartbeat.isDead() || world.net.now() >= granted.expiresAt;
      return dead ? { kind: 'already-dead' } : outcome;
    },
  };
}

function heartbeatOf(world: World, issuer: string, granted: Granted): Heartbeat {
  const { leaseSeconds, token, handle } = granted;
  if (leaseSeconds === undefined) {
    return { stop: () => {}, isDead: () => false };
  }
  return startHeartbeat(
    world.net,
    { issuer, token, leaseMs: leaseSeconds * 1000 },
    {
      // Plain lines: a token that has done its one use is dead as well, and the command may go on.
      lost: ({ code }) => void world.log.say(lostText({ handle, code })),
      missed: (outage) => void world.log.say(missedText({ handle, why: outage.sentence })),
    },
  );
}
