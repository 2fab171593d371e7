// SPDX-License-Identifier: Apache-2.0
/** Requests, forms and answers of the issuer over HTTP, in whatever server; knows nothing of Lambda or AWS. */
@NullMarked
package io.taskbound.http;

import org.jspecify.annotations.NullMarked;
