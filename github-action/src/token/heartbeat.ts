// SPDX-License-Identifier: Apache-2.0
import type { Net } from '../issuer/calls.js';
import type { Outage } from '../issuer/outage.js';
import type { Refusal } from '../issuer/refusal.js';
import { type Lease, renew } from '../issuer/renew.js';

export type Heartbeat = {
  /** Ends it, also in the middle of a beat. */
  readonly stop: () => void;
  /** The issuer has reported the token dead. */
  readonly isDead: () => boolean;
};

export type HeartbeatListener = {
  readonly lost: (refusal: Refusal) => void;
  readonly missed: (outage: Outage) => void;
  /** The lease starts again. */
  readonly renewed: () => void;
};

type BeatRun = HeartbeatListener & { readonly signal: AbortSignal };

/** Renews three times per lease; the pause counts from the end of the last beat. A refusal ends it. */
export function startHeartbeat(net: Net, lease: Lease, listener: HeartbeatListener): Heartbeat {
  const controller = new AbortController();
  let dead = false;
  const lost = (refusal: Refusal) => {
    dead = refusal.code === 'invalid_grant';
    controller.abort();
    listener.lost(refusal);
  };
  void beat(net, lease, { ...listener, lost, signal: controller.signal });
  return { stop: () => controller.abort(), isDead: () => dead };
}

async function beat(net: Net, lease: Lease, run: BeatRun): Promise<void> {
  const { lost, missed, renewed, signal } = run;
  for (;;) {
    await net.sleep(lease.leaseMs / 3, signal);
    if (signal.aborted) {
      return;
    }
    const answer = await renew(net, lease, signal);
    if (signal.aborted) {
      return;
    }
    switch (answer.kind) {
      case 'renewed':
        renewed();
        break;
      case 'refused':
        lost(answer.refusal);
        break;
      case 'unavailable':
        missed(answer.outage);
        break;
    }
  }
}
