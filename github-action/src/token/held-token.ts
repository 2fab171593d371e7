// SPDX-License-Identifier: Apache-2.0
import { close } from '../issuer/close.js';
import type { Granted } from '../issuer/mint.js';
import { obtainReceipt, type ReceiptAnswer } from '../receipt/obtain.js';
import { lostText, missedText } from '../text/step-text.js';
import type { Calling, World } from '../world/world.js';
import { type Heartbeat, startHeartbeat } from './heartbeat.js';
import { withDeadline } from './with-deadline.js';

/** How the end of a token went. Never a reason to fail the work that is done: expiry is the backstop. */
export type CloseOutcome =
  | { readonly kind: 'closed' }
  | { readonly kind: 'already-dead' }
  | { readonly kind: 'failed'; readonly why: string };

/** A granted token in our hands. */
export type HeldToken = {
  readonly granted: Granted;
  /** From now on its lease is renewed, where one runs; told of each time that it was. */
  readonly beat: (renewed: () => void) => void;
  /** Stops the heartbeat and closes the token, once. Never throws. */
  readonly end: () => Promise<CloseOutcome>;
  /** What the issuer knows of it, signed and verified; to be asked after its end. Never throws. */
  readonly receipt: () => Promise<ReceiptAnswer>;
};

type HoldingWorld = Calling & Pick<World, 'log'>;

/** Takes charge of a token: the caller must call `end`, or pass the token on. */
export function hold(world: HoldingWorld, issuer: string, granted: Granted): HeldToken {
  let heartbeat: Heartbeat | undefined;
  let ended: Promise<CloseOutcome> | undefined;
  const end = async (): Promise<CloseOutcome> => {
    heartbeat?.stop();
    const what = { kind: 'token', token: granted.token } as const;
    const outcome = await withDeadline(world, (patience, signal) =>
      close(world.net, { issuer, what, patience }, signal),
    );
    const isDead = heartbeat?.isDead() === true || world.net.now() >= granted.expiresAt;
    return isDead ? { kind: 'already-dead' } : outcome;
  };
  return {
    granted,
    beat: (renewed) => {
      heartbeat = heartbeatOf(world, { issuer, granted, renewed });
    },
    end: () => {
      ended ??= end();
      return ended;
    },
    receipt: () => {
      const { handle, token, holder } = granted;
      const by = { kind: 'holder', token, holder } as const;
      return obtainReceipt(world.net, { issuer, handle, by }, world.cancel.signal);
    },
  };
}

function heartbeatOf(
  world: HoldingWorld,
  { issuer, granted, renewed }: { issuer: string; granted: Granted; renewed: () => void },
): Heartbeat | undefined {
  const { leaseSeconds, token, holder, handle, boundTo } = granted;
  if (leaseSeconds === undefined) {
    return undefined;
  }
  const lease = { issuer, token, holder, leaseMs: leaseSeconds * 1000, boundTo };
  return startHeartbeat(world.net, lease, {
    // Plain lines: a token that has spent its one use is also dead, and the command may continue.
    lost: ({ code }) => world.log.say(lostText({ handle, code })),
    missed: ({ sentence }) => world.log.say(missedText({ handle, why: sentence })),
    renewed,
  });
}
