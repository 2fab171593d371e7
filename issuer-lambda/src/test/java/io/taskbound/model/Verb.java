// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

/** What an actor is about. */
enum Verb {
    MINT("the holder's mint"),
    MINT_UNSIGNED("the holder's mint, whose signer does not answer"),
    MINT_WITHOUT_CHALLENGE("the mint of a client that sends no holder_challenge"),
    MINT_BY_COPY("the mint of somebody who copied the ID token"),
    MINT_UNPROVEN("the mint of somebody with an ID token that does not verify"),
    LOOK("an introspection"),
    REDEEM("a use"),
    REDEEM_SHARED("a use under the key that all its retries share"),
    RENEW("the holder's renewal"),
    RENEW_BY_COPY("the renewal of somebody who copied the token"),
    CLOSE("the holder's close"),
    CLOSE_JOB("the closing of the job"),
    CLOSE_OTHER_JOB("the closing of another job of the run"),
    CLOSE_RUN("the closing of the run"),
    END_RUN("the notice that the run has ended"),
    DENY("the administrator's denial"),
    LIFT("the administrator's lifting of it"),
    WITHDRAW("the withdrawal of the policy's rule"),
    SWEEP("a sweeper");

    private final String words;

    Verb(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
