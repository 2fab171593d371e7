// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after } from 'node:test';
import { assertNoLeak } from './leak-search.js';
import {
  type Finished,
  type Part,
  type Runner,
  type Running,
  type StepSettings,
  standInRunner,
} from './stand-in-runner.js';

/** The issuer of scripts/e2e.mjs, the runner's endpoint for ID tokens before it, and a runner. */
export type LiveScene = {
  readonly url: string;
  /** What a runner adds to the job's environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly runner: Runner;
  readonly start: (part: Part, settings?: StepSettings) => Running;
  readonly run: (part: Part, settings?: StepSettings) => Promise<Finished>;
  /** Whether the resource server is told that the token is alive. */
  readonly isAlive: (token: string) => Promise<boolean>;
  /** The copy that the command made of its token, as a thief would; read after the command has written it. */
  readonly loot: () => string;
};

/** Copies the token to where the test finds it. */
export const STEAL =
  'cp "$TASKBOUND_TOKEN_FILE" "$GITHUB_WORKSPACE/loot.part"\nmv "$GITHUB_WORKSPACE/loot.part" "$GITHUB_WORKSPACE/loot"\n';

const RUN_ID = String(Math.floor(Math.random() * 1e9));

/** What GitHub would sign for a push to main of acme/shop. */
export const PUSH = {
  sub: 'repo:acme/shop:ref:refs/heads/main',
  repository: 'acme/shop',
  repository_id: '2002',
  repository_owner: 'acme',
  repository_owner_id: '1001',
  ref: 'refs/heads/main',
  ref_type: 'branch',
  event_name: 'push',
  run_id: RUN_ID,
  run_attempt: '1',
  check_run_id: '90001',
  actor: 'octocat',
  actor_id: '583230',
};

/** And for a run of approve.yml that a person has started by hand. */
export function approverRun(actor: string, actorId: string): object {
  return {
    ...PUSH,
    event_name: 'workflow_dispatch',
    workflow_ref: 'acme/shop/.github/workflows/approve.yml@refs/heads/main',
    run_id: String(Math.floor(Math.random() * 1e9)),
    check_run_id: '90002',
    actor,
    actor_id: actorId,
  };
}

/** The approval that a waiting step names in its log. */
export async function approvalIdOf(running: Running): Promise<string> {
  return (await running.printedMatch(/taskbound approve (\S{66})/))[1] ?? '';
}

export async function liveScene(claims: object = PUSH): Promise<LiveScene> {
  const url = variable('E2E_ISSUER');
  const secrets: string[] = [];
  const server = createServer((request, response) => {
    const audience = new URL(request.url ?? '', url).searchParams.get('audience') ?? '';
    if (request.headers.authorization !== 'Bearer of-the-runner-0123456789') {
      response.writeHead(401).end();
      return;
    }
    void signed(url, { ...claims, jti: crypto.randomUUID() }, audience).then((idToken) => {
      secrets.push(idToken);
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ value: idToken }));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  const env = {
    TASKBOUND_ISSUER: url,
    ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/id?api-version=2.0`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'of-the-runner-0123456789',
    ACTIONS_RUNTIME_TOKEN: 'of-the-runtime-0123456789',
  };
  const runner = standInRunner(env);
  const lootFile = join(runner.workspace, 'loot');
  after(() => {
    runner.remove();
    server.close();
    server.closeAllConnections();
  });
  const start = (part: Part, settings: StepSettings = {}): Running => {
    const running = runner.start(part, settings);
    const ended = running.ended.then((finished) => {
      const stolen = existsSync(lootFile) ? [readFileSync(lootFile, 'utf8')] : [];
      assertNoLeak({ runner, secrets: [...secrets, ...stolen] }, finished, ['token']);
      return finished;
    });
    return { ...running, ended };
  };
  return {
    url,
    env,
    runner,
    loot: () => readFileSync(lootFile, 'utf8'),
    start,
    run: (part, settings) => start(part, settings).ended,
    isAlive: (token) => introspected(url, token),
  };
}

async function signed(url: string, claims: object, audience: string): Promise<string> {
  const wish = { provider: 'github', claims, audience };
  const answer = await fetch(`${url}/dev/id-token`, { method: 'POST', body: JSON.stringify(wish) });
  if (answer.status !== 200) {
    throw new Error(`the stand-in provider answered ${answer.status}: ${await answer.text()}`);
  }
  return answer.text();
}

async function introspected(url: string, token: string): Promise<boolean> {
  const secret = readFileSync(variable('E2E_SECRET_FILE'), 'utf8').trim();
  const answer = await fetch(`${url}/introspect`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`signer:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ token }),
  });
  const { active } = (await answer.json()) as { active: unknown };
  if (answer.status !== 200 || typeof active !== 'boolean') {
    throw new Error(`introspection answered ${answer.status}`);
  }
  return active;
}

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) {
    throw new Error('run these tests by: npm run e2e');
  }
  return value;
}
