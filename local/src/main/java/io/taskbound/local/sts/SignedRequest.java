// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.sts;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A request signed by AWS Signature Version 4, in its header form and without a query string, as clients of STS send
 * it.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Signature
 *     Version 4</a>
 */
final class SignedRequest {
    private static final Pattern AUTHORIZATION = Pattern.compile(
            "AWS4-HMAC-SHA256 Credential=([A-Za-z0-9]+)/([0-9]{8})/([a-z0-9-]+)/([a-z0-9-]+)/aws4_request,"
                    + "\\s*SignedHeaders=([a-z0-9;-]+),\\s*Signature=([0-9a-f]{64})");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    /** How far a request's time may be from the service's. */
    private static final Duration LEEWAY = Duration.ofMinutes(5);

    private final String method;
    private final String path;
    private final Headers headers;
    private final byte[] body;
    private final String keyId;
    private final String scope;
    private final List<String> signedHeaders;
    private final String signature;

    private SignedRequest(String method, String path, Headers headers, byte[] body, List<String> fields) {
        this.method = method;
        this.path = path;
        this.headers = headers;
        this.body = body;
        this.keyId = fields.get(0);
        this.scope = fields.get(1) + "/" + fields.get(2) + "/" + fields.get(3) + "/aws4_request";
        this.signedHeaders = List.of(fields.get(4).split(";", -1));
        this.signature = fields.get(5);
    }

    /** Reads what is said about the signature; nothing is checked by that. */
    static SignedRequest read(String method, String path, Headers headers, byte[] body) throws StsFault {
        var said = Optional.ofNullable(headers.getFirst("Authorization")).map(AUTHORIZATION::matcher);
        if (said.isEmpty() || !said.get().matches()) {
            throw new StsFault(403, "MissingAuthenticationToken", "Request is missing Authentication Token");
        }
        var fields = said.get();
        return new SignedRequest(
                method,
                path,
                headers,
                body,
                List.of(
                        fields.group(1),
                        fields.group(2),
                        fields.group(3),
                        fields.group(4),
                        fields.group(5),
                        fields.group(6)));
    }

    String keyId() {
        return keyId;
    }

    Optional<String> sessionToken() {
        return Optional.ofNullable(headers.getFirst("X-Amz-Security-Token"));
    }

    /** @throws StsFault when it was not signed with this secret for STS, just now */
    void verify(String secret, Instant now) throws StsFault {
        var required = new TreeSet<>(List.of("host", "x-amz-date"));
        sessionToken().ifPresent(any -> required.add("x-amz-security-token"));
        if (!scope.contains("/sts/") || !signedHeaders.containsAll(required)) {
            throw mismatch("Credential should be scoped to correct service, and the headers be signed");
        }
        var time = String.valueOf(headers.getFirst("X-Amz-Date"));
        requireNow(time, now);
        if (!scope.startsWith(time.substring(0, 8) + "/")) {
            throw mismatch("Date in Credential scope does not match the request's");
        }
        if (!MessageDigest.isEqual(expected(secret, time).getBytes(UTF_8), signature.getBytes(UTF_8))) {
            throw mismatch("The request signature we calculated does not match the signature you provided.");
        }
    }

    private static void requireNow(String time, Instant now) throws StsFault {
        try {
            var signed = TIME.parse(time, Instant::from);
            if (Duration.between(signed, now).abs().compareTo(LEEWAY) > 0) {
                throw mismatch("Signature expired: " + time + " is too far from the server's time");
            }
        } catch (DateTimeParseException unreadable) {
            throw new StsFault(400, "IncompleteSignature", "Date must be in ISO-8601 'basic format'");
        }
    }

    private static StsFault mismatch(String message) {
        return new StsFault(403, "SignatureDoesNotMatch", message);
    }

    private String expected(String secret, String time) {
        var toSign = "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n"
                + sha256(canonical().getBytes(UTF_8));
        var key = ("AWS4" + secret).getBytes(UTF_8);
        for (var part : scope.split("/", -1)) {
            key = hmac(key, part);
        }
        return HexFormat.of().formatHex(hmac(key, toSign));
    }

    private String canonical() {
        var lines = signedHeaders.stream()
                .map(name -> name + ":"
                        + headers.getOrDefault(name, List.of()).stream()
                                .map(value -> value.strip().replaceAll(" +", " "))
                                .collect(Collectors.joining(","))
                        + "\n")
                .collect(Collectors.joining());
        return method + "\n" + path + "\n\n" + lines + "\n" + String.join(";", signedHeaders) + "\n" + sha256(body);
    }

    private static String sha256(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every JDK has HmacSHA256", absent);
        }
    }
}
