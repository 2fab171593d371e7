// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { makePrivateFolder, removePrivateFolder } from '../../src/command/private-folder.js';

const temp = mkdtempSync(join(tmpdir(), 'taskbound-test-'));
after(() => rmSync(temp, { recursive: true, force: true }));

test('only this user may enter the folder and read its files', { skip: process.platform === 'win32' }, () => {
  const folder = makePrivateFolder(temp, process.platform);
  const file = folder.write('token', 'secret');
  assert.equal(statSync(folder.path).mode & 0o777, 0o700);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  folder.remove();
  assert.ok(!existsSync(folder.path));
});

test('a file that is there already is not written over', () => {
  const folder = makePrivateFolder(temp, process.platform);
  folder.write('token', 'secret');
  assert.throws(() => folder.write('token', 'other'), /EEXIST/);
  folder.remove();
});

for (const name of [
  'taskbound-abc',
  'taskbound-abcdefg',
  'other-abcdef',
  'taskbound-../../',
  'taskbound-a.cdef',
]) {
  test(`${name} is not removed: no folder of ours has that name`, () => {
    const path = join(temp, 'keep');
    mkdirSync(path, { recursive: true });
    removePrivateFolder(`${temp}/${name}`, temp);
    assert.deepEqual(readdirSync(temp), ['keep']);
  });
}

test('a link of that name goes, what it leads to stays', { skip: process.platform === 'win32' }, () => {
  const target = join(temp, 'keep');
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, 'token'), '');
  symlinkSync(target, join(temp, 'taskbound-abcdef'));
  removePrivateFolder(join(temp, 'taskbound-abcdef'), temp);
  assert.ok(existsSync(join(target, 'token')));
});

test('on Windows the folder is given to who we are, whatever USERNAME says', {
  skip: process.platform === 'win32' && 'its programs are played by scripts',
}, () => {
  const asked = playWindows('echo \'"HOST\\me","S-1-5-21-11-22-33-1001"\'');
  const folder = makePrivateFolder(temp, 'win32');
  assert.equal(asked(), `${folder.path} /inheritance:r /grant:r *S-1-5-21-11-22-33-1001:(OI)(CI)F\n`);
  folder.remove();
});

for (const [name, script] of [
  ['fails', 'exit 1'],
  ['names nobody', 'echo "HOST,Everyone"'],
  ['names everybody', 'echo \'"Everyone","S-1-1-0"\''],
] as const) {
  test(`on Windows there is no folder where whoami ${name}`, { skip: process.platform === 'win32' }, () => {
    const asked = playWindows(script);
    assert.throws(() => makePrivateFolder(temp, 'win32'), /could not be protected from other users/);
    assert.equal(asked(), '');
    assert.deepEqual(
      readdirSync(temp).filter((entry) => entry.startsWith('taskbound-')),
      [],
    );
  });
}

/** Scripts in place of whoami and icacls; answers what icacls was asked. */
function playWindows(whoami: string): () => string {
  const root = mkdtempSync(join(temp, 'windows-'));
  const system = join(root, 'System32');
  const asked = join(root, 'asked');
  mkdirSync(system);
  writeFileSync(asked, '');
  for (const [name, script] of [
    ['whoami.exe', whoami],
    ['icacls.exe', `echo "$@" > '${asked}'`],
  ] as const) {
    writeFileSync(join(system, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(system, name), 0o755);
  }
  process.env['SystemRoot'] = root;
  process.env['USERNAME'] = 'Everyone';
  return () => readFileSync(asked, 'utf8');
}
