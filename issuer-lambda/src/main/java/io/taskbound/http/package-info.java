// SPDX-License-Identifier: Apache-2.0
/** The issuer's requests, forms and answers over HTTP, in any server; knows nothing about Lambda or AWS. */
@NullMarked
package io.taskbound.http;

import org.jspecify.annotations.NullMarked;
