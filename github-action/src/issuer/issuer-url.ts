// SPDX-License-Identifier: Apache-2.0

export type IssuerUrl =
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'fault'; readonly why: string };

/**
 * Where an issuer lives: https, or http on a loopback address; no user, query or fragment. One trailing slash is dropped, so
 * that with and without it are one issuer. A fault never repeats the text, which may hold a password.
 */
export function parseIssuerUrl(text: string): IssuerUrl {
  const fault = faultOf(text);
  return fault === undefined ? { kind: 'url', url: text.replace(/\/$/, '') } : { kind: 'fault', why: fault };
}

function faultOf(text: string): string | undefined {
  if (!URL.canParse(text) || !/^https?:\/\/[\x21-\x7e]+$/i.test(text)) {
    return 'is not an http or https URL';
  }
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || text.includes('@')) {
    return 'must not carry a user or password';
  }
  if (text.includes('?') || text.includes('#')) {
    return 'must have no query or fragment';
  }
  return url.protocol === 'https:' || isLoopback(url.hostname)
    ? undefined
    : 'must be https (plain http only on a loopback address)';
}

export function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}
