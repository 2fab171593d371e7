// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import type { ClientRequest, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import type { ProofKey } from '../issuer/proof-key.js';
import { proxyFor } from '../issuer/proxy.js';
import type { Secret } from '../issuer/secret.js';
import { pathBelow } from './front.js';
import { answerHeaders, type Headers, requestHeaders } from './headers.js';
import { type KeptBody, keepBody } from './kept-body.js';
import { masking } from './mask-stream.js';

/** What is added to which requests. */
export type Injection = {
  /** The service's address, without a slash at its end. */
  readonly base: string;
  readonly token: Secret;
  /** The forms of it that no answer may repeat to the command. */
  readonly echoes: readonly string[];
  /** The key that the token is bound to. */
  readonly boundTo: ProofKey | undefined;
  /** For the proxies that it names. */
  readonly env: NodeJS.ProcessEnv;
};

/**
 * An HTTP endpoint on loopback for one command: what is sent to its address goes to one service, with the token. The token itself
 * never gets to the command, nor back to it in an answer.
 */
export type Injector = {
  /** For the command. Whoever knows it may do what the token may, while the step runs. */
  readonly url: string;
  /** The part of it that others must not know. */
  readonly secret: string;
  /** From now on it refuses; its port is closed soon after. */
  readonly end: () => void;
};

const CONNECT_TIMEOUT_MS = 10_000;
const CLOSING_MS = 500;

/** Starts to listen. */
export async function startInjector(injection: Injection): Promise<Injector> {
  // Loaded here: most steps need no server, and wait for every module that is loaded at the start.
  const { createServer } = await import('node:http');
  const secret = randomBytes(32).toString('base64url');
  let hasEnded = false;
  const server = createServer((request, response) => {
    const asked = {
      method: request.method ?? '',
      target: request.url ?? '',
      rawHeaders: request.rawHeaders,
    };
    const path = pathBelow(asked, { port: portOf(server), secret });
    if (hasEnded) {
      refuse(response, 503, 'the step has ended, and its token with it');
    } else if (path.kind === 'fault') {
      refuse(response, 403, path.fault);
    } else {
      const local = `http://127.0.0.1:${portOf(server)}/${secret}`;
      const exchange = { injection, path: path.value, local, request, response };
      // Whatever a command sends, it must not end the action, which has a token to close.
      pass(exchange, () => hasEnded).catch(() => refuse(response, 502, 'the request could not be passed on'));
    }
  });
  // A command may send for as long as it runs.
  server.requestTimeout = 0;
  await listen(server);
  return {
    url: `http://127.0.0.1:${portOf(server)}/${secret}`,
    secret,
    end: () => {
      hasEnded = true;
      server.close();
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), CLOSING_MS).unref();
    },
  };
}

type Exchange = {
  readonly injection: Injection;
  /** Path and query below the service's address. */
  readonly path: string;
  /** Our own address. */
  readonly local: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
};

async function pass(exchange: Exchange, hasEnded: () => boolean): Promise<void> {
  const { injection, request, response } = exchange;
  let body: KeptBody | undefined;
  const first = await ask(exchange, (sent) => {
    // In one turn: whoever listens first makes the body flow.
    body = injection.boundTo && keepBody(request);
    request.pipe(sent);
  });
  const answer = typeof first === 'string' || hasEnded() ? first : await again(exchange, first, body);
  if (typeof answer === 'string') {
    refuse(response, 502, answer);
  } else {
    handOn(exchange, answer);
  }
}

/** Once more where the service only wants a nonce in the proof (RFC 9449 section 9), and the body is still in our hands. */
async function again(
  exchange: Exchange,
  answer: IncomingMessage,
  body: KeptBody | undefined,
): Promise<IncomingMessage | string> {
  const { boundTo } = exchange.injection;
  const nonce = answer.headers['dpop-nonce'];
  boundTo?.heard(typeof nonce === 'string' ? nonce : undefined);
  const wantsNonce =
    answer.statusCode === 401 &&
    nonce !== undefined &&
    /\buse_dpop_nonce\b/.test(answer.headers['www-authenticate'] ?? '');
  if (boundTo === undefined || !wantsNonce) {
    return answer;
  }
  const whole = await body?.whole();
  if (whole === undefined) {
    return answer;
  }
  answer.resume();
  const second = await ask(exchange, (sent) => sent.end(whole));
  if (typeof second !== 'string') {
    const next = second.headers['dpop-nonce'];
    boundTo.heard(typeof next === 'string' ? next : undefined);
  }
  return second;
}

/** The service's answer, or in our own words why there is none. */
async function ask(
  { injection, path, request, response }: Exchange,
  send: (sent: ClientRequest) => void,
): Promise<IncomingMessage | string> {
  const url = new URL(injection.base + path);
  const stopped = new AbortController();
  response.once('close', () => stopped.abort());
  const sent = await open(
    injection,
    url,
    { method: request.method ?? '', headers: headersFor(injection, request, url) },
    stopped.signal,
  );
  if (typeof sent === 'string') {
    return sent;
  }
  stopped.signal.addEventListener('abort', () => sent.destroy());
  return new Promise((resolve) => {
    const late = setTimeout(() => sent.destroy(), CONNECT_TIMEOUT_MS);
    sent.once('socket', (socket) =>
      socket.once('encrypted' in socket ? 'secureConnect' : 'connect', () => clearTimeout(late)),
    );
    // Stays: destroying a request may raise one more error.
    sent.on('error', () => resolve(`no answer from ${url.host}`));
    // An answer that switches to another protocol ends without an error.
    sent.once('close', () => {
      clearTimeout(late);
      resolve(`no answer from ${url.host}`);
    });
    sent.once('response', (answer) => {
      clearTimeout(late);
      resolve(
        isCoded(answer) ? `the answer of ${url.host} is coded, although nothing asked for that` : answer,
      );
    });
    send(sent);
  });
}

function headersFor(
  { token, boundTo }: Injection,
  { method = '', rawHeaders }: IncomingMessage,
  url: URL,
): Headers {
  const scheme = boundTo === undefined ? 'Bearer' : 'DPoP';
  const proof = boundTo?.proof({ method, url: url.href, token });
  return {
    ...requestHeaders(rawHeaders),
    host: url.host,
    authorization: `${scheme} ${token.reveal()}`,
    ...(proof !== undefined && { dpop: proof }),
  };
}

type Line = { readonly method: string; readonly headers: Headers };

async function open(
  { env }: Injection,
  url: URL,
  line: Line,
  signal: AbortSignal,
): Promise<ClientRequest | string> {
  const options = { ...line, agent: false };
  const proxy = proxyFor(url, env);
  switch (proxy.kind) {
    case 'fault':
      // Never around a proxy that somebody wanted.
      return proxy.why;
    case 'proxy': {
      const { throughProxy } = await import('../issuer/tunnel.js');
      const opened = await Promise.resolve(throughProxy(url, proxy.url, options, signal)).catch(
        () => undefined,
      );
      return opened !== undefined && 'sent' in opened
        ? opened.sent
        : `no way through the proxy to ${url.host}`;
    }
    case 'direct': {
      const { request } = url.protocol === 'https:' ? await import('node:https') : await import('node:http');
      return request(url, options);
    }
  }
}

/** We could not look into it for the token. */
function isCoded({ headers }: IncomingMessage): boolean {
  return !['', 'identity'].includes((headers['content-encoding'] ?? '').trim().toLowerCase());
}

function handOn({ injection, local, request, response }: Exchange, answer: IncomingMessage): void {
  const headers = answerHeaders(answer.rawHeaders, injection.echoes);
  const { location } = headers;
  if (typeof location === 'string') {
    headers['location'] = ourOwn(location, { base: injection.base, local, request });
  }
  response.writeHead(answer.statusCode ?? 502, headers);
  // A connection that breaks on one side breaks on the other: nobody takes half an answer for a whole one.
  pipeline(answer, masking(injection.echoes), response, () => {});
}

/** A place below the service's address, as the command can get there; any other as it is. */
function ourOwn(
  place: string,
  { base, local, request }: { base: string; local: string; request: IncomingMessage },
): string {
  const asked = new URL(base + (request.url ?? '').replace(/^\/[^/?]*/, ''));
  if (!URL.canParse(place, asked.href)) {
    return place;
  }
  const { href } = new URL(place, asked);
  const root = new URL(base).href.replace(/\/$/, '');
  return href === root || (href.startsWith(root) && /^[/?#]/.test(href.slice(root.length)))
    ? local + href.slice(root.length)
    : place;
}

/** In our own words; the connection is not used for anything else, since a body may still be on it. */
function refuse(response: ServerResponse, status: number, why: string): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'close',
  });
  response.end(`taskbound: ${why}\n`);
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
}
