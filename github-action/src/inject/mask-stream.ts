// SPDX-License-Identifier: Apache-2.0
import { Transform } from 'node:stream';

const STAR = 0x2a;

/**
 * Passes bytes on with stars in the place of each of these texts, also where one lies across two pieces. Holds back no more than
 * the beginning of one, so that a slow answer is not held up.
 */
export function masking(texts: readonly string[]): Transform {
  // The longest first: one may be the end of another.
  const wanted = texts.map((text) => Buffer.from(text, 'latin1')).sort((a, b) => b.length - a.length);
  let held: Buffer = Buffer.alloc(0);
  return new Transform({
    transform: (piece: Buffer, _encoding, done) => {
      const bytes = Buffer.concat([held, piece]);
      for (const text of wanted) {
        star(bytes, text);
      }
      const keep = Math.max(0, ...wanted.map((text) => beginningAtTheEnd(bytes, text)));
      held = bytes.subarray(bytes.length - keep);
      done(null, bytes.subarray(0, bytes.length - keep));
    },
    flush: (done) => done(null, held),
  });
}

function star(bytes: Buffer, wanted: Buffer): void {
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at)) {
    bytes.fill(STAR, at, at + wanted.length);
  }
}

/** How many of the last bytes are the first of what is wanted. */
function beginningAtTheEnd(bytes: Buffer, wanted: Buffer): number {
  const first = wanted[0] ?? 0;
  let at = bytes.indexOf(first, Math.max(0, bytes.length - wanted.length + 1));
  while (at >= 0) {
    const tail = bytes.subarray(at);
    if (tail.equals(wanted.subarray(0, tail.length))) {
      return tail.length;
    }
    at = bytes.indexOf(first, at + 1);
  }
  return 0;
}
