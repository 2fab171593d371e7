// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.sts;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of AssumeRole, with the limits that AWS documents.
 *
 * @param tags in the order in which they were sent
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a>
 */
record RoleRequest(
        String roleArn,
        String sessionName,
        Optional<String> sourceIdentity,
        Map<String, String> tags,
        Optional<String> policy,
        int durationSeconds) {
    private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]{2,64}");
    private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::[0-9]{12}:role/[\\w+=,.@/-]{1,512}");
    private static final Pattern TAG_KEY = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{1,128}");
    private static final Pattern TAG_VALUE = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0,256}");
    private static final Pattern POLICY = Pattern.compile("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]{1,2048}");
    private static final String TAGS = "Tags.member.";
    private static final int MOST_TAGS = 50;
    private static final int DEFAULT_DURATION = 3600;
    private static final int SHORTEST = 900;
    private static final int LONGEST = 43_200;

    /** @throws StsFault when a parameter is missing or not as AWS wants it */
    static RoleRequest of(Map<String, String> form) throws StsFault {
        return new RoleRequest(
                matching(ROLE, "roleArn", form.getOrDefault("RoleArn", "")),
                matching(NAME, "roleSessionName", form.getOrDefault("RoleSessionName", "")),
                sourceIdentity(form),
                tags(form),
                policy(form),
                duration(form));
    }

    private static String matching(Pattern pattern, String name, String value) throws StsFault {
        if (!pattern.matcher(value).matches()) {
            throw StsFault.validation("1 validation error detected: Value at '" + name
                    + "' failed to satisfy constraint: Member must satisfy regular expression pattern: " + pattern);
        }
        return value;
    }

    private static Optional<String> sourceIdentity(Map<String, String> form) throws StsFault {
        var sent = Optional.ofNullable(form.get("SourceIdentity"));
        if (sent.isPresent()) {
            matching(NAME, "sourceIdentity", sent.get());
        }
        return sent;
    }

    private static Map<String, String> tags(Map<String, String> form) throws StsFault {
        var tags = new LinkedHashMap<String, String>();
        var seen = new TreeSet<String>();
        for (int i = 1; form.containsKey(TAGS + i + ".Key"); i++) {
            var key = matching(TAG_KEY, "tags." + i + ".member.key", form.getOrDefault(TAGS + i + ".Key", ""));
            var value = form.getOrDefault(TAGS + i + ".Value", "");
            matching(TAG_VALUE, "tags." + i + ".member.value", value);
            if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
                throw StsFault.validation("Tag keys that begin with aws: are reserved");
            }
            if (!seen.add(key.toLowerCase(Locale.ROOT))) {
                throw new StsFault(
                        400,
                        "InvalidParameterValue",
                        "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
            }
            tags.put(key, value);
        }
        if (tags.size() > MOST_TAGS) {
            throw StsFault.validation("Value at 'tags' failed to satisfy constraint: at most " + MOST_TAGS);
        }
        return tags;
    }

    private static Optional<String> policy(Map<String, String> form) throws StsFault {
        var sent = Optional.ofNullable(form.get("Policy"));
        if (sent.isEmpty()) {
            return sent;
        }
        matching(POLICY, "policy", sent.get());
        try {
            requireStatements(JSONObjectUtils.parse(sent.get()));
        } catch (ParseException noJson) {
            throw malformed("Syntax errors in policy.");
        }
        return sent;
    }

    private static void requireStatements(Map<String, Object> policy) throws StsFault {
        if (!"2012-10-17".equals(policy.get("Version"))) {
            throw malformed("The policy must contain a valid version string");
        }
        if (!(policy.get("Statement") instanceof List<?> statements) || statements.isEmpty()) {
            throw malformed("Missing required field Statement");
        }
        for (var each : statements) {
            if (!(each instanceof Map<?, ?> statement)
                    || !("Allow".equals(statement.get("Effect")) || "Deny".equals(statement.get("Effect")))
                    || !isTextOrTexts(statement.get("Action"))
                    || !isTextOrTexts(statement.get("Resource"))) {
                throw malformed("Statement must have Effect, Action and Resource");
            }
            if (statement.containsKey("Principal")) {
                throw malformed("Policy document should not specify a principal.");
            }
        }
    }

    private static boolean isTextOrTexts(@Nullable Object value) {
        return value instanceof String
                || (value instanceof List<?> texts
                        && !texts.isEmpty()
                        && texts.stream().allMatch(String.class::isInstance));
    }

    private static StsFault malformed(String message) {
        return new StsFault(400, "MalformedPolicyDocument", message);
    }

    private static int duration(Map<String, String> form) throws StsFault {
        var sent = form.getOrDefault("DurationSeconds", Integer.toString(DEFAULT_DURATION));
        int seconds = sent.matches("[0-9]{1,9}") ? Integer.parseInt(sent) : 0;
        if (seconds < SHORTEST || seconds > LONGEST) {
            throw StsFault.validation("Value '" + sent + "' at 'durationSeconds' failed to satisfy constraint: "
                    + SHORTEST + " to " + LONGEST);
        }
        return seconds;
    }

    /** About what AWS makes of policy and tags before it compares them with its limit: it does not say how it packs. */
    int packedOctets() {
        var text = new StringBuilder(policy.orElse(""));
        tags.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            var octets = text.toString().getBytes(UTF_8);
            deflater.setInput(octets);
            deflater.finish();
            return deflater.deflate(new byte[octets.length + 64]);
        } finally {
            deflater.end();
        }
    }
}
