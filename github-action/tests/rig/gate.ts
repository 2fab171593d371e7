// SPDX-License-Identifier: Apache-2.0
import { randomInt } from 'node:crypto';
import { connect, createServer, type Socket } from 'node:net';
import { after } from 'node:test';

/** A connection to a server that can be shut, as if the server were gone. */
export type Gate = { readonly url: string; readonly shut: () => void; readonly open: () => Promise<void> };

export async function gate(to: string): Promise<Gate> {
  const target = new URL(to);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
    near.pipe(far).pipe(near);
  });
  const listen = (port: number) =>
    new Promise<number>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject);
        resolve(port);
      });
    });
  // No system gives one of these to a server that asks for any: while the gate is shut, nobody else opens.
  const listenOnOwnPort = (): Promise<number> =>
    listen(randomInt(12_000, 32_768)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') {
        throw error;
      }
      return listenOnOwnPort();
    });
  const shut = () => {
    server.close();
    for (const socket of sockets) {
      socket.destroy();
    }
  };
  const port = await listenOnOwnPort();
  after(shut);
  return { url: `http://127.0.0.1:${port}`, shut, open: async () => void (await listen(port)) };
}
