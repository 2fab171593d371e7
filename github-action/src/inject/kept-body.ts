// SPDX-License-Identifier: Apache-2.0
import type { IncomingMessage } from 'node:http';

const MAX_BYTES = 1024 * 1024;

/** A request's body as it passes, kept so that the request can be sent once more. */
export type KeptBody = {
  /** The whole of it once it has ended; undefined where it is longer than 1 MB, or broke off. Reads what is left. */
  readonly whole: () => Promise<Buffer | undefined>;
};

export function keepBody(request: IncomingMessage): KeptBody {
  let pieces: Buffer[] | undefined = [];
  let length = 0;
  const ended = new Promise<void>((resolve) => {
    request.once('end', resolve);
    request.once('close', resolve);
    request.on('data', (piece: Buffer) => {
      length += piece.length;
      pieces = length <= MAX_BYTES ? pieces : undefined;
      pieces?.push(piece);
      if (pieces === undefined) {
        resolve();
      }
    });
  });
  return {
    whole: async () => {
      request.resume();
      await ended;
      return pieces === undefined || !request.complete ? undefined : Buffer.concat(pieces);
    },
  };
}
