// SPDX-License-Identifier: Apache-2.0
export { protect, tokenOf } from './middleware.js';
export { presented, presentedIn } from './presented.js';
export { ResourceServer } from './resource-server.js';
export { TaskToken } from './task-token.js';
