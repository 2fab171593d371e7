// SPDX-License-Identifier: Apache-2.0
import { type Checked, fault, ok } from '../base/checked.js';
import type { IdTokenSource } from '../issuer/id-token.js';
import { parseSecret } from '../issuer/secret.js';

const NO_PERMISSION = [
  'this job may not request ID tokens. Give the job (not only the step) these permissions:',
  '    permissions:',
  '      id-token: write',
  '      contents: read   # if it checks out the repository',
  'In a reusable workflow, the calling job must grant it too. A pull request from a fork never gets an ID token.',
].join('\n');

/** The runner offers ID tokens only to jobs with the permission `id-token: write`. */
export function idTokenSource(env: NodeJS.ProcessEnv): Checked<IdTokenSource> {
  const url = env['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '';
  const requestToken = parseSecret('ID token', env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '');
  return URL.canParse(url) && requestToken ? ok({ url: new URL(url), requestToken }) : fault(NO_PERMISSION);
}
