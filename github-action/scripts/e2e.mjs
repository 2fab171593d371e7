// SPDX-License-Identifier: Apache-2.0
// Runs the action against a real issuer: node scripts/e2e.mjs [part of a name]. Needs java and ../cli/target/taskbound.jar.
import { compiledTests, runTests } from './compiled-tests.mjs';
import { startIssuer } from './local-issuer.mjs';

const files = compiledTests(['e2e'], process.argv[2] ?? '');
const issuer = await startIssuer('tests/e2e/policy.yaml');
try {
  process.exitCode = runTests(files, 'TEST-node-e2e.xml', issuer.env);
} finally {
  await issuer.stop();
}
