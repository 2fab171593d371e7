// SPDX-License-Identifier: Apache-2.0
import { approvePart } from './life/approve-part.js';
import { run } from './life/entry.js';

run(approvePart);
