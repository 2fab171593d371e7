// SPDX-License-Identifier: Apache-2.0
import { presentedIn } from './presented.js';
import * as verdict from './verdict.js';

const tokens = new WeakMap();

/**
 * A middleware for node:http, Express and what resembles them: lets a request on to `next` when its token was redeemed for
 * what `toUse` makes of it, and answers it otherwise. Never calls `next` with a fault: a handler that takes no notice of it
 * would do the task.
 *
 * @param server a ResourceServer
 * @param toUse the action and identifier that this request needs; undefined for a request that no token permits
 * @param settings `publicUrl` is the service's own address as callers know it, which proofs have to name; `introspect`
 *     asks without counting; `onVerdict` hears each verdict, for logs and metrics
 */
export function protect(server, toUse, settings) {
  const publicUrl = baseUrl(settings.publicUrl);
  const ask = settings.introspect === true ? 'introspect' : 'redeem';
  return async (request, response, next) => {
    const answer = await decide({ server, toUse, publicUrl, ask }, request);
    settings.onVerdict?.(answer, request);
    for (const [name, value] of Object.entries(answer.headers)) {
      response.setHeader(name, value);
    }
    if (answer.allowed) {
      tokens.set(request, answer.token);
      next();
    } else {
      response.statusCode = answer.status;
      response.setHeader('Content-Type', 'text/plain; charset=utf-8');
      response.setHeader('Cache-Control', 'no-store');
      response.end(`${answer.message}\n`);
    }
  };
}

/** The living token of a request that `protect` let through; undefined of any other. */
export function tokenOf(request) {
  return tokens.get(request);
}

async function decide({ server, toUse, publicUrl, ask }, request) {
  const presented = presentedIn(request);
  if (presented.kind !== 'token') {
    return server[ask](presented);
  }
  try {
    const target = request.originalUrl ?? request.url ?? '';
    const use = target.startsWith('/') ? await toUse(request) : undefined;
    return use === undefined
      ? verdict.notPermitted(presented.scheme)
      : await server[ask](presented, use, {
          method: request.method,
          url: publicUrl + target.replace(/[?#].*$/s, ''),
        });
  } catch (fault) {
    return verdict.misconfigured(
      `the request could not be mapped to a use: ${fault?.name ?? 'unknown fault'}`,
    );
  }
}

function baseUrl(text) {
  let url;
  try {
    url = new URL(text);
  } catch {
    throw new TypeError(
      'publicUrl must be the address of this service, such as https://tickets.acme.example',
    );
  }
  if (!/^https?:$/.test(url.protocol) || url.username !== '' || /[?#]/.test(text)) {
    throw new TypeError('publicUrl must be http or https, without user, query or fragment');
  }
  return text.replace(/\/$/, '');
}
