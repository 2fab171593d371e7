// SPDX-License-Identifier: Apache-2.0
import { type ClientRequest, request as plainRequest, type RequestOptions } from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { Duplex } from 'node:stream';
import { connect as tlsConnect } from 'node:tls';
import { loginOf } from './proxy.js';
import type { HttpOutcome } from './transport.js';

/** A request that can be sent, or the end of it already. */
export type Opened = { readonly sent: ClientRequest } | { readonly outcome: HttpOutcome };

/**
 * A request that goes through a proxy: https by CONNECT (RFC 9110 section 9.3.6), so that the proxy sees no more than the
 * host; plain http by the absolute form of the target (RFC 9112 section 3.2.2).
 */
export function throughProxy(
  url: URL,
  proxy: URL,
  options: RequestOptions,
  signal: AbortSignal,
): Opened | Promise<Opened> {
  return url.protocol === 'https:'
    ? tunnelled(url, proxy, options, signal)
    : { sent: forwarded(url, proxy, options) };
}

function forwarded(url: URL, proxy: URL, options: RequestOptions): ClientRequest {
  const headers = { ...options.headers, ...credentials(proxy), host: url.host };
  return requestTo(proxy)({ ...options, ...addressOf(proxy), path: url.href, headers });
}

async function tunnelled(
  url: URL,
  proxy: URL,
  options: RequestOptions,
  signal: AbortSignal,
): Promise<Opened> {
  const socket = await openTunnel(url, proxy, signal);
  if (socket === 'login') {
    return { outcome: { kind: 'proxy-login' } };
  }
  // The name is checked against the certificate of the host behind the tunnel, as without a proxy.
  const secured = tlsConnect({ socket, servername: url.hostname });
  // node asks for our connection only where no agent is named, not even false.
  const { agent: _, ...rest } = options;
  return { sent: tlsRequest(url, { ...rest, createConnection: () => secured }) };
}

/** Nothing of the request is sent before it is open; an abort ends the wait for it. */
function openTunnel(url: URL, proxy: URL, signal: AbortSignal): Promise<Duplex | 'login'> {
  const target = `${url.hostname}:${url.port || '443'}`;
  return new Promise((resolve, reject) => {
    const asked = requestTo(proxy)({
      ...addressOf(proxy),
      method: 'CONNECT',
      path: target,
      headers: { host: target, ...credentials(proxy) },
      agent: false,
      timeout: 5_000,
      signal,
    });
    asked.once('connect', (answer, socket) => {
      const status = answer.statusCode ?? 0;
      if (status >= 200 && status < 300) {
        resolve(socket);
        return;
      }
      socket.destroy();
      if (status === 407) {
        resolve('login');
      } else {
        reject(new Error('the proxy refused'));
      }
    });
    asked.once('timeout', () => asked.destroy(new Error('the proxy does not answer')));
    asked.once('error', reject);
    asked.end();
  });
}

function requestTo(proxy: URL): (options: RequestOptions) => ClientRequest {
  return proxy.protocol === 'https:' ? tlsRequest : plainRequest;
}

function addressOf(proxy: URL): { host: string; port: string } {
  return {
    host: proxy.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: proxy.port || (proxy.protocol === 'https:' ? '443' : '80'),
  };
}

function credentials(proxy: URL): Record<string, string> {
  const login = loginOf(proxy);
  return login === undefined
    ? {}
    : { 'proxy-authorization': `Basic ${Buffer.from(login).toString('base64')}` };
}
