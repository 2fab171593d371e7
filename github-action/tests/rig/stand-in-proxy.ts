// SPDX-License-Identifier: Apache-2.0
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { after } from 'node:test';

export type StandInProxy = { readonly url: string; readonly seen: readonly string[] };

/** Instead of a status: the proxy never answers. */
export const HANGS = 0;

/** A proxy that sends every tunnel to one place and records what it can read of the requests. */
export async function standInProxy(to: string, statusOf = (_nth: number) => 200): Promise<StandInProxy> {
  const seen: string[] = [];
  const server = createServer();
  server.on('connect', (request, near) => {
    seen.push(`CONNECT ${request.url} ${request.headers['proxy-authorization'] ?? 'without credentials'}`);
    near.on('error', () => near.destroy());
    const status = statusOf(seen.length);
    if (status === HANGS) {
      return;
    }
    near.write(`HTTP/1.1 ${status} so it is\r\n\r\n`);
    if (status !== 200) {
      near.end();
    } else {
      const far = connect(Number(new URL(to).port), '127.0.0.1');
      far.on('error', () => far.destroy());
      near.pipe(far).pipe(near);
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  const open = new Set<Duplex>();
  server.on('connection', (socket) => open.add(socket));
  after(() => {
    for (const socket of open) {
      socket.destroy();
    }
    server.close();
  });
  return { url: `http://user:pass%20word@127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}
