// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { annotation, STEP, scene } from '../rig/scene.js';
import { type Received, service } from '../rig/service.js';
import { type Form, granted, HANDLE, jwt, type Paths } from '../rig/stand-in-issuer.js';

/** Binds the token, as a policy with `proof: required` wants it. */
const BINDING: Paths = {
  token: (form: Form) => granted(form, jwt({ txn: form['txn'] }), { token_type: 'DPoP' }),
};

/** Prints status and body of each request to a path below TASKBOUND_URL. */
const CALL = `
cat > call.mjs <<'END'
for (const path of process.argv.slice(2)) {
  const answer = await fetch(process.env.TASKBOUND_URL + path, { redirect: 'manual' });
  console.log(answer.status, (await answer.text()).trim(), answer.headers.get('location') ?? '');
}
END
node call.mjs`;

function proofOf({ headers }: Received): { header: { jwk: object }; claims: Record<string, unknown> } {
  const [header = '', claims = ''] = String(headers['dpop']).split('.');
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString());
  return { header: read(header), claims: read(claims) };
}

function tokenOf(issuer: { secrets: readonly string[] }): string {
  return issuer.secrets[1] ?? '';
}

test('the command calls the service by an address of its own, and the token is added on the way', async () => {
  const signer = await service((_, response) => response.end('signed'));
  const { issuer, runner, run } = await scene(BINDING);

  const step = await run('main', {
    inputs: { ...STEP, inject: `${signer.url}/base/`, run: `${CALL} /tickets/7?page=2` },
  });

  assert.equal(step.code, 0, step.log);
  assert.match(step.log, /^200 signed/m);
  const token = tokenOf(issuer);
  const [received] = signer.received;
  assert.ok(received);
  assert.equal(received.target, '/base/tickets/7?page=2');
  assert.equal(received.headers['authorization'], `DPoP ${token}`);
  assert.equal(`http://${received.headers.host}`, signer.url);
  assert.equal(received.headers['accept-encoding'], 'identity');
  const { claims } = proofOf(received);
  assert.equal(claims['htm'], 'GET');
  assert.equal(claims['htu'], `${signer.url}/base/tickets/7`);
  assert.equal(claims['ath'], createHash('sha256').update(token).digest('base64url'));
  assert.match(step.log, /taskbound: the command sends its requests for .* bound to a key of this step$/m);
  assert.deepEqual(runner.leftovers(), {});
});

/** Writes what can be read of a process that has just called the service: its memory, environment and arguments. */
const DUMP = `
cat > dump.mjs <<'END'
import { closeSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
await (await fetch(process.env.TASKBOUND_URL + '/')).text();
const out = openSync('seen', 'w');
for (const name of ['environ', 'cmdline']) writeSync(out, readFileSync('/proc/self/' + name));
const memory = openSync('/proc/self/mem', 'r');
const piece = Buffer.alloc(1 << 20);
for (const line of readFileSync('/proc/self/maps', 'utf8').split('\\n')) {
  const [, from, to] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? [];
  for (let at = BigInt('0x' + (from ?? '0')); at < BigInt('0x' + (to ?? '0')); ) {
    const left = BigInt('0x' + to) - at;
    let read = 0;
    try {
      read = readSync(memory, piece, 0, Number(left < 1048576n ? left : 1048576n), at);
    } catch {
      // Given back since the list was read.
    }
    if (read === 0) break;
    writeSync(out, piece, 0, read);
    at += BigInt(read);
  }
}
closeSync(out);
END
node dump.mjs
env | cut -d= -f1 | grep ^TASKBOUND_ | sort
find "$RUNNER_TEMP" -type f -exec cat {} + >> seen`;

test('the command finds the token nowhere: environment, files, arguments, memory', {
  skip: process.platform !== 'linux',
}, async () => {
  const signer = await service((_, response) => response.end());
  const { issuer, runner, run } = await scene(BINDING);

  const step = await run('main', { inputs: { ...STEP, inject: signer.url, run: DUMP } });

  assert.equal(step.code, 0, step.log);
  assert.deepEqual(
    step.log.split('\n').filter((line) => /^TASKBOUND_[A-Z_]+$/.test(line)),
    ['TASKBOUND_HANDLE', 'TASKBOUND_ISSUER', 'TASKBOUND_URL'],
  );
  const seen = readFileSync(join(runner.workspace, 'seen'));
  const token = tokenOf(issuer);
  assert.equal(signer.received[0]?.headers['authorization'], `DPoP ${token}`);
  assert.ok(seen.length > 1_000_000 && seen.includes(HANDLE), 'the dump holds what the command has');
  for (const part of [token, ...token.split('.').slice(1)]) {
    assert.equal(seen.indexOf(part), -1);
  }
});

test('an answer that repeats the token does not hand it over', async () => {
  const echo = await service(({ headers }, response) => {
    const token = String(headers['authorization']).split(' ')[1] ?? '';
    response.writeHead(200, { 'x-echo': `a ${token}`, 'x-kept': 'yes', 'dpop-nonce': 'n' });
    response.write(`begin ${token.slice(0, 30)}`);
    const forms = `${token.slice(token.lastIndexOf('.') + 1)} ${Buffer.from(`x${token}`).toString('base64')}`;
    setTimeout(() => response.end(`${token.slice(30)} end ${forms}`), 50);
  });
  const { issuer, run } = await scene(BINDING);
  const command = `
cat > echo.mjs <<'END'
const answer = await fetch(process.env.TASKBOUND_URL + '/');
console.log(JSON.stringify(Object.fromEntries(answer.headers)), await answer.text());
END
node echo.mjs | base64 -w0
echo`;

  const step = await run('main', { inputs: { ...STEP, inject: echo.url, run: command } });

  const text = Buffer.from(/^[A-Za-z0-9+/=]{60,}$/m.exec(step.log)?.[0] ?? '', 'base64').toString();
  assert.match(text, /begin \*{100,} end \*{86} [A-Za-z0-9]{0,2}\*{100,}[A-Za-z0-9=]{0,4}"?$/m);
  assert.match(text, /"x-kept":"yes"/);
  assert.doesNotMatch(text, /x-echo|dpop-nonce/);
  assert.ok(!text.includes(tokenOf(issuer).slice(-40)));
});

test('an answer in a coding nobody asked for is not passed on', async () => {
  const odd = await service((_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' });
    response.end('x');
  });
  const { run } = await scene(BINDING);

  const step = await run('main', { inputs: { ...STEP, inject: odd.url, run: `${CALL} /` } });

  assert.match(step.log, /^502 taskbound: the answer of .* is coded/m);
});

test('a service that wants a nonce is asked once more, with the body', async () => {
  const picky = await service((received, response, nth) => {
    if (proofOf(received).claims['nonce'] === `nonce-${nth - 1}`) {
      response.end(`took ${received.body.length}`);
      return;
    }
    response.writeHead(401, {
      'www-authenticate': 'DPoP error="use_dpop_nonce", algs="ES256"',
      'dpop-nonce': `nonce-${nth}`,
    });
    response.end('no');
  });
  const { run } = await scene(BINDING);
  const post = (bytes: number) => `
head -c ${bytes} /dev/zero > body
curl -sS -o out -w '%{http_code} ' --data-binary @body -H 'Expect:' "$TASKBOUND_URL/" && cat out`;

  const step = await run('main', { inputs: { ...STEP, inject: picky.url, run: post(200_000) } });
  const large = await run('main', { inputs: { ...STEP, inject: picky.url, run: post(1_100_000) } });

  assert.match(step.log, /200 took 200000/, step.log);
  const [first, second] = picky.received;
  assert.notEqual(proofOf(first as Received).claims['jti'], proofOf(second as Received).claims['jti']);
  assert.match(large.log, /401 no/, 'too long to be kept: the answer is handed on');
});

test('the issuer wants a nonce too, and gets it in a second request', async () => {
  const nonces: unknown[] = [];
  const { issuer, run } = await scene({
    token: (form, nth) =>
      nth === 1
        ? {
            status: 400,
            body: { error: 'use_dpop_nonce', request_id: 'r' },
            headers: { 'dpop-nonce': 'N-1' },
          }
        : granted(form, jwt({ txn: form['txn'] }), { token_type: 'DPoP' }),
  });
  const signer = await service((received, response) => {
    nonces.push(proofOf(received).claims['nonce']);
    response.end();
  });

  const step = await run('main', { inputs: { ...STEP, inject: signer.url, run: `${CALL} /` } });

  assert.equal(step.code, 0, step.log);
  assert.equal(issuer.forms('/token').length, 2);
  assert.deepEqual(nonces, ['N-1']);
});

test('a token that the policy binds to no key is added as a bearer token', async () => {
  const signer = await service((_, response) => response.end());
  const { issuer, run } = await scene();

  const step = await run('main', { inputs: { ...STEP, inject: signer.url, run: `${CALL} /` } });

  const [received] = signer.received;
  assert.equal(received?.headers['authorization'], `Bearer ${tokenOf(issuer)}`);
  assert.equal(received?.headers['dpop'], undefined);
  assert.match(step.log, /bound to no key, because the policy does not ask for a proof/);
});

test('what is not for the service, or not plainly, never gets there', async () => {
  const signer = await service((_, response) => response.end());
  const { run } = await scene(BINDING);
  const odd = `
origin=\${TASKBOUND_URL%/*}
get() { curl -sS --path-as-is -o /dev/null -w '%{http_code}\\n' "$@"; }
get "$origin/tickets/7"
get "$origin/"
get "$TASKBOUND_URL/../x"
get "$TASKBOUND_URL/%2e%2e/x"
get "$TASKBOUND_URL//x"
get "$TASKBOUND_URL/x;y"
get -H 'Host: evil.example' "$TASKBOUND_URL/"
get -H 'Origin: https://evil.example' "$TASKBOUND_URL/"
get -H 'Authorization: Own x' "$TASKBOUND_URL/"
get -H 'X-HTTP-Method-Override: DELETE' "$TASKBOUND_URL/"
get -H 'Connection: Upgrade' -H 'Upgrade: websocket' "$TASKBOUND_URL/"
get --request-target "$TASKBOUND_URL/" "$TASKBOUND_URL/"
curl -sS -p -x "$origin" -o /dev/null http://evil.example/ || echo "tunnel $?"
echo done`;

  const step = await run('main', { inputs: { ...STEP, inject: signer.url, run: odd } });

  const lines = step.log.split('\n');
  assert.deepEqual(
    lines.slice(0, lines.indexOf('done')).filter((line) => /^\d{3}$/.test(line)),
    Array.from({ length: 12 }, () => '403'),
  );
  assert.match(step.log, /^tunnel (52|56)$/m);
  assert.deepEqual(signer.received, []);
});

test('what would tell others the address goes to none of them', async () => {
  const signer = await service((_, response) => response.end());
  const proxy = await service((_, response) => response.end('of the proxy'));
  const { run } = await scene(BINDING);
  const command = `curl -sS -e "$TASKBOUND_URL/" -w '%{http_code}' "$TASKBOUND_URL/"
curl -sS -o /dev/null -w ' %{http_code}\n' -H "X-Callback: $TASKBOUND_URL" "$TASKBOUND_URL/"`;

  const step = await run('main', {
    inputs: { ...STEP, inject: signer.url, run: command },
    env: { http_proxy: proxy.url, no_proxy: 'elsewhere.example' },
  });

  assert.match(step.log, /^200 403$/m, step.log);
  assert.equal(signer.received.length, 1);
  assert.equal(signer.received[0]?.headers.referer, undefined);
  assert.deepEqual(proxy.received, []);
});

test('hop-by-hop headers, and those that Connection names, end here', async () => {
  const signer = await service((_, response) => {
    response.writeHead(200, { connection: 'x-hop', 'x-hop': 'a', 'keep-alive': 'timeout=1' });
    response.end();
  });
  const { run } = await scene(BINDING);
  const command = `
curl -sS -D headers -o /dev/null -H 'Connection: x-mine' -H 'X-Mine: a' -H 'TE: trailers' -H 'X-Other: b' "$TASKBOUND_URL/"
grep -ci x-hop headers || true`;

  const step = await run('main', { inputs: { ...STEP, inject: signer.url, run: command } });

  const [received] = signer.received;
  assert.equal(received?.headers['x-other'], 'b');
  for (const name of ['x-mine', 'te']) {
    assert.equal(received?.headers[name], undefined, name);
  }
  assert.match(step.log, /^0$/m);
});

test('a redirect within the service stays in the address of the command; another one leads away without the token', async () => {
  const elsewhere = await service((_, response) => response.end());
  const moved = await service(({ target }, response) => {
    const to: Record<string, string> = {
      '/base/a': '/base/b?x=1',
      '/base/c': `${moved.url}/base`,
      '/base/d': `${elsewhere.url}/base/e`,
      '/base/f': '/other',
    };
    response.writeHead(302, { location: to[target] ?? '/' });
    response.end();
  });
  const { run } = await scene(BINDING);

  const step = await run('main', {
    inputs: { ...STEP, inject: `${moved.url}/base`, run: `${CALL} /a /c /d /f\necho "at $TASKBOUND_URL"` },
  });

  const at = /^at (\S+)$/m.exec(step.log)?.[1];
  assert.deepEqual(
    [...step.log.matchAll(/^302 {2}(\S+)$/gm)].map(([, place]) => place),
    [`${at}/b?x=1`, at, `${elsewhere.url}/base/e`, '/other'],
  );
  assert.deepEqual(elsewhere.received, []);
});

test('a service that is not there, or breaks off in the middle, is told as what it is', async () => {
  const broken = await service((_, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('half');
    setTimeout(() => response.destroy(), 20);
  });
  const { run } = await scene(BINDING);

  const gone = await run('main', {
    inputs: { ...STEP, inject: 'http://127.0.0.1:2', run: `${CALL} /` },
  });
  const half = await run('main', {
    inputs: { ...STEP, inject: broken.url, run: 'curl -sS -o /dev/null "$TASKBOUND_URL/" || echo "curl $?"' },
  });

  assert.match(gone.log, /^502 taskbound: no answer from 127\.0\.0\.1:2/m);
  assert.match(half.log, /^curl (18|56|52)$/m);
});

test('what the command leaves running gets nothing after the step', async () => {
  const signer = await service((_, response) => response.end());
  const { runner, run } = await scene(BINDING);
  const command = `
curl -sS "$TASKBOUND_URL/" || true
( sleep 0.3; curl -sS -o /dev/null -w '%{http_code}' "$TASKBOUND_URL/" > late.txt || true; echo >> late.txt ) > /dev/null 2>&1 &`;

  await run('main', { inputs: { ...STEP, inject: signer.url, run: command } });

  let late = '';
  for (let i = 0; i < 200 && !/\n/.test(late); i++) {
    await new Promise((wait) => setTimeout(wait, 50));
    try {
      late = readFileSync(join(runner.workspace, 'late.txt'), 'utf8');
    } catch {
      // Not written yet.
    }
  }
  assert.match(late, /^(503|000)$/m);
  assert.equal(signer.received.length, 1);
});

test('settings that cannot be meant are said before anything is asked', async () => {
  const { issuer, run } = await scene();
  const wrong: readonly (readonly [Record<string, string>, RegExp])[] = [
    [{ inject: 'http://signer.acme.example', run: 'true' }, /inject must be https/],
    [{ inject: 'signer', run: 'true' }, /inject is not an http or https URL/],
    [{ inject: 'https://a:b@signer.acme.example', run: 'true' }, /inject must not carry a user/],
    [{ inject: 'https://signer.acme.example/../x', run: 'true' }, /inject must have a path/],
    [{ inject: 'https://signer.acme.example' }, /inject needs run/],
    [{ inject: 'https://signer.acme.example', scope: 'job' }, /inject needs run and scope: step/],
  ];
  for (const [inputs, why] of wrong) {
    const step = await run('main', { inputs: { ...STEP, ...inputs } });
    assert.equal(step.code, 2);
    assert.match(annotation('error', step.stdout), why);
  }
  assert.deepEqual(issuer.transcript, []);
});

test('a task that delivers a credential has nothing to inject', async () => {
  const { issuer, run } = await scene({
    token: (form) => granted(form, jwt({ txn: form['txn'] }), { credential_kind: 'aws-role' }),
  });

  const step = await run('main', {
    inputs: { ...STEP, inject: 'https://signer.acme.example', run: 'echo ran' },
  });

  assert.equal(step.code, 1);
  assert.match(annotation('error', step.stdout), /delivers a credential \(aws-role\), and inject only adds/);
  assert.doesNotMatch(step.log, /^ran$/m);
  assert.equal(issuer.forms('/revoke').length, 1);
});
