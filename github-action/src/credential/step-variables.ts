// SPDX-License-Identifier: Apache-2.0
import type { AwsCredential, GithubCredential, OpenbaoCredential } from './credential.js';

/** What a credential changes in the environment of a step's command. Holds secrets. */
export type StepVariables = {
  readonly added: Readonly<Record<string, string>>;
  /** The names of variables that must not be there, in upper case. */
  readonly taken: readonly string[];
};

/** Where AWS credentials are served to the command, which finds none of their texts in its environment. */
export type AwsEndpointPlace = {
  readonly uri: string;
  /** Its content has to be the request's `Authorization` header. */
  readonly authorizationFile: string;
  /** Stands in for the files of the user, whose profiles would come before the endpoint. */
  readonly emptyFile: string;
};

/** The shell's own printf writes the token, so it stands in no file and on no command line. */
const HELPER =
  '!f() { test "$1" = get && printf \'username=x-access-token\\npassword=%s\\n\' "$GH_TOKEN"; }; f';

/** The variables of gh, and settings of git for the credential's host alone. */
export function githubVariables(credential: GithubCredential, own: NodeJS.ProcessEnv): StepVariables {
  const token = credential.token.reveal();
  const { host, hostname } = new URL(credential.serverUrl);
  return {
    added: {
      GH_TOKEN: token,
      // gh takes GH_TOKEN for github.com and ghe.com only.
      ...(hostname !== 'github.com' && { GH_HOST: host, GH_ENTERPRISE_TOKEN: token }),
      GIT_TERMINAL_PROMPT: '0',
      ...gitSettings(credential.serverUrl, own),
    },
    taken: ['GITHUB_TOKEN', 'GH_ENTERPRISE_TOKEN', 'GITHUB_ENTERPRISE_TOKEN', 'GH_HOST'],
  };
}

/** After those that are there. An empty value ends the list of what other files and variables say for this host. */
function gitSettings(server: string, own: NodeJS.ProcessEnv): Record<string, string> {
  const count = valueIn(own, 'GIT_CONFIG_COUNT') ?? '';
  const first = /^\d{1,4}$/.test(count) ? Number(count) : 0;
  const settings = [
    [`credential.${server}.helper`, ''],
    [`credential.${server}.helper`, HELPER],
    [`credential.${server}.useHttpPath`, 'false'],
    // actions/checkout leaves a header with the job's own token.
    [`http.${server}/.extraheader`, ''],
  ] as const;
  const numbered = settings.flatMap(([key, value], at) => [
    [`GIT_CONFIG_KEY_${first + at}`, key] as const,
    [`GIT_CONFIG_VALUE_${first + at}`, value] as const,
  ]);
  return { ...Object.fromEntries(numbered), GIT_CONFIG_COUNT: String(first + settings.length) };
}

/**
 * The variables of the AWS CLI and SDKs. Their chain of providers takes keys in variables first, then web identity and profiles,
 * then a container's endpoint, then the machine's own role; nothing but ours may be left in it.
 */
export function awsVariables(
  credential: AwsCredential,
  place: AwsEndpointPlace,
  own: NodeJS.ProcessEnv,
): StepVariables {
  const region = hasRegion(own) ? undefined : credential.region;
  return {
    added: {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: place.uri,
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: place.authorizationFile,
      AWS_SHARED_CREDENTIALS_FILE: place.emptyFile,
      AWS_CONFIG_FILE: place.emptyFile,
      // botocore looks for keys there before it asks an endpoint.
      BOTO_CONFIG: place.emptyFile,
      // After the step nothing may fall back to the role of the machine.
      AWS_EC2_METADATA_DISABLED: 'true',
      ...(region !== undefined && { AWS_REGION: region, AWS_DEFAULT_REGION: region }),
    },
    taken: [
      'AWS_ACCESS_KEY_ID',
      'AWS_SECRET_ACCESS_KEY',
      'AWS_SESSION_TOKEN',
      'AWS_SECURITY_TOKEN',
      'AWS_CREDENTIAL_EXPIRATION',
      'AWS_CREDENTIAL_FILE',
      'AWS_PROFILE',
      'AWS_DEFAULT_PROFILE',
      'AWS_WEB_IDENTITY_TOKEN_FILE',
      'AWS_ROLE_ARN',
      'AWS_ROLE_SESSION_NAME',
      'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
      'AWS_CONTAINER_AUTHORIZATION_TOKEN',
    ],
  };
}

/** A region that the workflow has chosen is kept. */
function hasRegion(own: NodeJS.ProcessEnv): boolean {
  return valueIn(own, 'AWS_REGION') !== undefined || valueIn(own, 'AWS_DEFAULT_REGION') !== undefined;
}

/** The variables of the programs vault and bao, which read each their own. */
export function openbaoVariables(credential: OpenbaoCredential): StepVariables {
  const { address, namespace } = credential;
  const token = credential.token.reveal();
  return {
    added: {
      VAULT_TOKEN: token,
      VAULT_ADDR: address,
      BAO_TOKEN: token,
      BAO_ADDR: address,
      ...(namespace !== undefined && { VAULT_NAMESPACE: namespace, BAO_NAMESPACE: namespace }),
    },
    // An agent's address comes before the server's, and would get the token; a namespace of another server is wrong.
    taken: ['VAULT_AGENT_ADDR', 'BAO_AGENT_ADDR', 'VAULT_NAMESPACE', 'BAO_NAMESPACE'],
  };
}

/** Its value under whatever case Windows keeps the name. */
function valueIn(own: NodeJS.ProcessEnv, name: string): string | undefined {
  return Object.entries(own).find(([key]) => key.toUpperCase() === name)?.[1];
}
