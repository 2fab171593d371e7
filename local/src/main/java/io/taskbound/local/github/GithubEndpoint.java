// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.github;

/** Where a {@link GithubTrouble} is. */
public enum GithubEndpoint {
    /** {@code GET /app/installations}. */
    INSTALLATIONS,
    /** {@code POST /app/installations/{id}/access_tokens}. */
    ACCESS_TOKENS,
    /** {@code DELETE /installation/token}. */
    REVOKE,
    /** {@code POST /app-manifests/{code}/conversions}. */
    CONVERSIONS,
    /** All others, git's among them. */
    OTHER
}
