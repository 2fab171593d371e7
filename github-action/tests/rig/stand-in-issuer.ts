// SPDX-License-Identifier: Apache-2.0
import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificate } from './certificate.js';
import { jwksOf, receiptOf, SIGNING_KEY, signedReceipt } from './receipts.js';

/** An answer, or what happens instead: the connection is cut, or nothing comes. */
export type Answer =
  | { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  | 'cut'
  | 'silence';

export type Form = Readonly<Record<string, string>>;

/** Made for each request; `nth` counts from 1 on the same path. */
export type Answering = (form: Form, nth: number) => Answer;

export type Paths = {
  readonly idToken?: Answering;
  readonly token?: Answering;
  readonly renew?: Answering;
  /** Of a task that delivers a credential; its secrets are searched for like tokens. */
  readonly credential?: Answering;
  readonly revoke?: Answering;
  readonly receipt?: Answering;
  readonly keys?: Answering;
  /** Of any approval. */
  readonly approvals?: Answering;
};

export type StandInIssuer = {
  readonly url: string;
  /** The receipt that it gives unless told otherwise, signed with the key that it publishes. */
  readonly receipt: string;
  /** What a runner adds to the job's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** One line for each request, in order, secrets by their names. */
  readonly transcript: readonly string[];
  /** When each of them came, in milliseconds. */
  readonly arrivals: readonly number[];
  /** The forms of the requests to a path. */
  readonly forms: (path: string) => readonly Form[];
  /** Every ID token, task token and secret of a credential that was handed out. */
  readonly secrets: readonly string[];
  readonly stop: () => Promise<void>;
};

export const HANDLE = 'UnVuUnVuUnVuUnVuUnVuUg.UHJvb2ZQcm9vZlByb29mUHJvb2ZQcm9v';
const REQUEST_TOKEN = 'request-token-of-the-runner-0123456789';

const CLAIMS = {
  iss: 'https://token.actions.githubusercontent.com',
  sub: 'repo:acme/shop:ref:refs/heads/main',
  repository_id: '2002',
  repository_owner_id: '1001',
  ref: 'refs/heads/main',
  ref_type: 'branch',
  event_name: 'push',
};

/** An issuer and the runner's endpoint for ID tokens in one server, which grants and closes unless told otherwise. */
export async function standInIssuer(paths: Paths = {}, tls?: Certificate): Promise<StandInIssuer> {
  const transcript: string[] = [];
  const arrivals: number[] = [];
  const secrets: string[] = [];
  const received: { path: string; form: Form }[] = [];
  let receipt = '';
  const usual: Required<Paths> = {
    idToken: (form) => ({
      status: 200,
      body: { value: keep(secrets, jwt({ ...CLAIMS, aud: form['audience'] })) },
    }),
    token: (form) => granted(form, keep(secrets, jwt({ txn: form['txn'] }))),
    renew: (form) =>
      isHolder(received, form)
        ? { status: 200, body: { lease_expires_in: 60 } }
        : { status: 400, body: { error: 'invalid_grant', request_id: 'r' } },
    revoke: () => ({ status: 200, body: {} }),
    credential: () => ({ status: 400, body: { error: 'invalid_request', request_id: 'r' } }),
    receipt: () => ({ status: 200, body: receipt }),
    keys: () => ({ status: 200, body: jwksOf(SIGNING_KEY) }),
    approvals: () => ({ status: 400, body: { error: 'access_denied', request_id: 'r' } }),
  };
  const answers = { ...usual, ...paths };
  const answering = (path: string): Answering | undefined =>
    ({
      '/id-token': answers.idToken,
      '/token': (form: Form, nth: number) => tokenKept(secrets, answers.token(form, nth)),
      '/renew': answers.renew,
      '/revoke': answers.revoke,
      '/credential': (form: Form, nth: number) => keptOf(secrets, answers.credential(form, nth)),
      '/receipt': answers.receipt,
      '/.well-known/jwks.json': answers.keys,
    })[path] ?? (path.startsWith('/approvals/') ? answers.approvals : undefined);
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    void bodyOf(request).then((body) => {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      const form = Object.fromEntries([...url.searchParams, ...new URLSearchParams(body)]);
      received.push({ path: url.pathname, form });
      const nth = received.filter((earlier) => earlier.path === url.pathname).length;
      transcript.push(line(request, url.pathname, form, secrets));
      arrivals.push(performance.now());
      give(response, answering(url.pathname)?.(form, nth) ?? { status: 404 });
    });
  };
  const server = tls === undefined ? createServer(answer) : createTlsServer(tls, answer);
  const port = await listen(server);
  const url = `http://127.0.0.1:${port}`;
  receipt = signedReceipt(receiptOf({ issuer: url, handle: HANDLE }));
  return {
    url,
    receipt,
    env: {
      TASKBOUND_ISSUER: url,
      ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/id-token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: REQUEST_TOKEN,
    },
    transcript,
    arrivals,
    secrets,
    forms: (path) => received.filter((one) => one.path === path).map((one) => one.form),
    stop: () => stop(server),
  };
}

/** The answer of an issuer that grants what the form asks for. */
export function granted(form: Form, token: string, changes: object = {}): Answer {
  const asked = JSON.parse(form['authorization_details'] ?? '[]') as {
    actions?: string[];
    locations?: string[];
  }[];
  const details = asked.map((detail) => ({
    ...detail,
    actions: detail.actions ?? ['sign'],
    locations: detail.locations ?? ['https://signer.acme.example'],
  }));
  const body = {
    access_token: token,
    issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    token_type: 'Bearer',
    expires_in: 600,
    authorization_details: details,
    jti: HANDLE,
    txn: form['txn'],
    ...(form['lease'] !== undefined && { lease_expires_in: Number(form['lease']) }),
    ...changes,
  };
  return { status: 200, body };
}

/** Whether the verifier belongs to the challenge that the token was asked for with. */
export function isHolder(received: readonly { path: string; form: Form }[], renewal: Form): boolean {
  const asked = received.findLast(({ path }) => path === '/token')?.form['holder_challenge'];
  return (
    asked ===
    createHash('sha256')
      .update(renewal['holder_verifier'] ?? '')
      .digest('base64url')
  );
}

/** Looks like a JWT; nobody signed it. */
export function jwt(claims: object): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'ES256', kid: 'sample' })}.${part({ jti: HANDLE, ...claims, n: randomBytes(6).toString('hex') })}.${randomBytes(64).toString('base64url')}`;
}

function keep(secrets: string[], secret: string): string {
  secrets.push(secret);
  return secret;
}

/** The answer, after its token has been noted. */
function tokenKept(secrets: string[], answer: Answer): Answer {
  const body = typeof answer === 'string' ? undefined : answer.body;
  if (
    typeof body === 'object' &&
    body !== null &&
    'access_token' in body &&
    !secrets.includes(String(body.access_token))
  ) {
    keep(secrets, String(body.access_token));
  }
  return answer;
}

/** The answer, after its secrets have been noted. */
function keptOf(secrets: string[], answer: Answer): Answer {
  const body = typeof answer === 'string' ? undefined : (answer.body as { credential?: object } | undefined);
  for (const secret of Object.values(body?.credential ?? {})) {
    keep(secrets, String(secret));
  }
  return answer;
}

function line(request: IncomingMessage, path: string, form: Form, secrets: readonly string[]): string {
  const parameters = Object.entries(form).map(([name, value]) => `${name}=${named(name, value, secrets)}`);
  return [request.method, path, ...parameters].join(' ');
}

function named(name: string, value: string, secrets: readonly string[]): string {
  if (secrets.includes(value)) {
    return `<${name === 'subject_token' ? 'ID token' : 'task token'}>`;
  }
  return name === 'txn' || name.startsWith('holder_') ? `<${name}>` : value;
}

function give(response: ServerResponse, answer: Answer): void {
  if (answer === 'silence') {
    return;
  }
  if (answer === 'cut') {
    response.destroy();
    return;
  }
  const { status, body = '', headers = {} } = answer;
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
  });
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
