// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';

const JAR = resolve('..', 'cli', 'target', 'taskbound.jar');
const PATIENCE_MS = 90_000;

/** Starts `serve --dev` with a policy whose @ISSUER@ becomes its address; tests find it by the variables in `env`. */
export async function startIssuer(policy) {
  if (!existsSync(JAR)) {
    throw new Error(`${JAR} is missing: run mvn -Dquick package -pl cli -am in the folder above first`);
  }
  mkdirSync('target', { recursive: true });
  const folder = mkdtempSync(join('target', 'issuer-'));
  const port = await ownPort();
  const url = `http://127.0.0.1:${port}`;
  const file = join(folder, 'policy.yaml');
  const data = join(folder, 'data');
  writeFileSync(file, readFileSync(policy, 'utf8').replaceAll('@ISSUER@', url));
  const args = ['-jar', JAR, 'serve', '--dev', '--policy', file, '--port', String(port), '--data', data];
  const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java';
  const server = spawn(java, ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DDB_LOCAL_TELEMETRY: '0' },
  });
  const ended = new Promise((done) => server.on('exit', done));
  await listening(server);
  return {
    env: {
      E2E_ISSUER: url,
      E2E_SECRET_FILE: resolve(data, 'dev', 'secret'),
      E2E_AUDIT_FILE: resolve(data, 'audit.jsonl'),
    },
    stop: async () => {
      server.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function listening(server) {
  return new Promise((done, fail) => {
    let text = '';
    const late = setTimeout(() => fail(new Error(`the issuer does not listen:\n${text}`)), PATIENCE_MS);
    server.stdout.on('data', (chunk) => {
      text += chunk;
      if (text.includes('listening on')) {
        clearTimeout(late);
        done();
      }
    });
    server.on('exit', () => fail(new Error(`the issuer did not start:\n${text}`)));
    server.on('error', fail);
  });
}

/** A free port that no system gives to a server which asks for any; nobody takes it before the issuer has it. */
function ownPort() {
  return new Promise((done, fail) => {
    const port = randomInt(12_000, 32_768);
    const probe = createServer()
      .once('error', (error) => (error.code === 'EADDRINUSE' ? done(ownPort()) : fail(error)))
      .listen(port, '127.0.0.1', () => probe.close(() => done(port)));
  });
}
