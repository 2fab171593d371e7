// SPDX-License-Identifier: Apache-2.0
package io.taskbound.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a reviewer of the template looks for, and the sentences that wrong parameters fail with. */
class TemplateTest {
    private static final String CERTIFICATE = "arn:aws:acm:us-east-1:111122223333:certificate/1234abcd";
    private static final String WEB_ACL = "arn:aws:wafv2:us-east-1:111122223333:global/webacl/taskbound/1234abcd";
    private static final Map<String, String> NAMED = Map.of("IssuerUrl", "https://tokens.acme.example");
    private static final Map<String, String> TRIAL = Map.of("IssuerUrl", "auto", "Protect", "false");
    private static final Map<String, String> CLOUDFRONT = Map.of(
            "CertificateArn", CERTIFICATE,
            "CloudFrontCertificateArn", CERTIFICATE,
            "WebAclArn", WEB_ACL,
            "OriginDomain", "origin.tokens.acme.example");
    private static final Map<String, String> PUBLISHER =
            Map.of("PublisherRepository", "acme/policies", "PublisherRepositoryId", "2002", "PublisherOwnerId", "1001");
    private static final Pattern HOLE = Pattern.compile("\\$\\{(\\w+)}");
    private final StackTemplate template = StackTemplate.ours();

    private Deployment named(Map<String, String> others) {
        var all = new HashMap<>(NAMED);
        all.putAll(others);
        return template.deployed(all);
    }

    @Test
    void asksForTheIssuersUrlFirstAndSaysThatItIsPermanent() {
        var first = template.section("Parameters").entrySet().iterator().next();
        assertThat(first.getKey()).isEqualTo("IssuerUrl");
        assertThat(StackTemplate.map(first.getValue()).get("Description").toString())
                .startsWith("PERMANENT.");
        assertThat(StackTemplate.map(first.getValue())).doesNotContainKey("Default");
    }

    @Test
    void everyParameterIsExplainedGroupedAndRefusedInASentence() {
        var groups = StackTemplate.map(template.section("Metadata").get("AWS::CloudFormation::Interface"));
        var grouped = StackTemplate.list(groups.get("ParameterGroups")).stream()
                .flatMap(group -> StackTemplate.list(StackTemplate.map(group).get("Parameters")).stream())
                .map(Object::toString)
                .toList();
        assertThat(grouped)
                .containsExactlyInAnyOrderElementsOf(
                        template.section("Parameters").keySet());
        template.section("Parameters").forEach((name, declared) -> {
            assertThat(StackTemplate.map(declared)).as(name).containsKey("Description");
            if (!"CommaDelimitedList".equals(StackTemplate.map(declared).get("Type"))) {
                assertThat(StackTemplate.map(declared)).as(name).containsKey("ConstraintDescription");
            }
        });
    }

    @Test
    void theReadmeNamesEveryParameterAndItsDefault() throws IOException {
        var readme = Files.readString(StackTemplate.ROOT.resolve("infra/README.md"));
        var table = readme.lines().filter(line -> line.startsWith("| `")).toList();
        template.section("Parameters").forEach((name, declared) -> {
            var otherwise =
                    StackTemplate.map(declared).getOrDefault("Default", "none").toString();
            assertThat(table)
                    .as(name)
                    .anyMatch(line -> line.split("\\|")[1].contains("`" + name + "`")
                            && line.split("\\|")[2].contains(otherwise.isEmpty() ? "empty" : otherwise));
        });
    }

    @Test
    void everyParameterIsUsed() {
        var parts = List.of("Resources", "Outputs", "Conditions", "Globals").stream()
                .map(template::section)
                .toList();
        var inTexts = HOLE.matcher(parts.toString()).results().map(hole -> hole.group(1));
        var used = Stream.concat(parts.stream().flatMap(part -> StackTemplate.uses(part, "Ref").stream()), inTexts)
                .map(Object::toString)
                .collect(Collectors.toSet());
        assertThat(used).containsAll(template.section("Parameters").keySet());
    }

    @Test
    void acceptsATrialANameCloudFrontAPrivateApiAndAPublisher() {
        assertThat(template.deployed(TRIAL).refusals()).isEmpty();
        assertThat(named(Map.of()).refusals()).isEmpty();
        assertThat(named(Map.of("CertificateArn", CERTIFICATE, "HostedZoneId", "Z1D633PJN98FT9"))
                        .refusals())
                .isEmpty();
        assertThat(named(CLOUDFRONT).refusals()).isEmpty();
        assertThat(named(Map.of("CertificateArn", CERTIFICATE, "VpcEndpointId", "vpce-0123456789abcdef0"))
                        .refusals())
                .isEmpty();
        assertThat(named(PUBLISHER).refusals()).isEmpty();
        var roles = "arn:aws:iam::111122223333:role/a,arn:aws-cn:iam::444455556666:role/path/to/b";
        assertThat(named(Map.of("CredentialRoleArns", roles)).refusals()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Auto",
                "http://tokens.acme.example",
                "https://tokens.acme.example/",
                "https://tokens.acme.example/x",
                "https://tokens.acme.example:8443",
                "https://tokens",
                "https://Tokens.acme.example",
                "https://tokens.acme.example?x",
                "https://user@tokens.acme.example",
                "https://-tokens.acme.example",
                "https://tokens.acme.example\n",
            })
    void refusesAnIssuerUrlThatIsNone(String url) {
        assertThat(template.deployed(Map.of("IssuerUrl", url)).refusals())
                .anyMatch(sentence -> sentence.startsWith("IssuerUrl is \"auto\" for a trial"));
    }

    @ParameterizedTest
    @CsvSource({
        "Signer,KMS,Signer is kms or sealed",
        "Protect,yes,Protect is true",
        "RotateAfterDays,0,RotateAfterDays is a whole number",
        "ThrottleRate,10001,ThrottleRate is a whole number",
        "PolicyFile,../../x y,PolicyFile is empty",
        "PrivateProviderHosts,'a, b',PrivateProviderHosts is empty",
        "CertificateArn,arn:aws:iam::111122223333:server-certificate/x,CertificateArn is empty",
        "CloudFrontCertificateArn,arn:aws:acm:eu-central-1:111122223333:certificate/1,CloudFrontCertificateArn is empty",
        "WebAclArn,arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/x/1,WebAclArn is empty",
        "VpcEndpointId,vpc-0123,VpcEndpointId is empty",
        "HostedZoneId,tokens.acme.example,HostedZoneId is empty",
        "PublisherRepository,acme,PublisherRepository is empty",
        "PublisherEnvironment,a*,PublisherEnvironment is the name",
        "OriginTruststoreUri,https://x/y,OriginTruststoreUri is empty",
        "AlarmTopic,alarms,AlarmTopic is empty",
        "AuditDays,401,AuditDays is one of",
        "EventBusName,my bus,EventBusName is empty",
        "CredentialRoleArns,migration,CredentialRoleArns is empty",
        "CredentialRoleArns,arn:aws:iam::111122223333:role/*,CredentialRoleArns is empty",
        "CredentialRoleArns,'arn:aws:iam::111122223333:role/a, arn:aws:iam::111122223333:role/b',CredentialRoleArns is",
        "CredentialRoleArns,'arn:aws:iam::111122223333:role/a,arn:aws:iam::111122223333:user/b',CredentialRoleArns is",
        "Tracing,on,Tracing is none or xray",
        "BudgetUsd,-1,BudgetUsd is a whole number",
        "BudgetEmail,somebody,BudgetEmail is empty",
        "BudgetEmail,'a@acme.example,b@acme.example',BudgetEmail is empty",
        "MissingCloseThreshold,0,MissingCloseThreshold is a whole number",
        "GithubProviderArn,arn:aws:iam::111122223333:oidc-provider/evil.example,GithubProviderArn is empty",
    })
    void refusesAParameterInASentence(String name, String value, String sentence) {
        assertThat(named(Map.of(name, value)).refusals()).anyMatch(each -> each.startsWith(sentence));
    }

    @Test
    void refusesAMadeUpUrlForMoreThanATrial() {
        assertThat(template.deployed(Map.of("IssuerUrl", "auto")).refusals())
                .singleElement()
                .asString()
                .startsWith("IssuerUrl=auto is for a trial");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CertificateArn", "WebAclArn", "OriginDomain"})
    void refusesCloudFrontWithoutOneOfItsParts(String part) {
        var lacking = new HashMap<>(CLOUDFRONT);
        lacking.remove(part);
        assertThat(named(lacking).refusals()).singleElement().asString().startsWith("CloudFront needs " + part);
    }

    @Test
    void refusesHalfOfWhatBelongsTogether() {
        assertThat(named(Map.of("WebAclArn", WEB_ACL)).refusals()).hasSize(1);
        assertThat(named(Map.of("PublisherRepository", "acme/policies")).refusals())
                .hasSize(1);
        assertThat(named(Map.of("PublisherRepositoryId", "2002")).refusals()).hasSize(1);
        assertThat(named(Map.of("VpcEndpointId", "vpce-0123456789abcdef0")).refusals())
                .hasSize(1);
        var half = new HashMap<>(CLOUDFRONT);
        half.put("OriginTruststoreUri", "s3://acme/ca.pem");
        assertThat(named(half).refusals()).hasSize(1);
    }

    @Test
    void tracesOnlyWhatItIsToldToTraceAndMayOnlyThen() {
        assertThat(named(Map.of()).properties("IssuerFunction")).containsEntry("Tracing", "PassThrough");
        assertThat(AccessPolicy.ofRole(named(Map.of()), "IssuerRole").granted())
                .noneMatch(each -> each.contains(" xray:"));
        var traced = named(Map.of("Tracing", "xray"));
        assertThat(traced.properties("IssuerFunction")).containsEntry("Tracing", "Active");
        assertThat(AccessPolicy.ofRole(traced, "IssuerRole").granted())
                .contains("WriteTraces xray:PutTraceSegments", "WriteTraces xray:PutTelemetryRecords");
    }

    @Test
    void theBudgetTellsWhoIsNamedAndIsNotThereOtherwise() {
        assertThat(named(Map.of()).has("Budget")).isFalse();
        var limited = named(Map.of("BudgetUsd", "40", "BudgetEmail", "ops@acme.example"));
        assertThat(limited.refusals()).isEmpty();
        assertThat(limited.has("Budget")).isTrue();
        assertThat(limited.properties("Budget").toString())
                .contains("Amount=40", "NotificationType=ACTUAL", "NotificationType=FORECASTED")
                .contains("Address=ops@acme.example");
        assertThat(named(Map.of("BudgetUsd", "40")).refusals()).hasSize(1);
        assertThat(named(Map.of("BudgetEmail", "ops@acme.example")).refusals()).hasSize(1);
    }

    /** Nothing of a trial stays; of a protected stack whatever cannot be made again. */
    @ParameterizedTest
    @ValueSource(strings = {"Ledger", "DataKey", "SigningKey", "PolicyKey", "AuditLog"})
    void keepsWhatCannotBeMadeAgain(String resource) {
        assertThat(named(Map.of()).attribute(resource, "DeletionPolicy")).isEqualTo("Retain");
        assertThat(named(Map.of()).attribute(resource, "UpdateReplacePolicy")).isEqualTo("Retain");
        assertThat(template.deployed(TRIAL).attribute(resource, "DeletionPolicy"))
                .isEqualTo("Delete");
    }

    @Test
    void aConditionInADeletionPolicyHasTheTransformThatItNeeds() {
        assertThat(StackTemplate.list(template.top("Transform")).get(0)).isEqualTo("AWS::LanguageExtensions");
    }

    @Test
    void theTableIsTheCodesWithAllThatKeepsIt() {
        var table = named(Map.of()).properties("Ledger");
        assertThat(table)
                .containsEntry("BillingMode", "PAY_PER_REQUEST")
                .containsEntry("DeletionProtectionEnabled", "true")
                .containsEntry("TimeToLiveSpecification", Map.of("AttributeName", "ttl", "Enabled", "true"))
                .containsEntry("PointInTimeRecoverySpecification", Map.of("PointInTimeRecoveryEnabled", "true"));
        assertThat(StackTemplate.map(table.get("SSESpecification")))
                .containsEntry("SSEType", "KMS")
                .containsKey("KMSMasterKeyId");
    }

    @Test
    void theFunctionIsPublishedFromASnapshotAndTakenBackByAnAlarm() {
        var function = named(Map.of()).properties("IssuerFunction");
        assertThat(function)
                .containsEntry("SnapStart", Map.of("ApplyOn", "PublishedVersions"))
                .containsEntry("AutoPublishAlias", "live")
                .containsEntry("AutoPublishAliasAllProperties", "true")
                .containsEntry("ReservedConcurrentExecutions", "100");
        assertThat(StackTemplate.map(function.get("DeploymentPreference")))
                .containsEntry("Type", "Canary10Percent5Minutes")
                .containsEntry("Alarms", List.of("made-of-RolloutErrors"));
        assertThat(named(Map.of("ReservedConcurrency", "0")).properties("IssuerFunction"))
                .doesNotContainKey("ReservedConcurrentExecutions");
    }

    /** A bucket for each kind of request, and a small one for what no client sends. */
    @Test
    void junkHasAThrottleOfItsOwnAndClosingAnother() {
        var stack = named(Map.of());
        assertThat(List.of(
                        "Mint",
                        "Revoke",
                        "Renew",
                        "Redeem",
                        "Receipt",
                        "Introspect",
                        "Evaluations",
                        "Approvals",
                        "Approval",
                        "ApprovalPages",
                        "Documents",
                        "StatusList",
                        "Health",
                        "EveryPath"))
                .extracting(route -> stack.properties(route).get("RouteKey"))
                .containsExactly(
                        "POST /token",
                        "POST /revoke",
                        "POST /renew",
                        "POST /redeem",
                        "POST /receipt",
                        "POST /introspect",
                        "POST /access/v1/{evaluations}",
                        "POST /approvals",
                        "POST /approvals/{id}",
                        "ANY /approve/{proxy+}",
                        "GET /.well-known/{document}",
                        "GET /status/{list}",
                        "GET /healthz",
                        "$default");
        assertThat(StackTemplate.map(stack.properties("ApiStage").get("RouteSettings")))
                .containsOnlyKeys("$default")
                .extractingByKey("$default")
                .asString()
                .contains("ThrottlingRateLimit=10,", "ThrottlingBurstLimit=20,");
        assertThat(stack.properties("ApiStage").get("Description").toString())
                .as("the stage waits for the route whose settings it has")
                .contains("made-of-EveryPath");
    }

    @ParameterizedTest
    @CsvSource({"ApiStage,AccessLogSettings", "PrivateStage,AccessLogSetting"})
    void bothApisThrottleAndKeepAnAccessLogWithoutSecrets(String stage, String log) {
        var properties = named(Map.of()).properties(stage);
        assertThat(properties.toString()).contains("ThrottlingRateLimit=150", "ThrottlingBurstLimit=300");
        assertThat(StackTemplate.map(properties.get(log)).get("Format").toString())
                .contains("$context.requestId", "$context.status")
                .doesNotContainIgnoringCase("authoriz", "header", "body", "query");
    }

    @Test
    void theAuditLogIsKeptFor400Days() {
        assertThat(named(Map.of()).properties("AuditLog")).containsEntry("RetentionInDays", "400");
    }

    @Test
    void aMadeUpUrlIsTheApisAndTheApiNamesNoFunction() {
        var trial = template.deployed(TRIAL).with(Map.of("Api", "abc123"));
        assertThat(trial.output("IssuerUrl")).isEqualTo("https://abc123.execute-api.eu-central-1.amazonaws.com");
        assertThat(trial.output("JwksUrl"))
                .isEqualTo("https://abc123.execute-api.eu-central-1.amazonaws.com/.well-known/jwks.json");
        assertThat(trial.properties("Api").toString()).doesNotContain("made-of-");
    }

    @Test
    void theOutputsSayWhatAnAdministratorExportsAndWhereTheDashboardIs() {
        var trial = template.deployed(TRIAL).with(Map.of("Api", "abc123", "Dashboard", "taskbound-eu-central-1"));
        assertThat(trial.output("CommandLineSettings"))
                .isEqualTo("export AWS_REGION=eu-central-1 TASKBOUND_STACK=taskbound"
                        + " TASKBOUND_ISSUER=https://abc123.execute-api.eu-central-1.amazonaws.com");
        assertThat(trial.output("DashboardUrl"))
                .isEqualTo("https://eu-central-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1"
                        + "#dashboards/dashboard/taskbound-eu-central-1");
    }

    /** The issuer packs a status list for whoever takes gzip; a cache that mixes the two breaks those who do not. */
    @Test
    void theCacheTellsWhoTakesGzip() {
        assertThat(named(CLOUDFRONT).properties("AsLongAsTheIssuerSays").toString())
                .contains("EnableAcceptEncodingGzip=true");
    }

    @Test
    void aNameOfItsOwnTurnsTheMadeUpOneOff() {
        assertThat(named(Map.of("CertificateArn", CERTIFICATE)).properties("Api"))
                .containsEntry("DisableExecuteApiEndpoint", "true");
        assertThat(named(Map.of("CertificateArn", CERTIFICATE)).properties("Domain"))
                .containsEntry("DomainName", "tokens.acme.example");
        assertThat(named(CLOUDFRONT).properties("Domain")).containsEntry("DomainName", "origin.tokens.acme.example");
        assertThat(named(CLOUDFRONT).properties("Distribution").toString())
                .contains("Aliases=[tokens.acme.example]", "WebACLId=" + WEB_ACL);
    }

    @Test
    void aPrivateApiLeavesKeysAndMetadataInPublic() {
        var hidden = named(Map.of("CertificateArn", CERTIFICATE, "VpcEndpointId", "vpce-0123456789abcdef0"));
        var routes = template.section("Resources").entrySet().stream()
                .filter(each -> "AWS::ApiGatewayV2::Route"
                        .equals(StackTemplate.map(each.getValue()).get("Type")))
                .map(Map.Entry::getKey)
                .filter(hidden::has)
                .map(name -> hidden.properties(name).get("RouteKey").toString())
                .collect(Collectors.toSet());
        assertThat(routes)
                .isEqualTo(Set.of(
                        "GET /.well-known/jwks.json",
                        "GET /.well-known/oauth-authorization-server",
                        "GET /.well-known/openid-configuration"));
        assertThat(hidden.properties("PrivateApi").toString()).contains("aws:SourceVpce=vpce-0123456789abcdef0");
    }

    @Test
    void aPublisherIsOneEnvironmentOfOneRepositoryByItsNumber() {
        var trust = named(PUBLISHER).properties("PublisherRole").get("AssumeRolePolicyDocument");
        var statement = StackTemplate.map(
                StackTemplate.list(StackTemplate.map(trust).get("Statement")).get(0));
        var github = "token.actions.githubusercontent.com:";
        assertThat(StackTemplate.map(statement.get("Condition")))
                .isEqualTo(Map.of(
                        "StringEquals",
                        Map.of(
                                github + "aud",
                                "sts.amazonaws.com",
                                github + "sub",
                                List.of(
                                        "repo:acme/policies:environment:taskbound-policy",
                                        "repo:acme@1001/policies@2002:environment:taskbound-policy"),
                                github + "repository_id",
                                "2002")));
        assertThat(named(Map.of()).has("PublisherRole")).isFalse();
    }

    /** A run that fails is made up for a minute later; what it says of tokens is where the rest of their story is. */
    @Test
    void theSweeperRunsEachMinuteAndWritesToTheAuditLog() {
        var sweeper = named(Map.of()).properties("SweepFunction");
        assertThat(sweeper.get("Events").toString()).contains("Type=ScheduleV2", "ScheduleExpression=rate(1 minute)");
        assertThat(StackTemplate.map(sweeper.get("LoggingConfig"))).containsEntry("LogGroup", "made-of-AuditLog");
        assertThat(StackTemplate.map(sweeper.get("EventInvokeConfig"))).containsEntry("MaximumRetryAttempts", "0");
        assertThat(sweeper).containsEntry("Timeout", "60").containsEntry("ReservedConcurrentExecutions", "1");
        assertThat(named(Map.of("ReservedConcurrency", "0")).properties("SweepFunction"))
                .doesNotContainKey("ReservedConcurrentExecutions");
    }

    /** Its own lines would come back to it, and what fails three times would be gone. */
    @Test
    void eventsAreOffUnlessABusIsNamedAndNothingOfThemIsLostInSilence() {
        var parts = List.of(
                "EventsFunction",
                "EventsRole",
                "EventsLog",
                "EventsFailedQueue",
                "EventsSubscription",
                "LogsMayCallEvents",
                "EventsUndelivered");
        var on = named(Map.of("EventBusName", "default"));
        assertThat(parts).noneMatch(named(Map.of())::has).allMatch(on::has);
        var function = on.properties("EventsFunction");
        assertThat(StackTemplate.map(function.get("LoggingConfig"))).containsEntry("LogGroup", "made-of-EventsLog");
        assertThat(on.properties("EventsSubscription")).containsEntry("LogGroupName", "made-of-AuditLog");
        assertThat(on.properties("LogsMayCallEvents")).containsEntry("SourceArn", "made-of-AuditLog.Arn");
        assertThat(StackTemplate.map(function.get("EventInvokeConfig")).toString())
                .contains("MaximumRetryAttempts=2", "OnFailure={Type=SQS, Destination=made-of-EventsFailedQueue.Arn}");
    }

    /** It does not know the bus, so that no bus and no subscriber can hold it up. */
    @ParameterizedTest
    @ValueSource(strings = {"IssuerFunction", "IssuerRole", "SweepFunction", "SweepRole"})
    void theIssuerIsTheSameWithEventsAndWithout(String resource) {
        assertThat(named(Map.of("EventBusName", "ci")).properties(resource))
                .isEqualTo(named(Map.of()).properties(resource));
    }

    @Test
    void theSettingsToPasteNameTheIssuer() {
        assertThat(named(Map.of()).output("ActionSettings")).isEqualTo("issuer: https://tokens.acme.example");
        assertThat(named(Map.of()).output("JenkinsSettings"))
                .isEqualTo("unclassified: {taskbound: {issuer: \"https://tokens.acme.example\","
                        + " credentialsId: taskbound}}");
    }
}
