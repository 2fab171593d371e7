// SPDX-License-Identifier: Apache-2.0
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isoSeconds } from '../base/iso-seconds.js';
import type { AwsCredential } from './credential.js';

/**
 * An HTTP endpoint on loopback from which the AWS CLI and SDKs of one command take their credentials, in the form of the endpoint
 * of a container. It answers from memory, and only who sends the secret.
 */
export type AwsEndpoint = {
  readonly uri: string;
  /** What a request has to send as its `Authorization` header. */
  readonly secret: string;
  /** From now on it answers with this one. */
  readonly serve: (credential: AwsCredential) => void;
  /** From now on it refuses; its port is closed soon after. */
  readonly end: () => void;
};

/** Starts to listen. */
export async function awsEndpoint(first: AwsCredential): Promise<AwsEndpoint> {
  // Loaded here: most steps need no server, and wait for every module that is loaded at the start.
  const { createServer } = await import('node:http');
  const secret = randomBytes(32).toString('base64url');
  const path = `/${randomBytes(16).toString('base64url')}`;
  let served: AwsCredential | undefined = first;
  const server = createServer((request, response) => {
    const status = statusFor(request, { path, secret, port: portOf(server) });
    answer(response, status === 200 ? served : undefined, status);
  });
  await listen(server);
  return {
    uri: `http://127.0.0.1:${portOf(server)}${path}`,
    secret,
    serve: (credential) => {
      served = served && credential;
    },
    end: () => {
      served = undefined;
      server.close();
      // A command that has ended may have left a connection open; what is being answered at this moment still is.
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), CLOSING_MS).unref();
    },
  };
}

const CLOSING_MS = 500;

/** 200 only for the one request that an SDK sends. A page in a browser that rebinds a name is stopped by Host. */
function statusFor(
  request: IncomingMessage,
  ours: { readonly path: string; readonly secret: string; readonly port: number },
): 200 | 403 | 404 {
  const { host, authorization } = request.headers;
  if (host !== `127.0.0.1:${ours.port}` || !isSame(authorization ?? '', ours.secret)) {
    return 403;
  }
  return request.method === 'GET' && request.url === ours.path ? 200 : 404;
}

/** In the same time wherever they differ. */
function isSame(text: string, secret: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(text), digest(secret));
}

function answer(response: ServerResponse, credential: AwsCredential | undefined, status: number): void {
  const body =
    credential === undefined
      ? { code: 'AccessDenied', message: 'taskbound: no credentials for this request' }
      : {
          AccessKeyId: credential.accessKeyId.reveal(),
          SecretAccessKey: credential.secretAccessKey.reveal(),
          Token: credential.sessionToken.reveal(),
          Expiration: isoSeconds(credential.expiresAt),
          RoleArn: credential.roleArn,
        };
  response.writeHead(status === 200 && credential === undefined ? 403 : status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
  });
  response.end(JSON.stringify(body));
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
}
