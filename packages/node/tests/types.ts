// SPDX-License-Identifier: Apache-2.0
// Compiled, never run: the types allow what the README shows, and forbid what is a mistake.
import {
  type ActiveToken,
  presented,
  presentedIn,
  protect,
  ResourceServer,
  TaskToken,
  tokenOf,
  type Verdict,
} from '@taskbound/resource-server';

const server = new ResourceServer({ issuer: 'https://tokens.acme.example', name: 'tickets', secret: 's' });
const request = { method: 'GET', url: 'https://tickets.acme.example/tickets/7' };
const use = { action: 'read', identifier: 'ticket:7' };

export async function ask(): Promise<ActiveToken | number> {
  const verdict: Verdict = await server.redeem(presented(['Bearer x'], []), use, request);
  return verdict.allowed ? verdict.token : verdict.status;
}

export async function mistakes(): Promise<void> {
  const located = { method: 'GET', url: { href: 'https://tickets.acme.example/tickets/7' } };
  const verdict = await server.introspect(presentedIn({ rawHeaders: [] }), use, located);
  // @ts-expect-error: a refusal has no token
  verdict.token;
  // @ts-expect-error: introspection counts nothing, so it has no use
  await server.introspect(presented([]), { ...use, useId: 'job-1' }, request);
  // @ts-expect-error: what a proof names is never left out
  await server.redeem(presented([]), use);
  // @ts-expect-error: a token comes out of a request
  new TaskToken('x');
  // @ts-expect-error: the service says what its address is
  protect(server, () => use, {});
}

/** As in Express: its request has more members, and `next` takes a fault. */
type ExpressRequest = { method: string; originalUrl: string; rawHeaders: string[]; params: { id: string } };
const middleware = protect(
  server,
  (asked: ExpressRequest) => ({ action: 'read', identifier: `ticket:${asked.params.id}` }),
  {
    publicUrl: 'https://tickets.acme.example',
    onVerdict: (verdict, asked) => [verdict.reason, asked.method],
  },
);
export function express(
  asked: ExpressRequest,
  response: {
    statusCode: number;
    setHeader(name: string, value: string): unknown;
    end(text: string): unknown;
  },
  next: (fault?: unknown) => void,
): Promise<void> {
  tokenOf(asked)?.expiresAt.getTime();
  return middleware(asked, response, next);
}
