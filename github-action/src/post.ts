// SPDX-License-Identifier: Apache-2.0
import { run } from './life/entry.js';
import { postPart } from './life/post-part.js';

run(async (world) => {
  await postPart(world);
  return 0;
});
