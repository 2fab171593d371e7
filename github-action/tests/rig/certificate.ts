// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

export type Certificate = { readonly key: Buffer; readonly cert: Buffer; readonly certFile: string };

/** A certificate that signs itself, for one host name; undefined where openssl is not installed. */
export function certificateFor(host: string): Certificate | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'taskbound-test-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const key = join(folder, 'key.pem');
  const certFile = join(folder, 'cert.pem');
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`, '-keyout', key, '-out', certFile],
  ]);
  return made.status === 0 ? { key: readFileSync(key), cert: readFileSync(certFile), certFile } : undefined;
}
