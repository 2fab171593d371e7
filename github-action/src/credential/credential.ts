// SPDX-License-Identifier: Apache-2.0
import { type Checked, fault, ok } from '../base/checked.js';
import { type JsonObject, objectOf, textOf, textsOf, wholeOf } from '../base/json.js';
import { isLoopback } from '../issuer/issuer-url.js';
import { parseSecret, type Secret } from '../issuer/secret.js';

/** The kinds of credentials that this version knows. */
const KINDS = ['github-app', 'aws-role', 'openbao'] as const;

export type CredentialKind = (typeof KINDS)[number];

type Common = {
  /** When it is dead by the issuer's clock, even if nobody revokes it; ending the task token ends it before. */
  readonly expiresAt: number;
  /** True when it dies between two heartbeats unless it is fetched again after each. */
  readonly refreshed: boolean;
};

/** An installation token of a GitHub App, for these repositories and permissions and no others. */
export type GithubCredential = Common & {
  readonly kind: 'github-app';
  readonly token: Secret;
  /** Where git and people go: scheme, host, perhaps a port, and no path. */
  readonly serverUrl: string;
  readonly apiUrl: string;
  readonly repositories: readonly string[];
  readonly permissions: Readonly<Record<string, string>>;
};

/** A session of an AWS role, narrowed to what was granted. */
export type AwsCredential = Common & {
  readonly kind: 'aws-role';
  readonly accessKeyId: Secret;
  readonly secretAccessKey: Secret;
  readonly sessionToken: Secret;
  readonly roleArn: string;
  readonly region: string | undefined;
};

/** A client token of OpenBao or HashiCorp Vault. */
export type OpenbaoCredential = Common & {
  readonly kind: 'openbao';
  readonly token: Secret;
  readonly address: string;
  readonly namespace: string | undefined;
};

/** A credential of a foreign service, for one step; whole, each value such as can stand in a header, a variable and a line. */
export type Credential = GithubCredential | AwsCredential | OpenbaoCredential;

/** Every text of it that must not be seen. */
export function secretsOf(credential: Credential): readonly Secret[] {
  switch (credential.kind) {
    case 'github-app':
    case 'openbao':
      return [credential.token];
    case 'aws-role':
      return [credential.accessKeyId, credential.secretAccessKey, credential.sessionToken];
  }
}

/** Undefined for a kind that this version does not know. */
export function credentialKind(wire: string): CredentialKind | undefined {
  return KINDS.find((kind) => kind === wire);
}

/**
 * Reads the answer of `POST /credential`. A fault for another kind than the granted one, a missing member, a value that is not as
 * it must be, and a URL that would send the credential over an open network; it names a member and never a value. Members
 * that are not known are ignored.
 */
export function parseCredential(body: JsonObject, granted: CredentialKind): Checked<Credential> {
  try {
    if (textOf(body, 'kind') !== granted) {
      throw new Unusable('kind is not the granted one');
    }
    return ok(byKind(body, granted));
  } catch (no) {
    if (no instanceof Unusable) {
      return fault(no.message);
    }
    throw no;
  }
}

class Unusable extends Error {}

function byKind(body: JsonObject, granted: CredentialKind): Credential {
  const values = objectOf(body, 'credential');
  if (values === undefined) {
    throw missing('credential');
  }
  switch (granted) {
    case 'github-app':
      return {
        kind: granted,
        token: secretOf(values, 'token'),
        serverUrl: originOf(body, 'server_url'),
        apiUrl: urlOf(body, 'api_url'),
        repositories: repositoriesOf(body),
        permissions: permissionsOf(body),
        ...commonOf(body),
      };
    case 'aws-role':
      return {
        kind: granted,
        accessKeyId: secretOf(values, 'access_key_id', KEY_ID),
        secretAccessKey: secretOf(values, 'secret_access_key'),
        sessionToken: secretOf(values, 'session_token'),
        roleArn: checked('role_arn', textOf(body, 'role_arn'), TEXT),
        region: optional(body, 'region', REGION),
        ...commonOf(body),
      };
    case 'openbao':
      return {
        kind: granted,
        token: secretOf(values, 'token'),
        address: urlOf(body, 'address'),
        namespace: optional(body, 'namespace', TEXT),
        ...commonOf(body),
      };
  }
}

const KEY_ID = /^\w{16,128}$/;
const SECRET = /^[!-~]{1,16384}$/;
const TEXT = /^[!-~]{1,2048}$/;
const REGION = /^[a-z0-9-]{1,64}$/;
const REPOSITORY = /^[A-Za-z0-9_.-]{1,100}\/[A-Za-z0-9_.-]{1,100}$/;
const PERMISSION = /^[a-z_]{1,64}$/;
const LEVEL = /^(read|write|admin)$/;
/** The last second of the year 9999, which every date format can write. */
const LAST_SECOND = 253_402_300_799;

function commonOf(body: JsonObject): Common {
  const second = wholeOf(body, 'expires_at');
  if (second === undefined || second <= 0 || second > LAST_SECOND) {
    throw missing('expires_at');
  }
  const refreshed = body['refresh'];
  if (typeof refreshed !== 'boolean') {
    throw missing('refresh');
  }
  return { expiresAt: second * 1000, refreshed };
}

function secretOf(values: JsonObject, name: string, form: RegExp = SECRET): Secret {
  const secret = parseSecret('credential', checked(`credential.${name}`, textOf(values, name), form));
  if (secret === undefined) {
    throw wrong(`credential.${name}`);
  }
  return secret;
}

function optional(body: JsonObject, name: string, form: RegExp): string | undefined {
  const isAbsent = (body[name] ?? undefined) === undefined;
  return isAbsent ? undefined : checked(name, textOf(body, name), form);
}

function repositoriesOf(body: JsonObject): readonly string[] {
  const texts = textsOf(body, 'repositories') ?? [];
  if (texts.length === 0) {
    throw missing('repositories');
  }
  return texts.map((text) => checked('repositories', text, REPOSITORY));
}

function permissionsOf(body: JsonObject): Readonly<Record<string, string>> {
  const levels = Object.entries(objectOf(body, 'permissions') ?? {});
  if (levels.length === 0 || !levels.every(([, level]) => typeof level === 'string')) {
    throw missing('permissions');
  }
  return Object.fromEntries(
    levels.map(([name, level]) => [
      checked('permissions', name, PERMISSION),
      checked('permissions', String(level), LEVEL),
    ]),
  );
}

/** https, or http on a loopback address. */
function urlOf(body: JsonObject, name: string): string {
  const text = checked(name, textOf(body, name), TEXT);
  if (!/^https?:\/\/[^@?#\\]+$/i.test(text) || !URL.canParse(text)) {
    throw notAUrl(name);
  }
  const url = new URL(text);
  if (url.protocol !== 'https:' && !isLoopback(url.hostname)) {
    throw notAUrl(name);
  }
  return text;
}

/** Nothing but scheme, host and port. */
function originOf(body: JsonObject, name: string): string {
  const text = urlOf(body, name);
  if (/^https?:\/\/[^/]+$/i.test(text)) {
    return text;
  }
  throw new Unusable(`${name} must have no path`);
}

function checked(name: string, text: string | undefined, form: RegExp): string {
  if (text === undefined) {
    throw missing(name);
  }
  if (!form.test(text)) {
    throw wrong(name);
  }
  return text;
}

function missing(name: string): Unusable {
  return new Unusable(`${name} is missing or of a wrong type`);
}

function wrong(name: string): Unusable {
  return new Unusable(`${name} holds a character that it may not have, or has not its length`);
}

function notAUrl(name: string): Unusable {
  return new Unusable(
    `${name} must be https (plain http only on a loopback address), without user, query and fragment`,
  );
}
