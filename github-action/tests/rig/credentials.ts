// SPDX-License-Identifier: Apache-2.0
import { type Answer, type Answering, granted, jwt, type Paths } from './stand-in-issuer.js';

/** Answers of an issuer whose task delivers a credential of this kind. */
export function delivering(kind: string, credential: Answering): Paths {
  return {
    token: (form) =>
      granted(form, jwt({ txn: form['txn'] }), { credential_kind: kind, lease_expires_in: LEASE }),
    renew: () => ({ status: 200, body: { lease_expires_in: LEASE } }),
    credential,
  };
}

/** Seconds: a heartbeat each second. */
const LEASE = 3;

export function githubAnswer(changes: object = {}): Answer {
  return {
    status: 200,
    body: {
      kind: 'github-app',
      expires_at: 1795432200,
      refresh: false,
      credential: { token: 'ghs_0123456789abcdefghijklmnopqrstuvwxyz' },
      server_url: 'https://github.com',
      api_url: 'https://api.github.com',
      repositories: ['acme/shop'],
      permissions: { contents: 'write' },
      ...changes,
    },
  };
}

/** @param nth tells one from another: it is part of the secret key and of the end */
export function awsAnswer(nth: number, changes: object = {}): Answer {
  return {
    status: 200,
    body: {
      kind: 'aws-role',
      expires_at: 1795428000 + nth,
      refresh: true,
      credential: {
        access_key_id: 'ASIA0123456789ABCDEF',
        secret_access_key: `number-${nth}-of-the-secret-keys/0123456789`,
        session_token: `number-${nth}-of-the-session-tokens//0123456789`,
      },
      role_arn: 'arn:aws:iam::111122223333:role/migration',
      region: 'eu-central-1',
      ...changes,
    },
  };
}
