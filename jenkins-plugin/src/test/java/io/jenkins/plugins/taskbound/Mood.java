// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

/** How an endpoint of a {@link TestIssuer} answers. */
enum Mood {
    /** As the contract says. */
    RIGHT,
    /** An OAuth refusal with a request id. */
    REFUSES,
    /** 503, try again. */
    BUSY,
    /** Takes the request, does its work, and says nothing. */
    SILENT,
    /** As the contract says, after a second. */
    SLOW,
    /** The log-in page of some portal. */
    HTML,
    /** JSON of 200 KB. */
    HUGE,
    /** A redirect to a stranger. */
    REDIRECTS,
    /** Knows neither dry runs nor a policy: it grants. */
    TAKES_ALL_FOR_REAL
}
