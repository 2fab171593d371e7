// SPDX-License-Identifier: Apache-2.0
import { inspect } from 'node:util';

const MAX_LENGTH = 16 * 1024;
const SIGNS = /^[\x21-\x7e]+$/;

/** Undefined unless it is 1 to 16,384 visible ASCII characters: anything else could end a header line. */
export function secretText(text) {
  return text.length <= MAX_LENGTH && SIGNS.test(text) ? text : undefined;
}

/** A task token as it was received, unchecked. `reveal` is the one way to its text. */
export class TaskToken {
  #text;

  /** @param text that `secretText` lets through */
  constructor(text) {
    this.#text = text;
  }

  reveal() {
    return this.#text;
  }

  toString() {
    return 'TaskToken[secret]';
  }

  toJSON() {
    return this.toString();
  }

  [inspect.custom]() {
    return this.toString();
  }
}
