// SPDX-License-Identifier: Apache-2.0
import { createServer } from 'node:http';

/** An HTTP server on loopback that plays `turns`, the last one for ever, and keeps what was asked. */
export async function standIn(...turns) {
  const asked = [];
  const left = [...turns];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    asked.push({
      path: request.url,
      headers: request.headers,
      form: Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8'))),
    });
    const turn = left.length > 1 ? left.shift() : left[0];
    turn(request, response);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    asked,
    stop() {
      server.closeAllConnections();
      return new Promise((stopped) => server.close(stopped));
    },
  };
}

/** Takes the request, then cuts the connection: the answer is lost. */
export function cut(request) {
  request.socket.destroy();
}

/** Takes the request and never answers. */
export function hang() {}

/** A body that is no text is written as JSON. */
export function answer(status, body = '', headers = {}) {
  return (_request, response) => {
    response.writeHead(status, headers);
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

/** Numbers and pauses that are always the same; the clock moves on by the pauses alone. */
export function still(send) {
  const pauses = [];
  let now = Date.parse('2026-11-23T10:00:00Z');
  return {
    send,
    pauses,
    now: () => now,
    random: () => 0.5,
    advance: (ms) => {
      now += ms;
    },
    sleep: async (ms) => {
      pauses.push(ms);
      now += ms;
    },
  };
}
