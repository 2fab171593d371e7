// SPDX-License-Identifier: Apache-2.0
// Loaded before the action by bench/start.mjs: answers each request at once, from memory, and notes when the command's
// process had started, and how long node took to load HTTP and TLS.
const began = process.hrtime.bigint();
const { EventEmitter } = require('node:events');
const http = require('node:http');
const https = require('node:https');
const Module = require('node:module');

const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims) =>
  `${part({ alg: 'ES256' })}.${part({ ...claims, sub: 'repo:acme/shop', pad: 'x'.repeat(600) })}.${'s'.repeat(86)}`;

class Request extends EventEmitter {
  constructor(url) {
    super();
    this.url = url;
  }
  end(body) {
    const answer = new EventEmitter();
    answer.statusCode = 200;
    answer.headers = {};
    process.nextTick(() => {
      this.emit('response', answer);
      answer.emit('data', Buffer.from(JSON.stringify(answerTo(this.url, new URLSearchParams(body)))));
      answer.emit('end');
    });
  }
  destroy() {}
}

http.request = (url) => new Request(url);
https.request = (url) => new Request(url);

const load = Module._load;
Module._load = (name, ...rest) => {
  const loaded = load(name, ...rest);
  return name === 'node:child_process' ? { ...loaded, spawn: noting(loaded.spawn) } : loaded;
};

/** Returns when the system has started the program: libuv waits for that. */
function noting(spawn) {
  return (...args) => {
    const child = spawn(...args);
    const at = Date.now();
    process.once('exit', () =>
      require('node:fs').writeFileSync(process.env.BENCH_STARTED, `${at} ${setUpMs}`),
    );
    return child;
  };
}

function answerTo(url, form) {
  switch (url.pathname) {
    case '/id-token':
      return { value: jwt({ aud: url.searchParams.get('audience') }) };
    case '/token':
      return {
        access_token: jwt({ jti: 'R.P' }),
        token_type: 'Bearer',
        expires_in: 600,
        lease_expires_in: 60,
        authorization_details: JSON.parse(form.get('authorization_details')),
        jti: 'R.P',
        txn: form.get('txn'),
      };
    default:
      return {};
  }
}

const setUpMs = Number(process.hrtime.bigint() - began) / 1e6;
