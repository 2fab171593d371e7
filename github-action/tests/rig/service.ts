// SPDX-License-Identifier: Apache-2.0
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after } from 'node:test';

/** A request as the service received it. */
export type Received = {
  readonly method: string;
  readonly target: string;
  readonly rawHeaders: readonly string[];
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};

export type Serving = (received: Received, response: ServerResponse, nth: number) => void;

export type Service = { readonly url: string; readonly received: readonly Received[] };

/** The service that a command calls; it keeps what came. */
export async function service(serve: Serving): Promise<Service> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request.setEncoding('latin1')) {
      body += piece;
    }
    const { method = '', url: target = '', rawHeaders, headers } = request;
    const one = { method, target, rawHeaders, headers, body };
    received.push(one);
    serve(one, response, received.length);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}
