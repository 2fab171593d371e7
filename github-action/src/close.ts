// SPDX-License-Identifier: Apache-2.0
import { closePart } from './life/close-part.js';
import { run } from './life/entry.js';

run(closePart);
