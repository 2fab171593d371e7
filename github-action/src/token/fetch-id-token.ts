// SPDX-License-Identifier: Apache-2.0
import { askForIdToken, type IdTokenAnswer } from '../issuer/id-token.js';
import type { Patience } from '../issuer/patience.js';
import { parseSecret } from '../issuer/secret.js';
import type { IdTokenSource } from '../settings/id-token-input.js';
import type { Calling, World } from '../world/world.js';

export type Fetching = Calling & Pick<World, 'env' | 'readText' | 'printedBy'>;

export type Wanted = {
  readonly source: IdTokenSource;
  /** For whom it is to be, where the source can choose. */
  readonly audience: string;
  readonly patience?: Patience;
};

/** An ID token of this job, from wherever the workflow says. Whether it is for our issuer is looked at before it is sent. */
export async function fetchIdToken(world: Fetching, wanted: Wanted): Promise<IdTokenAnswer> {
  const { source, ...how } = wanted;
  switch (source.kind) {
    case 'runner':
      return askForIdToken(world.net, { endpoint: source.endpoint, ...how }, world.cancel.signal);
    case 'variable': {
      const text = world.env[source.name] ?? '';
      return text === ''
        ? { kind: 'failed', why: `the variable ${source.name} is not set` }
        : read(text, `the variable ${source.name}`);
    }
    case 'file': {
      const text = world.readText(source.path);
      return text === undefined
        ? { kind: 'failed', why: 'the file of id-token-file cannot be read' }
        : read(text, 'the file of id-token-file');
    }
    case 'command':
      return printed(world, source.script, wanted.audience);
  }
}

async function printed(world: Fetching, script: string, audience: string): Promise<IdTokenAnswer> {
  const env = { ...world.env, TASKBOUND_AUDIENCE: audience };
  const { code, text } = await world.printedBy(script, env, world.cancel.signal);
  return code === 0
    ? read(text, 'what id-token-command printed')
    : { kind: 'failed', why: `id-token-command ended with exit code ${code}` };
}

function read(text: string, what: string): IdTokenAnswer {
  const idToken = parseSecret('ID token', text.trim());
  return idToken ? { kind: 'signed', idToken } : { kind: 'failed', why: `${what} holds no ID token` };
}
