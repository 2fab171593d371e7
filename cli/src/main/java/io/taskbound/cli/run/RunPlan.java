// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import io.taskbound.cli.idtoken.IdTokenSource;
import io.taskbound.cli.inject.InjectPlan;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.TaskRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A command line that was found to be without fault.
 *
 * @param audience of the ID token
 * @param grace how long the command may take to end after a signal
 * @param approvalWait how long to wait for people to approve it: zero for not at all, empty for as long as the issuer
 *     says
 * @param inject where the command's requests go, if it does not get the token itself
 * @param receipt where the token's receipt is to be written after the command
 * @param command empty in a dry run, which runs none
 */
record RunPlan(
        IssuerClient issuer,
        TaskRequest request,
        IdTokenSource idTokens,
        String audience,
        boolean passIdToken,
        Duration grace,
        Optional<Duration> approvalWait,
        Optional<InjectPlan> inject,
        Optional<Path> receipt,
        List<String> command) {
    RunPlan {
        command = List.copyOf(command);
    }

    boolean waitsForApproval() {
        return approvalWait.filter(Duration::isZero).isEmpty();
    }

    /** Whom an ID token may be for that this issuer takes, each without a slash at its end. */
    Set<String> audiences() {
        return Stream.of(issuer.issuer().toString(), audience)
                .map(name -> name.endsWith("/") ? name.substring(0, name.length() - 1) : name)
                .collect(Collectors.toUnmodifiableSet());
    }
}
