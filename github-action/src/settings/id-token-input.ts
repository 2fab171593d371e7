// SPDX-License-Identifier: Apache-2.0
import { resolve } from 'node:path';
import { type Checked, fault, ok } from '../base/checked.js';
import type { RunnerEndpoint } from '../issuer/id-token.js';
import { parseSecret } from '../issuer/secret.js';
import type { Inputs } from './inputs.js';

/** Where the ID token comes from: the runner, or what the workflow names because its runner has none (act, Forgejo). */
export type IdTokenSource =
  | { readonly kind: 'runner'; readonly endpoint: RunnerEndpoint }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'command'; readonly script: string };

const NO_PERMISSION = [
  'this job may not request ID tokens. Give the job (not only the step) these permissions:',
  '    permissions:',
  '      id-token: write',
  '      contents: read   # if it checks out the repository',
  'In a reusable workflow, the calling job must grant it too. A pull request from a fork never gets an ID token.',
].join('\n');

/** What the inputs name, else the runner, which offers ID tokens only to jobs with the permission `id-token: write`. */
export function idTokenSource(inputs: Inputs, env: NodeJS.ProcessEnv): Checked<IdTokenSource> {
  const name = inputs('id-token-env');
  const file = inputs('id-token-file');
  const script = inputs('id-token-command');
  if ([name, file, script].filter((text) => text !== '').length > 1) {
    return fault('id-token-env, id-token-file and id-token-command exclude each other: give one of them');
  }
  if (name !== '') {
    return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)
      ? ok({ kind: 'variable', name })
      : fault('id-token-env takes the name of a variable, not the ID token itself');
  }
  if (file !== '') {
    return ok({ kind: 'file', path: resolve(env['GITHUB_WORKSPACE'] || '.', file) });
  }
  return script === '' ? ofRunner(env) : ok({ kind: 'command', script });
}

function ofRunner(env: NodeJS.ProcessEnv): Checked<IdTokenSource> {
  const url = env['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '';
  const requestToken = parseSecret('ID token', env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '');
  return URL.canParse(url) && requestToken
    ? ok({ kind: 'runner', endpoint: { url: new URL(url), requestToken } })
    : fault(NO_PERMISSION);
}
