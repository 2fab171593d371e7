// SPDX-License-Identifier: Apache-2.0
/** MinIO, an S3-compatible store that evaluates session policies for real, and the few requests to it that we need. */
@NullMarked
package io.taskbound.local.minio;

import org.jspecify.annotations.NullMarked;
