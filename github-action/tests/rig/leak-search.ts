// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { parseSecret } from '../../src/issuer/secret.js';
import { masksOf } from '../../src/token/masks.js';
import type { Finished, Runner } from './stand-in-runner.js';

/** The names of the places that contain some form of a secret. */
export function leaksIn(
  texts: Readonly<Record<string, string>>,
  secrets: readonly string[],
): readonly string[] {
  const forms = secrets.flatMap(formsOf);
  return Object.entries(texts).flatMap(([name, text]) =>
    forms.some((form) => text.includes(form)) ? [name] : [],
  );
}

/** Fails if what a part of the action left behind contains a secret, plain or encoded. `except` names outputs. */
export function assertNoLeak(
  of: { runner: Runner; secrets: readonly string[] },
  finished: Finished,
  except: readonly string[] = [],
): void {
  const outputs = Object.fromEntries(
    Object.entries(finished.outputs).filter(([name]) => !except.includes(name)),
  );
  const texts = {
    log: finished.log,
    summary: finished.summary,
    outputs: JSON.stringify(outputs),
    ...finished.written,
    ...of.runner.leftovers(),
  };
  assert.deepEqual(leaksIn(texts, of.secrets), []);
}

/** The masks, without a JWT's header: that one is the same for all tokens of a key, and not a secret. */
function formsOf(secret: string): readonly string[] {
  const known = parseSecret('task token', secret);
  const header = secret.split('.')[0] ?? '';
  return known === undefined ? [secret] : masksOf(known).filter((form) => form !== header);
}
