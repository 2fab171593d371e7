// SPDX-License-Identifier: Apache-2.0
import type { Secret } from '../issuer/secret.js';
import type { World } from '../world/world.js';
import { type Fetching, fetchIdToken, type Wanted } from './fetch-id-token.js';
import { plainMasksOf } from './masks.js';

/**
 * An ID token of this job, and how we came by it. `kept`: one that was used before, since it is young, or since no other could be
 * had (`why`). `same`: the source was asked, and has no other.
 */
export type Supplied = {
  readonly idToken: Secret;
  readonly origin: 'new' | 'kept' | 'same';
  readonly why: string | undefined;
};

/** ID tokens for one request that is made again and again. */
export type IdTokenSupply = {
  readonly current: () => Promise<Supplied>;
  /** The one in hand was not accepted: the next is asked for at once. */
  readonly discard: () => void;
};

/**
 * No issuer of ours finds a younger one too old. A fresh one for each request would do as well, but each is one more secret that
 * the runner has to look for in every line of the log.
 */
const YOUNG_MS = 60_000;

/** Begins with one that has just been fetched and masked. */
export function idTokenSupply(
  world: Fetching & Pick<World, 'log'>,
  wanted: Wanted,
  first: Secret,
): IdTokenSupply {
  let held = first;
  let freshUntil = world.net.now() + YOUNG_MS;
  const current = async (): Promise<Supplied> => {
    if (world.net.now() < freshUntil) {
      return { idToken: held, origin: 'kept', why: undefined };
    }
    const answer = await fetchIdToken(world, wanted);
    if (answer.kind === 'failed') {
      return { idToken: held, origin: 'kept', why: answer.why };
    }
    freshUntil = world.net.now() + YOUNG_MS;
    if (answer.idToken.reveal() === held.reveal()) {
      return { idToken: held, origin: 'same', why: undefined };
    }
    held = answer.idToken;
    world.log.mask(plainMasksOf(held));
    return { idToken: held, origin: 'new', why: undefined };
  };
  return {
    current,
    discard: () => {
      freshUntil = 0;
    },
  };
}
