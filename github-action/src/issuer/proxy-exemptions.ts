// SPDX-License-Identifier: Apache-2.0
import { BlockList, isIP } from 'node:net';

/**
 * Whether the list in `NO_PROXY`, separated by commas or blanks, covers a URL. An entry is a name, which stands for all below it too
 * (with or without `.` or `*.` before it, perhaps with a port), an address, a network such as 10.0.0.0/8, or `*` for everything.
 */
export function isExempt(url: URL, list: string): boolean {
  const host = withoutDot(url.hostname.toLowerCase());
  const address = bare(host);
  const port = `:${url.port || (url.protocol === 'https:' ? '443' : '80')}`;
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .map((entry) => withoutPort(entry, port))
    .some((entry) => entry === '*' || (isIP(address) > 0 ? isAmong(address, entry) : isBelow(host, entry)));
}

/** The last group of an IPv6 address is none, unless the address stands in brackets. */
function withoutPort(entry: string, port: string): string {
  const name = entry.endsWith(port) ? entry.slice(0, -port.length) : entry;
  return name.includes(':') && !name.endsWith(']') ? entry : name;
}

function isBelow(host: string, entry: string): boolean {
  const name = withoutDot(entry.replace(/^\*?\./, ''));
  return name !== '' && (host === name || host.endsWith(`.${name}`));
}

function isAmong(address: string, entry: string): boolean {
  const [network = '', bits, ...more] = entry.split('/');
  const base = bare(network);
  const version = isIP(base);
  const most = version === 4 ? 32 : 128;
  const first = bits === undefined ? most : Number(bits);
  if (
    version !== isIP(address) ||
    more.length > 0 ||
    (bits !== undefined && !/^\d{1,3}$/.test(bits)) ||
    first > most
  ) {
    return false;
  }
  const covered = new BlockList();
  covered.addSubnet(base, first, version === 4 ? 'ipv4' : 'ipv6');
  return covered.check(address, version === 4 ? 'ipv4' : 'ipv6');
}

/** An IPv6 address without its brackets. */
function bare(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}

function withoutDot(name: string): string {
  return name.replace(/\.$/, '');
}
