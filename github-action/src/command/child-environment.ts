// SPDX-License-Identifier: Apache-2.0
import type { StepVariables } from '../credential/step-variables.js';
import { audiencesOf } from '../issuer/id-token.js';
import { parseSecret } from '../issuer/secret.js';

/** What the command gets on top of the environment: the token, or what was delivered for it, and then not the token. */
export type Given = { readonly handle: string } & (
  | {
      readonly kind: 'token';
      readonly token: string;
      readonly tokenFile: string;
      readonly headerFile: string;
    }
  | { readonly kind: 'credential'; readonly variables: StepVariables }
  /** Where the command sends its requests, to which the token is added. */
  | { readonly kind: 'address'; readonly url: string }
);

/** What else to take away. */
export type Taking = {
  /** The variables of our inputs and our state; the workflow may have others that begin like them. */
  readonly ours: readonly string[];
  readonly passIdToken: boolean;
  /** The variable that the ID token was read from. */
  readonly idTokenVariable: string | undefined;
  /** Whom an ID token may be for that the issuer takes. */
  readonly audiences: readonly string[];
};

/** The runner's own, as in a `run:` step; and where our state for the cleanup lies. */
const OF_RUNNER = /^ACTIONS_RUNTIME_|^ACTIONS_(RESULTS|CACHE)_URL$|^GITHUB_STATE$/;
/** contract/environment.json says which CI system sets which. */
const ID_TOKENS: readonly string[] = [
  'ACTIONS_ID_TOKEN_REQUEST_URL',
  'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
  'BITBUCKET_STEP_OIDC_TOKEN',
  'BITRISE_IDENTITY_TOKEN',
  'CIRCLE_OIDC_TOKEN',
  'CIRCLE_OIDC_TOKEN_V2',
  'CI_JOB_JWT',
  'CI_JOB_JWT_V1',
  'CI_JOB_JWT_V2',
  'SEMAPHORE_OIDC_TOKEN',
  'SPACELIFT_OIDC_TOKEN',
  'SYSTEM_OIDCREQUESTURI',
  'TASKBOUND_ID_TOKEN',
  'TFC_WORKLOAD_IDENTITY_TOKEN',
  'VERCEL_OIDC_TOKEN',
];
/** Of an outer step, perhaps. */
const OF_TOKEN: readonly string[] = [
  'TASKBOUND_TOKEN',
  'TASKBOUND_TOKEN_FILE',
  'TASKBOUND_HEADER_FILE',
  'TASKBOUND_URL',
];
const JWT = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+){2}$/;

/** Names are compared in upper case, as Windows does. The environment of the command: what a `run:` step has, the token, and nothing with which to get another. */
export function childEnvironment(env: NodeJS.ProcessEnv, given: Given, taking: Taking): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(
    ([name, value]) =>
      isKept(name.toUpperCase(), taking.ours) && (taking.passIdToken || !isIdToken(name, value, taking)),
  );
  const { added, taken } = variablesOf(given, env);
  const left = kept.filter(([name]) => !taken.includes(name.toUpperCase()));
  return { ...Object.fromEntries(left), ...added, TASKBOUND_HANDLE: given.handle };
}

function variablesOf(given: Given, env: NodeJS.ProcessEnv): StepVariables {
  if (given.kind === 'credential') {
    const { added, taken } = given.variables;
    return { added, taken: [...taken, ...Object.keys(added), ...OF_TOKEN] };
  }
  if (given.kind === 'address') {
    return {
      added: { TASKBOUND_URL: given.url, ...exemptingLoopback(env) },
      taken: [...OF_TOKEN, 'NO_PROXY'],
    };
  }
  const { token, tokenFile, headerFile } = given;
  return {
    added: { TASKBOUND_TOKEN: token, TASKBOUND_TOKEN_FILE: tokenFile, TASKBOUND_HEADER_FILE: headerFile },
    taken: OF_TOKEN,
  };
}

/**
 * With this machine on it: else a command that has a proxy of the network in its environment would send it the requests for our
 * address, together with the secret in their path. In both spellings, since each is the only one to some program; a list that
 * stands in one goes into both.
 */
function exemptingLoopback(env: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const small = (env['no_proxy'] ?? '').trim();
  const capital = (env['NO_PROXY'] ?? '').trim();
  return { no_proxy: withLoopback(small || capital), NO_PROXY: withLoopback(capital || small) };
}

function withLoopback(list: string): string {
  // An asterisk is for everything only where it stands alone.
  if (list === '*' || list.split(/[,\s]+/).includes('127.0.0.1')) {
    return list;
  }
  return list === '' ? '127.0.0.1' : `${list},127.0.0.1`;
}

function isKept(name: string, ours: readonly string[]): boolean {
  return !OF_RUNNER.test(name) && !ours.some((own) => own.toUpperCase() === name);
}

function isIdToken(name: string, value: string | undefined, taking: Taking): boolean {
  const upper = name.toUpperCase();
  return (
    ID_TOKENS.includes(upper) ||
    upper === taking.idTokenVariable?.toUpperCase() ||
    isFor(taking.audiences.map(withoutSlash), (value ?? '').trim())
  );
}

/** Whether a text is a JWT for one of these, and so could be exchanged by the command. */
function isFor(audiences: readonly string[], text: string): boolean {
  const token = JWT.test(text) ? parseSecret('ID token', text) : undefined;
  return (
    token !== undefined &&
    audiencesOf(token).some((name) => audiences.includes(withoutSlash(name.replace(/#.*/s, ''))))
  );
}

function withoutSlash(url: string): string {
  return url.replace(/\/$/, '');
}
