// SPDX-License-Identifier: Apache-2.0

/** ISO 8601 in UTC, whole seconds, cut. */
export function isoSeconds(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}
