// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.step;

import io.taskbound.client.CloseOutcome;
import io.taskbound.client.GrantedToken;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.Outage;
import io.taskbound.client.Refusal;
import io.taskbound.client.TaskDetail;
import io.taskbound.client.credential.Credential;
import io.taskbound.client.credential.GithubCredential;
import io.taskbound.client.internal.Printable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What every wrapper of ours prints around a step: one or more lines separated by line feeds, without one at the end,
 * each beginning with {@code taskbound:}. Handles are shown in full and tokens never; foreign text is made printable.
 * {@link RefusalText} has the words of a refusal.
 */
public final class StepText {
    static final String NOT_RUN = "the command was not run";

    private StepText() {}

    /** The token was granted: for what, its handle, and when it dies by itself. */
    public static String granted(GrantedToken granted) {
        String lease = granted.lease()
                .map(length -> ", dies " + length.toSeconds() + " s after its last heartbeat")
                .orElse("");
        return lines(Stream.concat(
                granted.details().stream().map(StepText::grantedDetail),
                Stream.of("handle " + granted.handle() + ", expires " + second(granted.expiresAt()) + lease)));
    }

    private static String grantedDetail(TaskDetail detail) {
        String places = detail.locations().isEmpty() ? "" : " at " + String.join(", ", detail.locations());
        return "granted " + Printable.of(detail.task()) + ": " + Printable.of(String.join(", ", detail.actions())) + " "
                + Printable.of(detail.identifier()) + Printable.of(places);
    }

    /** A dry run that the issuer would grant. */
    public static String wouldGrant() {
        return lines("a dry run: this would be granted. Nothing was issued and the command was not run.");
    }

    /**
     * How the end of a held token went.
     *
     * @param lived from the grant to the close, where it is known
     */
    public static String ended(CloseOutcome outcome, ClosedBy by, Optional<Duration> lived) {
        return outcome.match(
                closed -> lines("closed by " + by.words()
                        + lived.map(time -> ", lived " + length(time)).orElse("") + ": " + closed.handle()),
                dead -> lines("had already ended: " + dead.handle()),
                failed -> lines(
                        "could not be closed (" + failed.why() + "): " + failed.handle(),
                        "a copy of it could be used until " + second(failed.expiresAt())
                                + " at the latest; an administrator can end it by its handle"));
    }

    /** The credential that the token stands for was delivered: what it opens, and when it is dead. */
    public static String delivered(Credential credential) {
        String until = second(credential.expiresAt()).toString();
        return credential.match(
                github -> lines(
                        "delivered a token of "
                                + Printable.of(github.serverUrl().toString()) + " for "
                                + String.join(", ", github.repositories()) + " with " + permissions(github),
                        "it is revoked when the step ends, and expires " + until),
                aws -> lines(
                        "delivered AWS credentials of " + Printable.of(aws.roleArn()),
                        aws.refreshed()
                                ? "they are fetched again at each heartbeat; without one they expire " + until
                                : "they expire " + until + ": AWS cannot revoke them when the step ends"),
                openbao -> lines(
                        "delivered a token of " + Printable.of(openbao.address().toString())
                                + openbao.namespace()
                                        .map(namespace -> ", namespace " + Printable.of(namespace))
                                        .orElse(""),
                        "it is revoked when the step ends, and expires " + until));
    }

    private static String permissions(GithubCredential github) {
        return new TreeMap<>(github.permissions())
                .entrySet().stream()
                        .map(one -> one.getKey() + ":" + one.getValue())
                        .collect(Collectors.joining(", "));
    }

    /**
     * The issuer does not deliver the credential.
     *
     * @param commandWaits whether a command was to be run with it
     */
    public static String notDelivered(Refusal refusal, boolean commandWaits) {
        return lines(Stream.of(
                        Stream.of("no credential was delivered: " + refusal.code()
                                + refusal.description()
                                        .map(words -> ": " + words)
                                        .orElse("")),
                        refusal.requestId().map(id -> "request id: " + id).stream(),
                        commandWaits ? Stream.of(NOT_RUN) : Stream.<String>empty())
                .flatMap(some -> some));
    }

    /**
     * No usable answer came when the credential was asked for.
     *
     * @param commandWaits whether a command was to be run with it
     */
    public static String notDelivered(Outage outage, boolean commandWaits) {
        String id =
                outage.requestId().map(known -> " (request id " + known + ")").orElse("");
        return lines(Stream.concat(
                Stream.of("no credential was delivered: " + outage.sentence() + id),
                commandWaits ? Stream.of(NOT_RUN) : Stream.empty()));
    }

    /**
     * The credential could not be fetched again after a heartbeat.
     *
     * @param why an {@linkplain Outage#sentence outage's sentence} or a {@linkplain Refusal#code refusal's code}
     */
    public static String notRefreshed(Credential held, String why) {
        return lines("the credential could not be fetched again (" + why
                + "); the next heartbeat tries again, and the one that the command has expires "
                + second(held.expiresAt()));
    }

    /**
     * The command gets an address in the place of a token.
     *
     * @param service where its requests go
     * @param isBound whether the token is bound to a key of this step
     */
    public static String injected(String service, boolean isBound) {
        return lines("the command sends its requests for " + Printable.of(service)
                + " to TASKBOUND_URL; the token is added here, "
                + (isBound
                        ? "bound to a key of this step"
                        : "bound to no key, because the policy does not ask for a proof"));
    }

    /** What was delivered is for other programs than those that send to an address of ours. */
    public static String notInjected(String credentialKind) {
        return lines(
                "this task delivers a credential (" + Printable.of(credentialKind)
                        + "), and inject only adds a task token",
                "leave out inject: the command then gets the credential",
                NOT_RUN);
    }

    /** The issuer refused a heartbeat. */
    public static String lost(String handle, Refusal refusal) {
        return lines("the issuer says that the token is dead while the command is still running (" + refusal.code()
                + "): " + handle);
    }

    /** A heartbeat got no answer. */
    public static String missed(String handle, Outage outage) {
        return lines(
                "a heartbeat got no answer (" + outage.sentence() + "); the next one follows by itself: " + handle);
    }

    /**
     * The issuer gave no usable answer when it was asked for a token.
     *
     * @param commandWaits whether a command was to be run with the token
     */
    public static String unavailable(IssuerUrl issuer, Outage outage, boolean commandWaits) {
        String tries = outage.tries() == 1 ? "1 try" : outage.tries() + " tries";
        String id =
                outage.requestId().map(known -> " (request id " + known + ")").orElse("");
        String where = Printable.of(issuer.toString());
        Stream<String> why = outage.kind() == Outage.Kind.NOT_SENT
                ? Stream.of(
                        "the ID token was not sent to " + where + ": " + outage.sentence(),
                        "if this is the right issuer, request the ID token for its URL; if its policy expects another"
                                + " audience, name that one beside the issuer (id-token-audience)")
                : Stream.concat(
                        Stream.of("no answer from " + where + " after " + tries + ": " + outage.sentence() + id),
                        advice(outage));
        return lines(Stream.concat(why, commandWaits ? Stream.of(NOT_RUN) : Stream.empty()));
    }

    private static Stream<String> advice(Outage outage) {
        return outage.kind() == Outage.Kind.PROXY_LOGIN
                ? Stream.of(
                        "write them into HTTPS_PROXY, like http://USER:PASSWORD@proxy.acme.example:3128, or into the"
                                + " proxy settings of Jenkins")
                : Stream.empty();
    }

    /** Cut, not rounded: a token never seems to have lived longer than it did. */
    private static String length(Duration time) {
        return time.toSeconds() < 60
                ? time.toSeconds() + "." + time.toMillisPart() / 100 + " s"
                : time.toMinutes() + " min " + time.toSecondsPart() + " s";
    }

    private static Instant second(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    private static String lines(String... lines) {
        return lines(Stream.of(lines));
    }

    static String lines(Stream<String> lines) {
        return String.join("\n", lines.map(line -> "taskbound: " + line).toList());
    }
}
