// SPDX-License-Identifier: Apache-2.0
import { createHash, timingSafeEqual } from 'node:crypto';
import { type Checked, fault, ok } from '../base/checked.js';
import { isPlainPath, isPlainQuery } from '../base/plain-path.js';

/** A request as it came: name and value of each header in turn. */
export type Asked = {
  readonly method: string;
  readonly target: string;
  readonly rawHeaders: readonly string[];
};

/** What the address of this step is made of. */
export type Ours = { readonly port: number; readonly secret: string };

const MAX_TARGET = 4096;
/** Credentials of the command's own, which would stand beside the token. */
const CREDENTIALS: readonly string[] = ['authorization', 'dpop', 'proxy-authorization'];
/** Only a browser sends these (Node's fetch sends Sec-Fetch-Mode), and no page may use what this step is granted. */
const OF_BROWSERS: readonly string[] = ['origin', 'sec-fetch-site'];
/** They answer with the request itself, or are for other things than requests. */
const REFUSED_METHODS: readonly string[] = ['TRACE', 'CONNECT'];
/** Web frameworks follow them: the service would do another thing than the one that is asked for. */
const OVERRIDES: readonly string[] = [
  'x-http-method-override',
  'x-http-method',
  'x-method-override',
  'x-original-url',
  'x-rewrite-url',
];

/**
 * The path and query that a request asks of the service, below its address; or what to do about a request that is not passed on.
 * A fault repeats nothing of the request.
 */
export function pathBelow(asked: Asked, ours: Ours): Checked<string> {
  const names = headerNames(asked);
  if (!isForUs(asked, ours)) {
    return fault('send requests to the address in TASKBOUND_URL as it stands, and no others');
  }
  if (names.some((name) => OF_BROWSERS.includes(name))) {
    return fault('a page in a browser gets no answer here: call the service from a program');
  }
  if (names.some((name) => CREDENTIALS.includes(name))) {
    return fault(
      'leave out the headers Authorization, Proxy-Authorization and DPoP: the token is added here',
    );
  }
  if (names.some((name) => OVERRIDES.includes(name.replaceAll('_', '-')))) {
    return fault('leave out headers that name another method or path: only the request line counts');
  }
  if (REFUSED_METHODS.includes(asked.method)) {
    return fault('use another method: TRACE and CONNECT are not passed on');
  }
  if (tells(asked, ours.secret)) {
    return fault(
      "a header holds the address in TASKBOUND_URL, which nobody else may know: write the service's own address there",
    );
  }
  if (names.includes('upgrade')) {
    return fault('leave out the header Upgrade: only plain HTTP requests are passed on');
  }
  const rest = asked.target.slice(ours.secret.length + 1);
  const [path = '', query = ''] = splitOnce(rest);
  return asked.target.length <= MAX_TARGET && (path === '' || isPlainPath(path)) && isPlainQuery(query)
    ? ok(rest)
    : fault(
        'write the path with letters, digits and ._~@+=,:-/ alone, without empty segments or dots at the end of one, and each parameter once',
      );
}

/** Whether it knows the secret, and comes by our own name, so that no other name has been bound to our address. */
function isForUs({ target, rawHeaders }: Asked, { port, secret }: Ours): boolean {
  const hosts = rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === 'host');
  const [, first = ''] = /^\/([^/?]*)/.exec(target) ?? [];
  return hosts.length === 1 && hosts[0] === `127.0.0.1:${port}` && isSame(first, secret);
}

/** The field Referer is not passed on at all. */
function tells({ rawHeaders }: Asked, secret: string): boolean {
  return rawHeaders.some(
    (text, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() !== 'referer' && text.includes(secret),
  );
}

function headerNames({ rawHeaders }: Asked): readonly string[] {
  return rawHeaders.filter((_, i) => i % 2 === 0).map((name) => name.toLowerCase());
}

function splitOnce(text: string): readonly string[] {
  const at = text.indexOf('?');
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** In the same time wherever they differ. */
function isSame(text: string, secret: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(text), digest(secret));
}
