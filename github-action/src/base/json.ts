// SPDX-License-Identifier: Apache-2.0

/** A parsed JSON object whose members have not been looked at yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Undefined for anything but one JSON object. */
export function parseJsonObject(text: string): JsonObject | undefined {
  return asObject(parseJson(text));
}

/** Undefined if the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function asObject(value: unknown): JsonObject | undefined {
  return isObject(value) ? value : undefined;
}

/** Undefined unless the member is a string. */
export function textOf(object: JsonObject, name: string): string | undefined {
  const value = own(object, name);
  return typeof value === 'string' ? value : undefined;
}

/** Undefined unless the member is a whole number. */
export function wholeOf(object: JsonObject, name: string): number | undefined {
  const value = own(object, name);
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
}

/** Absent is an empty list; undefined when the member is anything but a list of strings. */
export function textsOf(object: JsonObject, name: string): readonly string[] | undefined {
  const value = own(object, name) ?? [];
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
}

/** Undefined unless the member is an object. */
export function objectOf(object: JsonObject, name: string): JsonObject | undefined {
  return asObject(own(object, name));
}

/** Undefined unless the member is a list of objects. */
export function objectsOf(object: JsonObject, name: string): readonly JsonObject[] | undefined {
  const value = own(object, name);
  return Array.isArray(value) && value.every(isObject) ? value : undefined;
}

/** A string, number or boolean; undefined for all else. */
export function scalarOf(object: JsonObject, name: string): string | number | boolean | undefined {
  const value = own(object, name);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : undefined;
}

/** A member that the object itself has: `constructor` is not a claim. */
function own(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
