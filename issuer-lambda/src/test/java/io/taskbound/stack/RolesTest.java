// SPDX-License-Identifier: Apache-2.0
package io.taskbound.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the template's roles must never let through (threat model R41, R42). RolesOfTheCodeTest asks what they must. */
class RolesTest {
    private static final String POLICY_KEY = KeysOfKms.ARN + "policy";

    private static final String SECRETS_KEY = KeysOfKms.ARN + "secrets";

    private static final String SIGNING_KEY = KeysOfKms.ARN + "signing";
    private static final String OTHER = KeysOfKms.ARN + "another";
    private static final Map<String, String> OUR_TAG = Map.of("aws:ResourceTag/taskbound:table", "taskbound");

    private static Deployment stack(String signer) {
        return StackTemplate.ours()
                .deployed(Map.of("IssuerUrl", "https://tokens.acme.example", "Signer", signer))
                .with(Map.of(
                        "Ledger",
                        "taskbound",
                        "Ledger.Arn",
                        RecordedAws.tableArn("taskbound"),
                        "PolicyKey.Arn",
                        POLICY_KEY,
                        "SecretsKey.Arn",
                        SECRETS_KEY,
                        "SigningKey.Arn",
                        SIGNING_KEY,
                        "SealingKey.Arn",
                        KeysOfKms.ARN + "sealing"));
    }

    private static AccessPolicy role(String name) {
        return AccessPolicy.ofRole(stack("kms"), name);
    }

    private static AccessPolicy policy(String name) {
        return AccessPolicy.managed(stack("kms"), name);
    }

    private static AwsCall write(String action, String... keys) {
        var leading = keys.length == 0 ? Map.<String, List<String>>of() : Map.of("dynamodb:LeadingKeys", List.of(keys));
        return new AwsCall("dynamodb:" + action, RecordedAws.tableArn("taskbound"), leading);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DENY", "POLICY", "KEY", "HOOK", "APP", "A#", "r#x", "XR#y"})
    void theIssuerWritesNothingButTokens(String partition) {
        var issuer = role("IssuerRole");
        assertThat(issuer.allows(write("PutItem", "R#x"))).isTrue();
        assertThat(issuer.allows(write("PutItem", "N#5984784"))).isTrue();
        for (var action : List.of("PutItem", "UpdateItem")) {
            assertThat(issuer.allows(write(action, partition))).isFalse();
            assertThat(issuer.allows(write(action, "R#x", partition))).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "IssuerRole",
                "RotationRole",
                "SweepRole",
                "RotatorPolicy",
                "PublisherPolicy",
                "OperatorPolicy",
                "HooksPolicy",
                "GithubAppsPolicy"
            })
    void nobodyScansOrDeletesOrWritesWithoutAKeyThatIamSees(String name) {
        var policy = name.endsWith("Role") ? role(name) : policy(name);
        for (var action : List.of(
                "Scan",
                "DeleteItem",
                "BatchWriteItem",
                "PartiQLDelete",
                "PartiQLUpdate",
                "DeleteTable",
                "UpdateTable")) {
            assertThat(policy.allows(write(action, "R#x"))).as(action).isFalse();
            assertThat(policy.allows(write(action))).as(action).isFalse();
        }
        assertThat(policy.allows(write("PutItem"))).isFalse();
        assertThat(policy.allows(write("UpdateItem"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "RotationRole,KEY",
        "RotatorPolicy,",
        "PublisherPolicy,POLICY",
        "OperatorPolicy,DENY",
        "HooksPolicy,",
        "GithubAppsPolicy,",
    })
    void eachOtherWritesItsOwnPartitionAlone(String name, @org.jspecify.annotations.Nullable String own) {
        var policy = name.endsWith("Role") ? role(name) : policy(name);
        for (var partition : List.of("KEY", "POLICY", "DENY", "HOOK", "APP", "R#x")) {
            assertThat(policy.allows(write("PutItem", partition)))
                    .as(name + " " + partition)
                    .isEqualTo(partition.equals(own));
        }
    }

    /** It changes records that are there; a token that it could make would be one that nobody signed. */
    @Test
    void theSweeperChangesTokensAndMakesNone() {
        var sweeper = role("SweepRole");
        for (var partition : List.of("R#x", "SL#x")) {
            assertThat(sweeper.allows(write("UpdateItem", partition))).isTrue();
            assertThat(sweeper.allows(write("PutItem", partition))).isFalse();
        }
        for (var partition : List.of("DENY", "POLICY", "KEY", "A#x", "L#x", "r#x", "XR#y")) {
            assertThat(sweeper.allows(write("UpdateItem", partition))).isFalse();
            assertThat(sweeper.allows(write("UpdateItem", "R#x", partition))).isFalse();
        }
        assertThat(sweeper.granted()).noneMatch(each -> each.contains(" kms:"));
        assertThat(sweeper.allows(onKey("Sign", SIGNING_KEY, OUR_TAG))).isFalse();
    }

    private static AwsCall onKey(String action, String arn, Map<String, String> context) {
        var listed = new HashMap<String, List<String>>();
        listed.put("kms:SigningAlgorithm", List.of("ECDSA_SHA_256"));
        context.forEach((name, value) -> listed.put(name, List.of(value)));
        return new AwsCall("kms:" + action, arn, listed);
    }

    /** Who makes secrets of hooks writes those alone, and opens none; the issuer opens them for its own table alone. */
    @Test
    void whoMakesSecretsOfHooksOpensNoneAndWritesNothingElse() {
        var hooks = policy("HooksPolicy");
        var ours = Map.of("kms:EncryptionContext:taskbound:table", "taskbound");
        var foreign = Map.of("kms:EncryptionContext:taskbound:table", "another");
        assertThat(hooks.allows(onKey("Encrypt", SECRETS_KEY, ours))).isTrue();
        assertThat(hooks.allows(onKey("Encrypt", SECRETS_KEY, foreign))).isFalse();
        assertThat(hooks.allows(onKey("Decrypt", SECRETS_KEY, ours))).isFalse();
        assertThat(role("IssuerRole").allows(onKey("Decrypt", SECRETS_KEY, ours)))
                .isTrue();
        assertThat(role("IssuerRole").allows(onKey("Decrypt", SECRETS_KEY, foreign)))
                .isFalse();
        assertThat(role("IssuerRole").allows(onKey("Encrypt", SECRETS_KEY, ours)))
                .isFalse();
        for (var partition : List.of("KEY", "POLICY", "DENY", "HOOK", "APP", "R#x")) {
            assertThat(hooks.allows(write("UpdateItem", partition))).isEqualTo(partition.equals("HOOK"));
        }
    }

    /** Who imports keys of Apps writes those alone, and opens none. */
    @Test
    void whoImportsKeysOfAppsOpensNoneAndWritesNothingElse() {
        var importing = policy("GithubAppsPolicy");
        var ours = Map.of("kms:EncryptionContext:taskbound:table", "taskbound");
        var foreign = Map.of("kms:EncryptionContext:taskbound:table", "another");
        assertThat(importing.allows(onKey("Encrypt", SECRETS_KEY, ours))).isTrue();
        assertThat(importing.allows(onKey("Encrypt", SECRETS_KEY, foreign))).isFalse();
        assertThat(importing.allows(onKey("Decrypt", SECRETS_KEY, ours))).isFalse();
        for (var partition : List.of("KEY", "POLICY", "DENY", "HOOK", "APP", "R#x")) {
            assertThat(importing.allows(write("UpdateItem", partition))).isEqualTo(partition.equals("APP"));
            assertThat(importing.allows(write("BatchGetItem", partition))).isEqualTo(partition.equals("APP"));
        }
    }

    /** By RS256 alone, with the keys that are named alone; none of them signs a token. */
    @Test
    void theIssuerSignsForAppsWithTheNamedKeysAlone() {
        var app = KeysOfKms.ARN + "app";
        var named = AccessPolicy.ofRole(
                StackTemplate.ours()
                        .deployed(Map.of("IssuerUrl", "https://tokens.acme.example", "GithubAppKeyArns", app)),
                "IssuerRole");
        var rs256 = Map.of("kms:SigningAlgorithm", List.of("RSASSA_PKCS1_V1_5_SHA_256"));
        var pss = Map.of("kms:SigningAlgorithm", List.of("RSASSA_PSS_SHA_256"));
        assertThat(named.allows(new AwsCall("kms:Sign", app, rs256))).isTrue();
        assertThat(named.allows(new AwsCall("kms:Sign", app, pss))).isFalse();
        assertThat(named.allows(new AwsCall("kms:Sign", OTHER, rs256))).isFalse();
        assertThat(named.allows(new AwsCall("kms:GetPublicKey", app, Map.of()))).isFalse();
        assertThat(role("IssuerRole").allows(new AwsCall("kms:Sign", app, rs256)))
                .isFalse();
    }

    /** A tag can be written; the policy of a key only by whoever may change who signs. */
    @Test
    void theIssuerSignsWithKeysThatNameItAndNoTagMakesOne() {
        var issuer = role("IssuerRole");
        for (var action : List.of("Sign", "GetPublicKey")) {
            assertThat(issuer.allows(onKey(action, SIGNING_KEY, Map.of()))).isTrue();
            assertThat(issuer.allows(onKey(action, OTHER, OUR_TAG))).isFalse();
            assertThat(issuer.allows(onKey(action, OTHER, Map.of()))).isFalse();
        }
    }

    /** Who rotates has the function do it, and can neither sign nor delete. */
    @ParameterizedTest
    @ValueSource(strings = {"kms", "sealed"})
    void peopleWhoRotateInvokeTheFunctionAndHaveNothingOfKms(String signer) {
        var rotator = AccessPolicy.managed(stack(signer), "RotatorPolicy");
        assertThat(rotator.granted()).noneMatch(each -> each.contains(" kms:"));
        assertThat(rotator.allows(
                        new AwsCall("lambda:InvokeFunction", stack(signer).arn("RotationFunction"), Map.of())))
                .isTrue();
        assertThat(rotator.allows(
                        new AwsCall("lambda:InvokeFunction", stack(signer).arn("IssuerFunction"), Map.of())))
                .isFalse();
    }

    /** What it tags is of no use to it: neither to sign with, nor to delete. */
    @ParameterizedTest
    @ValueSource(strings = {"Sign", "ScheduleKeyDeletion", "GetPublicKey", "DisableKey", "PutKeyPolicy", "CreateGrant"})
    void theTagOpensNoKeyToTheRotation(String action) {
        var context = new HashMap<>(OUR_TAG);
        context.put("kms:ScheduleKeyDeletionPendingWindowInDays", "30");
        assertThat(role("RotationRole").allows(onKey(action, OTHER, context))).isFalse();
    }

    @Test
    void theRotationCannotSignWithTheDeployedKey() {
        assertThat(role("RotationRole").allows(onKey("GetPublicKey", SIGNING_KEY, OUR_TAG)))
                .isTrue();
        assertThat(role("RotationRole").allows(onKey("Sign", SIGNING_KEY, OUR_TAG)))
                .isFalse();
    }

    /** Else everyone whose role says {@code kms:*} on {@code *} could forge tokens. */
    @Test
    void theAccountAdministersTheSigningKeyAndDoesNotSign() {
        var stack = stack("kms");
        var account = AccessPolicy.managed(stack, "AuditorPolicy")
                .andOfKey(
                        SIGNING_KEY, stack.properties("SigningKey").get("KeyPolicy"), "arn:aws:iam::111122223333:root");
        assertThat(account.allows(onKey("PutKeyPolicy", SIGNING_KEY, Map.of()))).isTrue();
        for (var action : List.of("Sign", "CreateGrant", "ReplicateKey", "GenerateMac", "Encrypt", "Decrypt")) {
            assertThat(account.allows(onKey(action, SIGNING_KEY, Map.of())))
                    .as(action)
                    .isFalse();
        }
    }

    @Test
    void theRotatorTagsNoKeyOfAnotherKind() {
        var tag = Map.of("aws:RequestTag/taskbound:table", "taskbound", "aws:TagKeys", "taskbound:table");
        Map.of("kms:KeySpec", "SYMMETRIC_DEFAULT", "kms:KeyUsage", "ENCRYPT_DECRYPT")
                .forEach((name, value) -> {
                    var theirs = new HashMap<>(tag);
                    theirs.put(name, value);
                    assertThat(role("RotationRole").allows(onKey("TagResource", OTHER, theirs)))
                            .as(name)
                            .isFalse();
                });
    }

    @Test
    void theRotatorMakesNoKeyThatNobodyCouldAdminister() {
        var bypassing = Map.of(
                "aws:RequestTag/taskbound:table", "taskbound",
                "kms:KeySpec", "ECC_NIST_P256",
                "kms:KeyUsage", "SIGN_VERIFY",
                "kms:BypassPolicyLockoutSafetyCheck", "true");
        assertThat(role("RotationRole").allows(onKey("CreateKey", "*", bypassing)))
                .isFalse();
    }

    @Test
    void theIssuerReadsThePolicyKeysPublicHalfAndSignsNoPolicy() {
        var issuer = role("IssuerRole");
        assertThat(issuer.allows(onKey("GetPublicKey", POLICY_KEY, Map.of()))).isTrue();
        assertThat(issuer.allows(onKey("Sign", POLICY_KEY, Map.of()))).isFalse();
        assertThat(stack("kms").properties("PolicyKey")).doesNotContainKey("Tags");
    }

    @Test
    void theIssuerMakesTagsAndDeletesNoKey() {
        var tag = Map.of("aws:RequestTag/taskbound:table", "taskbound", "aws:TagKeys", "taskbound:table");
        for (var action : List.of("CreateKey", "TagResource", "ScheduleKeyDeletion", "PutKeyPolicy", "CreateGrant")) {
            assertThat(role("IssuerRole").allows(onKey(action, POLICY_KEY, tag)))
                    .as(action)
                    .isFalse();
        }
    }

    /** With the tag, the issuer could sign policies. */
    @Test
    void theRotatorCannotTagThePolicyKey() {
        var tag = Map.of("aws:RequestTag/taskbound:table", "taskbound", "aws:TagKeys", "taskbound:table");
        assertThat(role("RotationRole").allows(onKey("TagResource", POLICY_KEY, tag)))
                .isFalse();
    }

    /** With the tag, it could sign with them and delete them. */
    @Test
    void theRotatorTagsAKeyThatItMakesAndNoneThatServesSomethingElse() {
        var made = Map.of("aws:RequestTag/taskbound:table", "taskbound", "aws:TagKeys", "taskbound:table");
        var other = "arn:aws:kms:eu-central-1:111122223333:key/another";
        assertThat(role("RotationRole").allows(onKey("TagResource", other, made)))
                .isTrue();
        Map.of("aws:ResourceTag/aws:cloudformation:stack-id", "arn:of-a-stack", "kms:ResourceAliases", "alias/billing")
                .forEach((name, value) -> {
                    var theirs = new HashMap<>(made);
                    theirs.put(name, value);
                    assertThat(role("RotationRole").allows(onKey("TagResource", other, theirs)))
                            .as(name)
                            .isFalse();
                });
    }

    @Test
    void theRotatorMakesNoKeyWithoutTheTagOrOfAnotherKind() {
        var right = Map.of(
                "aws:RequestTag/taskbound:table", "taskbound",
                "kms:KeySpec", "ECC_NIST_P256",
                "kms:KeyUsage", "SIGN_VERIFY");
        assertThat(role("RotationRole").allows(onKey("CreateKey", "*", right))).isTrue();
        right.keySet().forEach(name -> {
            var wrong = new HashMap<>(right);
            wrong.put(name, "another");
            assertThat(role("RotationRole").allows(onKey("CreateKey", "*", wrong)))
                    .as(name)
                    .isFalse();
        });
    }

    @Test
    void aSealedKeyOpensForItsTableAlone() {
        var issuer = AccessPolicy.ofRole(stack("sealed"), "IssuerRole");
        var sealing = stack("sealed").output("SigningKeyArn");
        assertThat(issuer.allows(
                        onKey("Decrypt", sealing, Map.of("kms:EncryptionContext:taskbound:table", "taskbound"))))
                .isTrue();
        assertThat(issuer.allows(onKey("Decrypt", sealing, Map.of("kms:EncryptionContext:taskbound:table", "other"))))
                .isFalse();
        assertThat(issuer.allows(onKey("Decrypt", sealing, Map.of()))).isFalse();
        assertThat(issuer.granted()).noneMatch(each -> each.contains("kms:Sign") || each.contains("kms:Encrypt"));
    }

    /** Its code reads lines of the audit log and talks to a bus: it must be worth nothing to whoever takes it over. */
    @Test
    void theFunctionThatPublishesEventsMayDoThatInOurNameAndNothingElse() {
        var stack = StackTemplate.ours()
                .deployed(Map.of("IssuerUrl", "https://tokens.acme.example", "EventBusName", "ci/events"));
        var events = AccessPolicy.ofRole(stack, "EventsRole");
        var bus = "arn:aws:events:eu-central-1:111122223333:event-bus/ci/events";
        assertThat(events.allows(put(bus, "taskbound"))).isTrue();
        assertThat(events.allows(put(bus, "aws.guardduty"))).isFalse();
        assertThat(events.allows(put(bus.replace("ci/events", "default"), "taskbound")))
                .isFalse();
        assertThat(events.granted())
                .containsExactlyInAnyOrder(
                        "WriteItsLog logs:CreateLogStream",
                        "WriteItsLog logs:PutLogEvents",
                        "PublishInItsOwnName events:PutEvents",
                        "PutAwayWhatFailed sqs:SendMessage");
    }

    private static AwsCall put(String bus, String source) {
        return new AwsCall("events:PutEvents", bus, Map.of("events:source", List.of(source)));
    }

    /** A key that is bound to no token would open for each of them. */
    @Test
    void theIssuerSealsForATokenOfItsOwnTableAlone() {
        var issuer = role("IssuerRole");
        var table = "kms:EncryptionContext:taskbound:table";
        var token = "kms:EncryptionContext:taskbound:credential";
        assertThat(issuer.allows(onKey("GenerateDataKey", SECRETS_KEY, Map.of(table, "taskbound", token, "R.P"))))
                .isTrue();
        assertThat(issuer.allows(onKey("GenerateDataKey", SECRETS_KEY, Map.of(table, "taskbound"))))
                .isFalse();
        assertThat(issuer.allows(onKey("GenerateDataKey", SECRETS_KEY, Map.of(table, "another", token, "R.P"))))
                .isFalse();
        assertThat(issuer.allows(onKey("GenerateDataKey", OTHER, Map.of(table, "taskbound", token, "R.P"))))
                .isFalse();
    }

    /** The issuer's role could otherwise be the way to every role that trusts its account. */
    @Test
    void theIssuerAssumesTheNamedRolesAloneAndNoneUnlessTheyAreNamed() {
        var mine = "arn:aws:iam::111122223333:role/migration";
        var other = "arn:aws:iam::444455556666:role/path/to/reports";
        var stack = StackTemplate.ours()
                .deployed(Map.of("IssuerUrl", "https://tokens.acme.example", "CredentialRoleArns", mine + "," + other));
        var issuer = AccessPolicy.ofRole(stack, "IssuerRole");
        for (var action : List.of("sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity")) {
            assertThat(issuer.allows(new AwsCall(action, mine, Map.of()))).isTrue();
            assertThat(issuer.allows(new AwsCall(action, other, Map.of()))).isTrue();
            assertThat(issuer.allows(new AwsCall(action, mine + "-admin", Map.of())))
                    .isFalse();
            assertThat(role("IssuerRole").allows(new AwsCall(action, mine, Map.of())))
                    .isFalse();
        }
        assertThat(issuer.granted())
                .filteredOn(each -> each.contains(" sts:"))
                .containsExactly(
                        "AssumeTheRolesOfSteps sts:AssumeRole",
                        "AssumeTheRolesOfSteps sts:TagSession",
                        "AssumeTheRolesOfSteps sts:SetSourceIdentity");
    }

    /** {@code --stack} of the command line; IAM may be asked for the stack by its name alone. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "AuditorPolicy",
                "OperatorPolicy",
                "RotatorPolicy",
                "HooksPolicy",
                "GithubAppsPolicy",
                "PublisherPolicy"
            })
    void peopleFindTheOutputsOfThisStackAlone(String name) {
        var stack = "arn:aws:cloudformation:eu-central-1:111122223333:stack/";
        for (var ours : List.of(stack + "taskbound/*", stack + "taskbound/1a2b-3c")) {
            assertThat(policy(name).allows(new AwsCall("cloudformation:DescribeStacks", ours, Map.of())))
                    .isTrue();
        }
        for (var other : List.of(stack + "taskbound-2/1a2b-3c", stack + "billing/*", "*")) {
            assertThat(policy(name).allows(new AwsCall("cloudformation:DescribeStacks", other, Map.of())))
                    .isFalse();
        }
    }

    @Test
    void theAuditorChangesNothing() {
        assertThat(policy("AuditorPolicy").granted())
                .allMatch(each -> each.matches(
                        "\\w+ \\w+:(Get|List|Describe|BatchGetItem|Query|FilterLogEvents|StartQuery|StopQuery).*"));
    }
}
