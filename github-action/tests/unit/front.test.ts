// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathBelow } from '../../src/inject/front.js';

const OURS = { port: 4711, secret: 'S'.repeat(43) };
const HOST = ['Host', '127.0.0.1:4711'] as const;
const PREFIX = `/${OURS.secret}`;

function ask(target: string, headers: readonly string[] = HOST, method = 'GET') {
  return pathBelow({ method, target, rawHeaders: headers }, OURS);
}

for (const rest of ['', '/', '/tickets/7', '/tickets/7?page=2', '?page=2']) {
  test(`passes ${JSON.stringify(rest)} on`, () => {
    assert.deepEqual(ask(PREFIX + rest), { kind: 'ok', value: rest });
  });
}

const ADDRESS = /TASKBOUND_URL as it stands/;
const PATH = /write the path with/;
const REFUSED: readonly (readonly [string, RegExp, string, (readonly string[])?])[] = [
  ['no secret', ADDRESS, '/tickets/7'],
  ['another secret', ADDRESS, `/${'T'.repeat(43)}/tickets/7`],
  ['half of the secret', ADDRESS, PREFIX.slice(0, 20)],
  ['more than the secret', ADDRESS, `${PREFIX}S/tickets/7`],
  ['the secret as a parameter', ADDRESS, `/?${OURS.secret}`],
  ['the secret further on', ADDRESS, `/x${PREFIX}/tickets/7`],
  ['an absolute form', ADDRESS, `http://127.0.0.1:4711${PREFIX}/tickets/7`],
  ['an asterisk', ADDRESS, '*', HOST],
  ['no Host', ADDRESS, PREFIX, []],
  ['two Hosts', ADDRESS, PREFIX, [...HOST, ...HOST]],
  ['another name of ours', ADDRESS, PREFIX, ['Host', 'localhost:4711']],
  ['a name that somebody bound to us', ADDRESS, PREFIX, ['host', 'evil.example:4711']],
  ['another port', ADDRESS, PREFIX, ['Host', '127.0.0.1:4712']],
  ['a page in a browser', /browser/, PREFIX, [...HOST, 'origin', 'null']],
  ['a navigation of a browser', /browser/, PREFIX, [...HOST, 'Sec-Fetch-Site', 'none']],
  ['a token of its own', /leave out the headers/, PREFIX, [...HOST, 'authorization', 'Bearer x']],
  ['a proof of its own', /leave out the headers/, PREFIX, [...HOST, 'DPOP', 'x']],
  ['a password for a proxy', /leave out the headers/, PREFIX, [...HOST, 'Proxy-Authorization', 'x']],
  ['another method', /only the request line/, PREFIX, [...HOST, 'X-HTTP-Method-Override', 'DELETE']],
  [
    'another method, written otherwise',
    /only the request line/,
    PREFIX,
    [...HOST, 'x_http_method', 'DELETE'],
  ],
  ['another path', /only the request line/, PREFIX, [...HOST, 'X-Original-URL', '/admin']],
  ['another protocol', /header Upgrade/, PREFIX, [...HOST, 'Upgrade', 'websocket']],
  [
    'our address in a header',
    /nobody else may know/,
    PREFIX,
    [...HOST, 'X-Callback', `http://127.0.0.1:4711${PREFIX}`],
  ],
  ['a path that climbs', PATH, `${PREFIX}/../x`],
  ['a path that climbs, encoded', PATH, `${PREFIX}/%2e%2e/x`],
  ['an empty segment', PATH, `${PREFIX}//evil.example/x`],
  ['a parameter of the path', PATH, `${PREFIX}/tickets;a=b`],
  ['a backslash', PATH, `${PREFIX}/tickets\\7`],
  ['a trailing dot', PATH, `${PREFIX}/tickets/7.`],
  ['a fragment', PATH, `${PREFIX}/tickets/7#x`],
  ['a parameter twice', PATH, `${PREFIX}/tickets?a=1&a=2`],
  ['another method in the query', PATH, `${PREFIX}/tickets?_method=DELETE`],
  ['100 KB', PATH, `${PREFIX}/${'a'.repeat(100_000)}`],
];

for (const [name, why, target, headers] of REFUSED) {
  test(`refuses ${name}`, () => {
    const answer = ask(target, headers);
    assert.equal(answer.kind, 'fault');
    assert.match(answer.kind === 'fault' ? answer.fault : '', why);
  });
}

test('a Referer with our address is no fault, since it is left out', () => {
  const headers = [...HOST, 'Referer', `http://127.0.0.1:4711${PREFIX}/tickets`];
  assert.equal(ask(`${PREFIX}/tickets/7`, headers).kind, 'ok');
});

for (const method of ['TRACE', 'CONNECT']) {
  test(`refuses ${method}`, () => {
    const answer = ask(PREFIX, HOST, method);
    assert.match(answer.kind === 'fault' ? answer.fault : '', /use another method/);
  });
}
