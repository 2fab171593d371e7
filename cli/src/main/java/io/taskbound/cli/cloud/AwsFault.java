// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.cloud;

import io.taskbound.cli.terminal.Printable;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/** What went wrong with a call to AWS, as a person needs it: short, without the SDK's own names and counts. */
public final class AwsFault {
    private static final int MAX_LENGTH = 240;
    private static final Set<String> DEAD = Set.of("ExpiredToken", "ExpiredTokenException", "RequestExpired");
    private static final Set<String> UNKNOWN = Set.of(
            "InvalidClientTokenId",
            "UnrecognizedClientException",
            "InvalidSignatureException",
            "SignatureDoesNotMatch",
            "InvalidAccessKeyId");

    private final Throwable failure;

    private AwsFault(Throwable failure) {
        this.failure = failure;
    }

    public static AwsFault of(Throwable failure) {
        return new AwsFault(failure);
    }

    /** Without a full stop. */
    public String what() {
        return Printable.of(cut(text()));
    }

    /** What to do where the credentials are the cause; else what the caller proposes. */
    public String remedy(String otherwise) {
        var code = code().orElse("");
        if (DEAD.contains(code)) {
            return "Your AWS credentials have expired: log in again, with `aws sso login` or as you did before.";
        }
        if (UNKNOWN.contains(code)) {
            return "AWS does not know these credentials: check AWS_PROFILE, or the AWS_ACCESS_KEY_ID and"
                    + " AWS_SECRET_ACCESS_KEY that are set.";
        }
        return otherwise;
    }

    /** The service's own name of the failure, such as AccessDeniedException; empty when no service answered. */
    Optional<String> code() {
        return details().map(AwsErrorDetails::errorCode);
    }

    private Optional<AwsErrorDetails> details() {
        return causes().flatMap(
                        cause -> cause instanceof AwsServiceException refused ? Stream.of(refused) : Stream.of())
                .findFirst()
                .map(AwsServiceException::awsErrorDetails);
    }

    private String text() {
        var details = details();
        if (details.isPresent()) {
            var message = details.get().errorMessage();
            // Whoever answers in the place of AWS may name no code.
            var code = Optional.ofNullable(details.get().errorCode()).orElse("an answer without a code of AWS");
            return message == null || message.isBlank() ? code : code + ": " + message;
        }
        return unanswered();
    }

    /** Whether nobody answered: the network is at fault, or a wrong address. */
    boolean isOutOfReach() {
        return causes().anyMatch(cause -> cause instanceof UnknownHostException
                || cause instanceof SocketException
                || cause instanceof SocketTimeoutException
                || cause instanceof SSLException
                || isTimeout(cause));
    }

    private String unanswered() {
        var last = causes().reduce((outer, inner) -> inner).orElse(failure);
        if (last instanceof UnknownHostException unknown) {
            return "no such host: " + unknown.getMessage();
        }
        if (causes().anyMatch(AwsFault::isTimeout)) {
            return "no answer in time";
        }
        return isOutOfReach() ? "no connection: " + last.getMessage() : String.valueOf(last.getMessage());
    }

    private static boolean isTimeout(Throwable cause) {
        return cause instanceof ApiCallTimeoutException || cause instanceof ApiCallAttemptTimeoutException;
    }

    private Stream<Throwable> causes() {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20);
    }

    /** Without what the SDK adds in round brackets: how often it tried. */
    private static String cut(String text) {
        int attempts = text.lastIndexOf(" (SDK ");
        var plain = (attempts < 0 ? text : text.substring(0, attempts)).strip();
        plain = plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
        return plain.length() > MAX_LENGTH ? plain.substring(0, MAX_LENGTH) + "…" : plain;
    }
}
