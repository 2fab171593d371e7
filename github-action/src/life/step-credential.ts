// SPDX-License-Identifier: Apache-2.0
import type { PrivateFolder } from '../command/private-folder.js';
import { type AwsEndpoint, awsEndpoint } from '../credential/aws-endpoint.js';
import type { AwsCredential, Credential } from '../credential/credential.js';
import { fetchCredential } from '../credential/fetch-credential.js';
import {
  awsVariables,
  githubVariables,
  openbaoVariables,
  type StepVariables,
} from '../credential/step-variables.js';
import { DEFAULT_PATIENCE, heartbeatPatience } from '../issuer/patience.js';
import { deliveredText, notDeliveredText, notRefreshedText } from '../text/step-text.js';
import type { HeldToken } from '../token/held-token.js';
import { masksOfCredential, masksOfNext } from '../token/masks.js';
import type { Calling, Reporting, Starting } from '../world/world.js';

/** A credential in a command's hands, until its step ends. */
export type StepCredential = {
  /** What it changes in the command's environment. */
  readonly variables: StepVariables;
  /** Fetches it again where it needs that; returns at once, and never throws. To be called after each heartbeat. */
  readonly refresh: () => void;
  /** Nobody gets it from us any more. */
  readonly end: () => void;
};

type Obtaining = {
  readonly issuer: string;
  readonly held: HeldToken;
  /** Where its files lie. */
  readonly folder: PrivateFolder;
};

type ObtainingWorld = Calling & Pick<Reporting, 'log'> & Pick<Starting, 'env'>;

/** Fetches the credential that the token stands for. Undefined if there is none, and then it has said why. */
export async function obtainCredential(
  world: ObtainingWorld,
  obtaining: Obtaining,
): Promise<StepCredential | undefined> {
  const { granted } = obtaining.held;
  const asking = { issuer: obtaining.issuer, granted, patience: DEFAULT_PATIENCE };
  const answer = await fetchCredential(world.net, asking, world.cancel.signal);
  if (answer.kind !== 'delivered') {
    world.log.fail(notDeliveredText(answer));
    return undefined;
  }
  const { credential } = answer;
  // Masks before anything else can be printed.
  world.log.mask(masksOfCredential(credential));
  world.log.say(deliveredText(credential));
  switch (credential.kind) {
    case 'github-app':
      return lasting(githubVariables(credential, world.env));
    case 'openbao':
      return lasting(openbaoVariables(credential));
    case 'aws-role':
      return serve(world, obtaining, credential);
  }
}

function lasting(variables: StepVariables): StepCredential {
  return { variables, refresh: () => {}, end: () => {} };
}

async function serve(
  world: ObtainingWorld,
  obtaining: Obtaining,
  credential: AwsCredential,
): Promise<StepCredential> {
  const { folder } = obtaining;
  const endpoint = await awsEndpoint(credential);
  const place = {
    uri: endpoint.uri,
    authorizationFile: folder.write('authorization', endpoint.secret),
    emptyFile: folder.write('empty', ''),
  };
  const variables = awsVariables(credential, place, world.env);
  const refreshing = credential.refreshed
    ? startRefreshing(world, obtaining, { endpoint, first: credential })
    : { refresh: () => {}, stop: () => {} };
  return {
    variables,
    refresh: refreshing.refresh,
    end: () => {
      refreshing.stop();
      endpoint.end();
    },
  };
}

/** One fetch at a time, beside the heartbeats and the command's requests. What fails leaves the endpoint as it is. */
function startRefreshing(
  world: ObtainingWorld,
  { issuer, held }: Obtaining,
  { endpoint, first }: { endpoint: AwsEndpoint; first: AwsCredential },
): { readonly refresh: () => void; readonly stop: () => void } {
  const { granted } = held;
  const patience = heartbeatPatience((granted.leaseSeconds ?? 0) * 1000);
  const controller = new AbortController();
  let latest: Credential = first;
  let running = false;
  let warned = false;
  const fetchOnce = async (): Promise<void> => {
    const answer = await fetchCredential(world.net, { issuer, granted, patience }, controller.signal);
    if (controller.signal.aborted) {
      return;
    }
    if (answer.kind === 'delivered' && answer.credential.kind === 'aws-role') {
      world.log.mask(masksOfNext(answer.credential));
      endpoint.serve(answer.credential);
      latest = answer.credential;
    } else if (answer.kind !== 'delivered' && !warned) {
      warned = true;
      const why = answer.kind === 'refused' ? answer.refusal.code : answer.outage.sentence;
      world.log.warn(notRefreshedText(latest, why));
    }
  };
  return {
    refresh: () => {
      if (!running) {
        running = true;
        void fetchOnce().finally(() => {
          running = false;
        });
      }
    },
    stop: () => controller.abort(),
  };
}
