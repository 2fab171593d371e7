// SPDX-License-Identifier: Apache-2.0
import { isLoopback } from './issuer-url.js';
import { isExempt } from './proxy-exemptions.js';

/** The way to a URL. `why` does not show the variable's text, which may hold a password. */
export type ProxyChoice =
  | { readonly kind: 'direct' }
  | { readonly kind: 'proxy'; readonly url: URL }
  | { readonly kind: 'fault'; readonly why: string };

/**
 * The proxy that the environment names for a URL, read as curl does (contract/proxies.json). `HTTP_PROXY` is not read: a web
 * server sets it from a header.
 */
export function proxyFor(url: URL, env: NodeJS.ProcessEnv): ProxyChoice {
  const own = url.protocol === 'https:' ? ['https_proxy', 'HTTPS_PROXY'] : ['http_proxy'];
  const name = [...own, 'all_proxy', 'ALL_PROXY'].find((variable) => textOf(env, variable) !== '');
  const exempt = textOf(env, 'no_proxy') || textOf(env, 'NO_PROXY');
  if (name === undefined || isLoopback(url.hostname) || isExempt(url, exempt)) {
    return { kind: 'direct' };
  }
  const proxy = parse(textOf(env, name));
  return proxy === undefined
    ? {
        kind: 'fault',
        why: `${name} is not a proxy that can be used: write it like http://proxy.acme.example:3128 or http://USER:PASSWORD@proxy.acme.example:3128`,
      }
    : { kind: 'proxy', url: proxy };
}

/** User and password for a proxy; undefined where it names none. */
export function loginOf(proxy: URL): string | undefined {
  return proxy.username === '' && proxy.password === ''
    ? undefined
    : `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
}

function textOf(env: NodeJS.ProcessEnv, name: string): string {
  return (env[name] ?? '').trim();
}

/** Undefined for what we cannot use, such as SOCKS. */
function parse(text: string): URL | undefined {
  const address = text.includes('://') ? text : `http://${text}`;
  if (!/^https?:\/\/[\x21-\x7e]+$/i.test(address) || !URL.canParse(address)) {
    return undefined;
  }
  const url = new URL(address);
  return url.pathname === '/' && url.search === '' && url.hash === '' && hasUsableLogin(url)
    ? url
    : undefined;
}

/** A colon in the user cannot be told from the one before the password. */
function hasUsableLogin(url: URL): boolean {
  try {
    decodeURIComponent(url.password);
    return !decodeURIComponent(url.username).includes(':');
  } catch {
    return false;
  }
}
