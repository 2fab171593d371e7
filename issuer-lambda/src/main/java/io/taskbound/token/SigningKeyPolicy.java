// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The policy of a new KMS signing key: who may sign with it is said there and nowhere else. The account administers the
 * key and signs with it no more; the rotation tries it while it is new.
 *
 * @param issuerRole ARN of the role that signs with it
 * @param rotationRole ARN of the role that makes it, tries it, and gives it back if it is of no use
 */
public record SigningKeyPolicy(String issuerRole, String rotationRole) {
    /** For the proof that it signs, and for giving it back. */
    static final Duration NEW = Duration.ofMinutes(10);

    /** Whatever does not sign and gives nobody else a right to. */
    static final List<String> ADMINISTRATION = List.of(
            "kms:Describe*",
            "kms:Get*",
            "kms:List*",
            "kms:PutKeyPolicy",
            "kms:Enable*",
            "kms:Disable*",
            "kms:Update*",
            "kms:CreateAlias",
            "kms:DeleteAlias",
            "kms:RevokeGrant",
            "kms:TagResource",
            "kms:UntagResource",
            "kms:ScheduleKeyDeletion",
            "kms:CancelKeyDeletion");

    private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::[0-9]{12}:role/[\\w+=,.@/-]{1,512}");

    public SigningKeyPolicy {
        if (!isRole(issuerRole) || !isRole(rotationRole)) {
            throw new IllegalArgumentException("issuerRole and rotationRole must be ARNs of IAM roles");
        }
    }

    public static boolean isRole(String arn) {
        return ROLE.matcher(arn).matches();
    }

    /** The policy of a key that is made now. */
    public String text(Instant now) {
        var until = now.plus(NEW).truncatedTo(ChronoUnit.SECONDS).toString();
        var whileNew = condition("DateLessThan", "aws:CurrentTime", until);
        var withOurAlgorithm = condition("StringEquals", "kms:SigningAlgorithm", "ECDSA_SHA_256");
        return JsonText.of(JsonObject.builder()
                .put("Version", "2012-10-17")
                .put(
                        "Statement",
                        array(Stream.of(
                                statement("TheAccountAdministers", root(), ADMINISTRATION, JsonObject.EMPTY),
                                statement("TheIssuerSigns", issuerRole, List.of("kms:Sign"), withOurAlgorithm),
                                statement(
                                        "TheIssuerPublishes",
                                        issuerRole,
                                        List.of("kms:GetPublicKey"),
                                        JsonObject.EMPTY),
                                statement(
                                        "TheRotationTriesItWhileItIsNew",
                                        rotationRole,
                                        List.of("kms:GetPublicKey", "kms:Sign", "kms:ScheduleKeyDeletion"),
                                        whileNew))))
                .build());
    }

    private String root() {
        return issuerRole.substring(0, issuerRole.indexOf(":role/")) + ":root";
    }

    private static JsonObject statement(String sid, String principal, List<String> actions, JsonObject condition) {
        var statement = JsonObject.builder()
                .put("Sid", sid)
                .put("Effect", "Allow")
                .put("Principal", JsonObject.builder().put("AWS", principal).build())
                .put("Action", array(actions.stream().map(JsonString::new)))
                .put("Resource", "*");
        return condition.members().isEmpty()
                ? statement.build()
                : statement.put("Condition", condition).build();
    }

    private static JsonObject condition(String operator, String key, String value) {
        return JsonObject.builder()
                .put(operator, JsonObject.builder().put(key, value).build())
                .build();
    }

    private static JsonArray array(Stream<? extends JsonValue> items) {
        return new JsonArray(items.<JsonValue>map(item -> item).toList());
    }
}
