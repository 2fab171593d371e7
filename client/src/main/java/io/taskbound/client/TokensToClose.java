// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

/** Which tokens of the caller's own run to close with an ID token. */
public final class TokensToClose {
    private final String handle;

    private TokensToClose(String handle) {
        this.handle = handle;
    }

    /** One, by its handle. */
    public static TokensToClose one(String handle) {
        if (!handle.matches("[A-Za-z0-9_.-]{1,128}")) {
            throw new IllegalArgumentException("handle must be a jti: [A-Za-z0-9_.-]{1,128}");
        }
        return new TokensToClose(handle);
    }

    /** All of the calling job. */
    public static TokensToClose allOfJob() {
        return new TokensToClose("*");
    }

    /** All of the run, the other jobs' too. */
    public static TokensToClose allOfRun() {
        return new TokensToClose("run:*");
    }

    String wire() {
        return handle;
    }

    @Override
    public String toString() {
        return "TokensToClose[" + handle + "]";
    }
}
