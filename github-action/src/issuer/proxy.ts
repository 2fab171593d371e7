// SPDX-License-Identifier: Apache-2.0
import { isLoopback } from './issuer-url.js';

/** The proxy that the environment names for a URL, as GitHub's own actions read it; undefined: no proxy. */
export function proxyFor(url: URL, env: NodeJS.ProcessEnv): URL | undefined {
  const name = url.protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  const text = env[name] || env[name.toUpperCase()] || '';
  if (text === '' || isLoopback(url.hostname) || isExempt(url, env['no_proxy'] || env['NO_PROXY'] || '')) {
    return undefined;
  }
  const address = /^https?:\/\//i.test(text) ? text : `http://${text}`;
  return URL.canParse(address) ? new URL(address) : undefined;
}

/** An entry is a host with an optional port, and stands for its subdomains too; `*` stands for all. */
function isExempt(url: URL, list: string): boolean {
  const host = url.hostname.toLowerCase();
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => entry === '*' || matches(entry.replace(/^\*?\./, ''), host, port));
}

function matches(entry: string, host: string, port: string): boolean {
  return [host, `${host}:${port}`].some((name) => name === entry || name.endsWith(`.${entry}`));
}
