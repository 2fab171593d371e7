// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPlainPath, isPlainQuery } from '../../src/base/plain-path.js';

const PATHS: Readonly<Record<string, boolean>> = {
  '/': true,
  '/tickets/7': true,
  '/tickets/7/': true,
  '/a.b/c~d@e+f=g,h:i-j_k': true,
  '/.well-known/x': true,
  '': false,
  tickets: false,
  '//tickets': false,
  '/tickets//7': false,
  '/tickets/..': false,
  '/tickets/../8': false,
  '/./tickets': false,
  '/a/..:x': false,
  '/a/x=..': false,
  '/tickets/7.': false,
  '/tickets./7': false,
  '/tickets/%37': false,
  '/tickets/%2e%2e/8': false,
  '/tickets/7;x': false,
  '/tickets\\7': false,
  '/tickets/7#x': false,
  '/tickets/\u0000': false,
  '/tickets/é': false,
  '/tickets/7 HTTP/1.1': false,
};

for (const [path, isPlain] of Object.entries(PATHS)) {
  test(`path ${JSON.stringify(path)}: ${isPlain}`, () => assert.equal(isPlainPath(path), isPlain));
}

const QUERIES: Readonly<Record<string, boolean>> = {
  '': true,
  'page=2': true,
  'page=2&size=%20a': true,
  'q=a+b&x': true,
  'page=2&page=3': false,
  '=a': false,
  'a=b&': false,
  'a=b;c=d': false,
  'a=%0a': false,
  'a=%7f': false,
  'a=%4': false,
  'a=#': false,
  'a%20=b': false,
  '_method=DELETE': false,
  '_METHOD=DELETE': false,
  '.method=DELETE': false,
};

for (const [query, isPlain] of Object.entries(QUERIES)) {
  test(`query ${JSON.stringify(query)}: ${isPlain}`, () => assert.equal(isPlainQuery(query), isPlain));
}
