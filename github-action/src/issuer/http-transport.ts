// SPDX-License-Identifier: Apache-2.0
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { proxyFor } from './proxy.js';
import type { HttpOutcome, HttpRequest, Transport } from './transport.js';
import type { Opened } from './tunnel.js';

const MAX_ANSWER_BYTES = 64 * 1024;
/** Long enough for a lost SYN, short enough to try again. */
const CONNECT_TIMEOUT_MS = 5_000;

/** Over node's own HTTP, without keeping connections: calls are seconds apart, and a stale one would cost a try. */
export function httpTransport(env: NodeJS.ProcessEnv): Transport {
  return async (request, signal) => {
    try {
      const opened = await open(request, env, signal);
      return 'outcome' in opened ? opened.outcome : await exchange(opened.sent, request, signal);
    } catch {
      return { kind: 'refused' };
    }
  };
}

/** Starts nothing yet. The modules are loaded at the first use: most of a start's time is loading. */
async function open(request: HttpRequest, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<Opened> {
  const options: RequestOptions = { method: request.method, headers: headersOf(request), agent: false };
  const proxy = proxyFor(request.url, env);
  switch (proxy.kind) {
    case 'fault':
      // Never around a proxy that somebody wanted.
      return { outcome: { kind: 'refused' } };
    case 'proxy': {
      const { throughProxy } = await import('./tunnel.js');
      return throughProxy(request.url, proxy.url, options, signal);
    }
    case 'direct': {
      const { request: start } =
        request.url.protocol === 'https:' ? await import('node:https') : await import('node:http');
      return { sent: start(request.url, options) };
    }
  }
}

function headersOf(request: HttpRequest): Record<string, string> {
  const length = Buffer.byteLength(request.body);
  return {
    ...request.headers,
    'user-agent': 'taskbound-action',
    connection: 'close',
    ...(request.method === 'POST' && { 'content-length': String(length) }),
  };
}

function exchange(sent: ClientRequest, request: HttpRequest, signal: AbortSignal): Promise<HttpOutcome> {
  return new Promise((resolve) => {
    const connection = watchConnection(sent);
    const connecting = setTimeout(() => connection.isOpen() || end({ kind: 'refused' }), CONNECT_TIMEOUT_MS);
    const whole = setTimeout(() => end({ kind: 'lost', what: 'no whole answer in time' }), request.timeoutMs);
    const end = (outcome: HttpOutcome) => {
      clearTimeout(connecting);
      clearTimeout(whole);
      signal.removeEventListener('abort', abort);
      sent.destroy();
      resolve(outcome);
    };
    // Without a connection nothing was sent; whoever tries again then finds that it was told to stop.
    const abort = () => end({ kind: connection.isOpen() ? 'aborted' : 'refused' });
    // Stays after the end: destroying a request may raise one more error.
    sent.on('error', (fault) => end(faultOf(fault, connection.isOpen())));
    sent.on('response', (answer) => collect(answer, request.maxAnswerBytes ?? MAX_ANSWER_BYTES, end));
    if (signal.aborted) {
      abort();
    } else {
      signal.addEventListener('abort', abort);
      sent.end(request.body);
    }
  });
}

function collect(answer: IncomingMessage, most: number, end: (outcome: HttpOutcome) => void): void {
  const chunks: Buffer[] = [];
  let length = 0;
  answer.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    length += chunk.length;
    if (length > most) {
      end({ kind: 'large', maxBytes: most });
    }
  });
  answer.on('error', () => end({ kind: 'lost', what: 'no whole answer (connection broken)' }));
  answer.on('aborted', () => end({ kind: 'lost', what: 'no whole answer (connection broken)' }));
  answer.on('end', () => {
    // No server asks for this but a proxy.
    if (answer.statusCode === 407) {
      end({ kind: 'proxy-login' });
    }
    const retryAfter = answer.headers['retry-after'];
    end({
      kind: 'answer',
      status: answer.statusCode ?? 0,
      retryAfter,
      body: Buffer.concat(chunks).toString('utf8'),
      nonce: nonceOf(answer),
    });
  });
}

function nonceOf(answer: IncomingMessage): string | undefined {
  const nonce = answer.headers['dpop-nonce'];
  return typeof nonce === 'string' ? nonce : undefined;
}

/** Open means that bytes of the request may have left. No connection is used twice, so each one has yet to be made. */
function watchConnection(sent: ClientRequest): { isOpen: () => boolean } {
  let open = false;
  sent.on('socket', (socket) => {
    socket.once('encrypted' in socket ? 'secureConnect' : 'connect', () => {
      open = true;
    });
  });
  return { isOpen: () => open };
}

function faultOf(fault: NodeJS.ErrnoException, isOpen: boolean): HttpOutcome {
  if (isOpen) {
    return { kind: 'lost', what: `no whole answer (${codeOf(fault)})` };
  }
  return isTls(fault) ? { kind: 'tls' } : { kind: 'refused' };
}

/** A certificate does not get better by trying; a connection that breaks before the handshake may. */
function isTls(fault: NodeJS.ErrnoException): boolean {
  return /^(EPROTO|ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_)/.test(codeOf(fault));
}

/** The kind of fault alone: some messages repeat bytes of the answer. */
function codeOf(fault: NodeJS.ErrnoException): string {
  return /^[A-Z0-9_]{1,40}$/.test(fault.code ?? '') ? (fault.code ?? '') : 'connection broken';
}
