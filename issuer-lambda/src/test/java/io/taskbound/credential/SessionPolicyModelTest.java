// SPDX-License-Identifier: Apache-2.0
package io.taskbound.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.policy.ArnTemplate;
import io.taskbound.policy.AwsRole;
import io.taskbound.task.Permission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The session policies of random grants, asked by a model of IAM: each opens exactly what the grant names, no object
 * beside it, no listing beside it and nothing after its time.
 */
class SessionPolicyModelTest {
    private static final int GRANTS = 1_500;
    private static final int QUESTIONS = 60;
    private static final Instant END = Instant.parse("2026-12-01T20:00:00Z");

    private static final Map<String, List<String>> ACTIONS = Map.of(
            "read", List.of("s3:GetObject", "s3:GetObjectTagging"),
            "old", List.of("s3:GetObjectVersion", "s3:ListBucketVersions"),
            "write", List.of("s3:PutObject", "s3:AbortMultipartUpload"),
            "list", List.of("s3:ListBucket"),
            "both", List.of("s3:DeleteObject", "dynamodb:DeleteItem"),
            "count", List.of("dynamodb:UpdateItem"));
    private static final List<String> IAM =
            ACTIONS.values().stream().flatMap(List::stream).toList();
    private static final AwsRole ROLE = new AwsRole(
            "arn:aws:iam::111122223333:role/migration",
            ACTIONS,
            List.of(
                    new ArnTemplate("table:{name}", List.of("arn:aws:dynamodb:eu-central-1:111122223333:table/{name}")),
                    new ArnTemplate(
                            "part:{table}/{part}",
                            List.of(
                                    "arn:aws:dynamodb:eu-central-1:111122223333:table/{table}/stream/{part}",
                                    "arn:aws:dynamodb:eu-central-1:111122223333:table/{table}/index/{part}"))),
            Optional.empty());

    private final SplittableRandom random = new SplittableRandom(14);

    private record Question(String action, String resource, Optional<String> prefix) {}

    @Test
    void opensWhatTheGrantNamesAndNothingElse() {
        int delivered = 0;
        int allowed = 0;
        for (int i = 0; i < GRANTS; i++) {
            var grant = grant();
            var policy = policy(grant);
            if (policy.isEmpty()) {
                continue;
            }
            delivered++;
            assertThat(policy.get().length()).isLessThanOrEqualTo(2048);
            var model = new IamModel(policy.get());
            for (int j = 0; j < QUESTIONS; j++) {
                var question = question(grant);
                boolean expected = names(grant, question);
                allowed += expected ? 1 : 0;
                assertThat(model.allows(question.action(), question.resource(), question.prefix(), END.minusMillis(1)))
                        .as("%s by %s of %s", question, policy.get(), grant)
                        .isEqualTo(expected);
                assertThat(model.allows(question.action(), question.resource(), question.prefix(), END))
                        .isFalse();
            }
        }
        assertThat(delivered).as("grants that could be delivered").isGreaterThan(GRANTS / 4);
        assertThat(allowed).as("questions that were allowed").isGreaterThan(GRANTS);
    }

    private static Optional<String> policy(List<Permission> grant) {
        try {
            return Optional.of(AwsAccess.of(ROLE, grant).sessionPolicy(END));
        } catch (NotDeliverable refused) {
            return Optional.empty();
        }
    }

    /** From the grant's words alone. */
    private static boolean names(List<Permission> grant, Question question) {
        return grant.stream().anyMatch(permission -> names(permission, question));
    }

    private static boolean names(Permission permission, Question question) {
        var identifier = permission.identifier().value();
        var iam = permission.actions().stream()
                .flatMap(action -> ACTIONS.get(action).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        if (!identifier.startsWith("s3:")) {
            var name = identifier.substring(identifier.indexOf(':') + 1);
            var parts = name.split("/");
            var table = "arn:aws:dynamodb:eu-central-1:111122223333:table/";
            var arns = identifier.startsWith("table:")
                    ? List.of(table + name)
                    : List.of(table + parts[0] + "/stream/" + parts[1], table + parts[0] + "/index/" + parts[1]);
            return question.action().startsWith("dynamodb:")
                    && iam.contains(question.action())
                    && arns.contains(question.resource());
        }
        var place = identifier.substring("s3:".length());
        var bucket = place.substring(0, place.indexOf('/'));
        var key = place.substring(place.indexOf('/') + 1);
        boolean isPrefix = key.endsWith("/");
        if (question.action().startsWith("s3:ListBucket")) {
            boolean lists = iam.contains(question.action())
                    || (question.action().equals("s3:ListBucket")
                            && iam.stream().anyMatch(action -> action.startsWith("s3:GetObject")));
            return isPrefix
                    && lists
                    && question.resource().equals("arn:aws:s3:::" + bucket)
                    && question.prefix()
                            .filter(prefix -> prefix.startsWith(key))
                            .isPresent();
        }
        var object = "arn:aws:s3:::" + bucket + "/" + key;
        return iam.contains(question.action())
                && question.action().startsWith("s3:")
                && (isPrefix
                        ? question.resource().startsWith(object)
                        : question.resource().equals(object));
    }

    private List<Permission> grant() {
        var grant = new ArrayList<Permission>();
        for (int objects = 1 + random.nextInt(4); objects > 0; objects--) {
            var actions = new TreeSet<String>();
            for (int more = 1 + random.nextInt(3); more > 0; more--) {
                actions.add(one(List.of("read", "old", "write", "list", "both", "both", "count")));
            }
            grant.add(Grants.permission(identifier(), actions.toArray(String[]::new)));
        }
        return grant;
    }

    private String identifier() {
        return switch (random.nextInt(8)) {
            case 0 -> "table:" + name();
            case 1 -> "part:" + name() + "/" + name();
            case 2 -> "s3:" + bucket() + "/" + name();
            default -> "s3:" + bucket() + "/" + (random.nextBoolean() ? name() + "/" : "") + name() + "/";
        };
    }

    /** Near to what is granted, so that one character decides. */
    private Question question(List<Permission> grant) {
        var action = one(IAM);
        var near = one(grant).identifier().value();
        if (action.startsWith("dynamodb:")) {
            var name = near.substring(near.indexOf(':') + 1);
            var kind = near.startsWith("part:") ? one(List.of("/stream/", "/index/", "/")) : "/";
            return new Question(
                    action,
                    "arn:aws:dynamodb:eu-central-1:111122223333:table/" + changed(name.replace("/", kind)),
                    Optional.empty());
        }
        var place = near.startsWith("s3:") ? near.substring("s3:".length()) : bucket() + "/" + name();
        int slash = place.indexOf('/');
        var bucket = random.nextInt(6) == 0 ? bucket() : place.substring(0, slash);
        var key = changed(place.substring(slash + 1));
        return action.startsWith("s3:ListBucket")
                ? new Question(
                        action, "arn:aws:s3:::" + bucket, random.nextInt(8) == 0 ? Optional.empty() : Optional.of(key))
                : new Question(action, "arn:aws:s3:::" + bucket + "/" + key, Optional.empty());
    }

    private String changed(String text) {
        return switch (random.nextInt(6)) {
            case 0 -> text.substring(0, text.length() - 1);
            case 1 -> text + one(List.of("a", "/", "/a", "*", "?"));
            case 2 -> name() + "/" + text;
            case 3 -> text + name();
            case 4 -> "";
            default -> text;
        };
    }

    private String bucket() {
        return one(List.of("exports", "exports-2", "new.lake"));
    }

    private String name() {
        return one(List.of("a", "ab", "b", "orders", "a.b", "a_b-c"));
    }

    private <T> T one(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }
}
