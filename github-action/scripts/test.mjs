// SPDX-License-Identifier: Apache-2.0
// Compiles and runs the tests that need nothing but node: node scripts/test.mjs [part of a name]
import { compiledTests, runTests } from './compiled-tests.mjs';

process.exitCode = runTests(compiledTests(['unit', 'scenarios'], process.argv[2] ?? ''), 'TEST-node.xml');
