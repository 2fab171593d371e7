// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Credentials of a {@link Rehearsal}, which open nothing. Each provider is of another class: the compilers trust what
 * they have seen, and code that knew only one class would be compiled again when the function's own comes.
 */
final class NobodysCredentials {
    private final AwsCredentials lasting = AwsBasicCredentials.create("nobody", "nothing");
    private final AwsCredentials ofARole = AwsSessionCredentials.create("nobody", "nothing", "none");

    private int given;

    AwsCredentialsProvider next() {
        given++;
        return switch (given % 3) {
            case 0 -> StaticCredentialsProvider.create(lasting);
            case 1 -> () -> ofARole;
            default -> AwsCredentialsProviderChain.of(StaticCredentialsProvider.create(ofARole));
        };
    }
}
