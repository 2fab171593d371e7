// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { certificateFor } from '../rig/certificate.js';
import { annotation, STEP } from '../rig/scene.js';
import { standInIssuer } from '../rig/stand-in-issuer.js';
import { HANGS, standInProxy } from '../rig/stand-in-proxy.js';
import { standInRunner } from '../rig/stand-in-runner.js';

const HOST = 'tokens.acme.example';
const certificate = certificateFor(HOST);
const skip = certificate === undefined && 'needs openssl';
const CREDENTIALS = `Basic ${Buffer.from('user:pass word').toString('base64')}`;

test('calls go through the proxy in tunnels, which show it no more than the host', { skip }, async () => {
  const { issuer, proxy, run } = await behindProxy();

  const step = await run({ NODE_EXTRA_CA_CERTS: certificate?.certFile ?? '' });

  assert.equal(step.code, 0);
  assert.equal(issuer.transcript.at(-1), 'POST /revoke token=<task token>');
  assert.deepEqual(proxy.seen, Array(3).fill(`CONNECT ${HOST}:443 ${CREDENTIALS}`));
});

test('a certificate that is not known is refused, and nothing is sent', { skip }, async () => {
  const { issuer, run } = await behindProxy();

  const step = await run({});

  assert.equal(step.code, 1);
  assert.match(
    annotation('error', step.log),
    /^no ID token: TLS handshake failed with tokens\.acme\.example/,
  );
  assert.deepEqual(issuer.transcript, []);
});

test('a proxy that wants another password is asked once', { skip }, async () => {
  const { issuer, proxy, run } = await behindProxy(() => 407);

  const step = await run({ NODE_EXTRA_CA_CERTS: certificate?.certFile ?? '' });

  assert.equal(step.code, 1);
  assert.match(
    annotation('error', step.log),
    /^no ID token: the proxy wants a user and password, or other ones/,
  );
  assert.equal(proxy.seen.length, 1);
  assert.deepEqual(issuer.transcript, []);
});

for (const status of [302, 403, 502, 503]) {
  test(`a proxy that answers ${status} to the tunnel is no lost answer, so nothing is closed`, {
    skip,
  }, async () => {
    // The first tunnel is for the ID token; the issuer is asked four times.
    const { issuer, proxy, run } = await behindProxy((nth) => (nth > 1 && nth <= 5 ? status : 200));

    const step = await run({ NODE_EXTRA_CA_CERTS: certificate?.certFile ?? '' });

    assert.equal(step.code, 1);
    assert.match(annotation('error', step.log), /after 4 tries: no connection to tokens\.acme\.example/);
    assert.equal(proxy.seen.length, 5);
    assert.deepEqual(
      issuer.transcript.map((line) => line.split(' ')[1]),
      ['/id-token'],
    );
  });
}

test('a cancel while the proxy hangs ends at once and closes nothing, since nothing was sent', {
  skip,
}, async () => {
  const { issuer, proxy, runner } = await behindProxy((nth) => (nth > 1 ? HANGS : 200));
  const env = { NODE_EXTRA_CA_CERTS: certificate?.certFile ?? '' };
  const running = runner.start('main', { inputs: { ...STEP, run: 'true' }, env });
  while (proxy.seen.length < 2) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const began = performance.now();
  running.kill('SIGINT');
  const step = await running.ended;

  assert.equal(step.code, 130);
  assert.ok(performance.now() - began < 4_000);
  assert.doesNotMatch(step.log, /may have been granted/);
  assert.equal(proxy.seen.length, 2);
  assert.deepEqual(
    issuer.transcript.map((line) => line.split(' ')[1]),
    ['/id-token'],
  );
});

test('a proxy that cannot be used is a wrong setting, and nothing goes around it', { skip }, async () => {
  const { issuer, run } = await behindProxy();

  const step = await run({ HTTPS_PROXY: 'socks5://CANARY:1080' });

  assert.equal(step.code, 2);
  assert.match(annotation('error', step.log), /HTTPS_PROXY is not a proxy that can be used/);
  assert.doesNotMatch(step.log, /CANARY/);
  assert.deepEqual(issuer.transcript, []);
});

async function behindProxy(statusOf?: (nth: number) => number) {
  const issuer = await standInIssuer({}, certificate);
  const proxy = await standInProxy(issuer.url, statusOf);
  const runner = standInRunner({
    HTTPS_PROXY: proxy.url,
    TASKBOUND_ISSUER: `https://${HOST}`,
    ACTIONS_ID_TOKEN_REQUEST_URL: `https://${HOST}/id-token`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'request-token-of-the-runner-0123456789',
  });
  after(async () => {
    runner.remove();
    await issuer.stop();
  });
  return {
    issuer,
    proxy,
    runner,
    run: (env: Record<string, string>) => runner.run('main', { inputs: { ...STEP, run: 'true' }, env }),
  };
}
