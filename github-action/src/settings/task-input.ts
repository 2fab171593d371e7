// SPDX-License-Identifier: Apache-2.0
import { type Checked, fault, ok } from '../base/checked.js';
import { asObject, type JsonObject, parseJson, textOf, textsOf } from '../base/json.js';
import { IDENTIFIER_RULE, identifierFault } from '../issuer/identifier.js';
import type { TaskDetail } from '../issuer/task-detail.js';
import type { Inputs } from './inputs.js';

const MAX_DETAILS = 8;
const MEMBERS: readonly string[] = ['type', 'task', 'actions', 'locations', 'identifier'];

/** What is asked for: one object by `action` and `identifier`, or several by `details`. */
export function taskDetails(inputs: Inputs): Checked<readonly TaskDetail[]> {
  const task = inputs('task');
  if (task === '') {
    return fault('task is missing: give the name of a task in the policy');
  }
  if (!/^[a-z0-9-]{1,32}$/.test(task)) {
    return fault('task must be 1 to 32 characters from a-z, 0-9 and -');
  }
  return inputs('details') === '' ? oneDetail(task, inputs) : severalDetails(task, inputs);
}

function oneDetail(task: string, inputs: Inputs): Checked<readonly TaskDetail[]> {
  const identifier = inputs('identifier');
  if (identifier === '') {
    return fault(
      'identifier is missing: give the target of the task, such as artifact:acme/shop/app.jar@sha256:…',
    );
  }
  const actions = inputs('action')
    .split(/[\s,]+/)
    .filter((action) => action !== '');
  const wrong = identifierFault(identifier);
  return wrong === undefined
    ? ok([{ task, actions, locations: [], identifier }])
    : fault(`identifier ${wrong}; it must be ${IDENTIFIER_RULE}`);
}

function severalDetails(task: string, inputs: Inputs): Checked<readonly TaskDetail[]> {
  if (inputs('action') !== '' || inputs('identifier') !== '') {
    return fault('details replaces action and identifier: put them into its objects');
  }
  const items = parseJson(inputs('details'));
  if (!Array.isArray(items) || items.length < 1 || items.length > MAX_DETAILS) {
    return fault(`details must be a JSON array of 1 to ${MAX_DETAILS} objects`);
  }
  const wrong = items.flatMap((item) => faultOfIdentifier(asObject(item)) ?? [])[0];
  if (wrong !== undefined) {
    return fault(`an identifier in details ${wrong}; it must be ${IDENTIFIER_RULE}`);
  }
  const details = items.flatMap((item) => parseDetail(task, asObject(item)) ?? []);
  return details.length === items.length
    ? ok(details)
    : fault('each object in details needs an identifier and may have actions and locations (arrays)');
}

function faultOfIdentifier(object: JsonObject | undefined): string | undefined {
  const identifier = object && textOf(object, 'identifier');
  return identifier === undefined ? undefined : identifierFault(identifier);
}

/** `type` and `task` may be omitted; if given, they must match. */
function parseDetail(task: string, object: JsonObject | undefined): TaskDetail | undefined {
  if (object === undefined || !Object.keys(object).every((name) => MEMBERS.includes(name))) {
    return undefined;
  }
  const identifier = textOf(object, 'identifier') ?? '';
  const actions = textsOf(object, 'actions');
  const locations = textsOf(object, 'locations');
  const isSameTask = says(object, 'task', task) && says(object, 'type', 'task');
  return isSameTask && identifierFault(identifier) === undefined && actions && locations
    ? { task, actions, locations, identifier }
    : undefined;
}

function says(object: JsonObject, name: string, value: string): boolean {
  return !Object.hasOwn(object, name) || object[name] === value;
}
