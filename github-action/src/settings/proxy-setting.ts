// SPDX-License-Identifier: Apache-2.0
import { type Checked, fault, ok } from '../base/checked.js';
import { proxyFor } from '../issuer/proxy.js';

/** Whether the proxies that the environment names for these addresses can be used. */
export function usableProxies(urls: readonly string[], env: NodeJS.ProcessEnv): Checked<true> {
  const whys = urls.filter((url) => URL.canParse(url)).flatMap((url) => whyNot(new URL(url), env));
  const [first] = whys;
  return first === undefined ? ok(true) : fault(first);
}

function whyNot(url: URL, env: NodeJS.ProcessEnv): readonly string[] {
  const choice = proxyFor(url, env);
  return choice.kind === 'fault' ? [choice.why] : [];
}
