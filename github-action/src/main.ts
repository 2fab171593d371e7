// SPDX-License-Identifier: Apache-2.0
import { run } from './life/entry.js';
import { mainPart } from './life/main-part.js';

run(mainPart);
