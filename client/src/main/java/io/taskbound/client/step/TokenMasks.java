// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.step;

import io.taskbound.client.TaskToken;
import io.taskbound.client.credential.AwsCredential;
import io.taskbound.client.credential.Credential;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Every text that a CI system should be told to hide for a task token, before the token is used or printed: the token,
 * its parts, what base64 (RFC 4648 section 4) makes of it wherever it lies in a longer text, and its percent-encoded
 * form. Each one is a secret. Masking is a help, never the control: whoever wants to print a token past a mask can.
 */
public final class TokenMasks {
    /** Shorter texts occur in innocent output, which they would black out. */
    private static final int MIN_LENGTH = 8;

    private static final List<Base64.Encoder> ALPHABETS =
            List.of(Base64.getEncoder().withoutPadding(), Base64.getUrlEncoder().withoutPadding());

    /** What {@code base64} and MIME wrap at, and what openssl and PEM do. */
    private static final List<Integer> LINE_WIDTHS = List.of(76, 64);

    private TokenMasks() {}

    /** Unmodifiable; none is shorter than {@value #MIN_LENGTH} characters, none holds a line break. */
    public static Set<String> of(TaskToken token) {
        return ofText(token.reveal());
    }

    /** The same for every secret of a credential that was delivered for the token. */
    public static Set<String> of(Credential credential) {
        var masks = new LinkedHashSet<String>();
        credential.secrets().forEach(secret -> masks.addAll(ofText(secret)));
        return Collections.unmodifiableSet(masks);
    }

    /**
     * For a credential that follows while the command prints: every form of what opens something, and of the rest the
     * text alone. Few and short, since each line has to reach the runner in one piece.
     */
    public static Set<String> ofNext(Credential credential) {
        if (!(credential instanceof AwsCredential aws)) {
            return of(credential);
        }
        var masks = new LinkedHashSet<>(ofText(aws.secretAccessKey()));
        masks.add(aws.accessKeyId());
        masks.add(aws.sessionToken());
        return Collections.unmodifiableSet(masks);
    }

    private static Set<String> ofText(String text) {
        var masks = new LinkedHashSet<String>();
        Stream.of(
                        Stream.of(text),
                        Stream.of(text.split("\\.", -1)),
                        ALPHABETS.stream().flatMap(alphabet -> insideBase64(text, alphabet)),
                        wrapped(text),
                        Stream.of(percentEncoded(text)))
                .flatMap(forms -> forms)
                .filter(form -> form.length() >= MIN_LENGTH)
                .forEach(masks::add);
        return Collections.unmodifiableSet(masks);
    }

    private static Stream<String> insideBase64(String text, Base64.Encoder alphabet) {
        return Stream.of(0, 1, 2).map(octetsBefore -> insideBase64(text, octetsBefore, alphabet));
    }

    /** The characters that come of the text alone, and not partly of what stands before or after it. */
    private static String insideBase64(String text, int octetsBefore, Base64.Encoder alphabet) {
        String encoded = alphabet.encodeToString(("\0".repeat(octetsBefore) + text).getBytes(StandardCharsets.UTF_8));
        int first = octetsBefore == 0 ? 0 : octetsBefore + 1;
        // A last group of less than three bytes ends with a character that the next byte would change.
        int shared = encoded.length() % 4 == 0 ? 0 : 1;
        return encoded.substring(first, encoded.length() - shared);
    }

    /**
     * The lines that hold part of the last part, the signature: without it the rest opens nothing. Hiding every line
     * would be fifty masks a token.
     */
    private static Stream<String> wrapped(String text) {
        String encoded = insideBase64(text, 0, ALPHABETS.get(0));
        int signature = (text.lastIndexOf('.') + 1) * 4 / 3;
        return LINE_WIDTHS.stream()
                .flatMap(width -> Stream.iterate(
                                signature - signature % width, at -> at < encoded.length(), at -> at + width)
                        .map(at -> encoded.substring(at, Math.min(at + width, encoded.length()))));
    }

    /** RFC 3986 section 2.1: all but the unreserved characters. A token is printable ASCII. */
    private static String percentEncoded(String text) {
        var out = new StringBuilder();
        text.chars()
                .forEach(c -> out.append(isUnreserved(c) ? "" + (char) c : String.format(Locale.ROOT, "%%%02X", c)));
        return out.toString();
    }

    private static boolean isUnreserved(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._~".indexOf(c) >= 0;
    }
}
