// SPDX-License-Identifier: Apache-2.0
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after } from 'node:test';

/** What becomes of an answer on its way; the path says which. */
export type Meddling = (path: string, body: string) => string;

/** A server before the issuer that passes everything on, and changes answers as it likes. Returns its URL. */
export async function meddler(to: string, meddling: Meddling): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '/';
      const { method = 'GET' } = request;
      const headers = { 'content-type': request.headers['content-type'] ?? '' };
      const body = method === 'GET' ? undefined : Buffer.concat(chunks);
      void fetch(to + path, { method, headers, ...(body && { body }) }).then(async (answer) => {
        const text = await answer.text();
        response.writeHead(answer.status, { 'content-type': 'application/json' });
        response.end(answer.status === 200 ? meddling(path, text) : text);
      });
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
