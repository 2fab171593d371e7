// SPDX-License-Identifier: Apache-2.0
import { type JsonObject, objectsOf, textOf, textsOf } from '../base/json.js';

/**
 * One object of `authorization_details` (RFC 9396 section 2): what is asked for, or what was granted. When asking, actions
 * and locations may be empty: the issuer fills in the task's only ones.
 */
export type TaskDetail = {
  readonly task: string;
  readonly actions: readonly string[];
  readonly locations: readonly string[];
  readonly identifier: string;
};

export function detailsAsJson(details: readonly TaskDetail[]): string {
  return JSON.stringify(details.map(toWire));
}

function toWire(detail: TaskDetail): JsonObject {
  return {
    type: 'task',
    task: detail.task,
    ...(detail.actions.length > 0 && { actions: detail.actions }),
    ...(detail.locations.length > 0 && { locations: detail.locations }),
    identifier: detail.identifier,
  };
}

/** Undefined unless every object is a whole permission of type task, with at least one action. */
export function parseGrantedDetails(body: JsonObject): readonly TaskDetail[] | undefined {
  const objects = objectsOf(body, 'authorization_details') ?? [];
  const details = objects.flatMap((object) => parseGranted(object) ?? []);
  return details.length > 0 && details.length === objects.length ? details : undefined;
}

function parseGranted(object: JsonObject): TaskDetail | undefined {
  const task = textOf(object, 'task') ?? '';
  const identifier = textOf(object, 'identifier') ?? '';
  const actions = textsOf(object, 'actions') ?? [];
  if (textOf(object, 'type') !== 'task' || task === '' || identifier === '' || actions.length === 0) {
    return undefined;
  }
  return { task, actions, locations: textsOf(object, 'locations') ?? [], identifier };
}
