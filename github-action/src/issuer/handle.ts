// SPDX-License-Identifier: Apache-2.0

/** True for what can be a token's `jti`, by which it is closed; no secret. */
export function isHandle(text: string): boolean {
  return /^[A-Za-z0-9_.-]{1,128}$/.test(text);
}
