// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.roles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoleTrustTest {
    private static final String ISSUER = "arn:aws:iam::111122223333:role/taskbound-issuer";
    private static final String GOOD = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"%s"},
              "Action":["sts:AssumeRole","sts:TagSession","sts:SetSourceIdentity"],
              "Condition":{"StringEquals":{"aws:RequestTag/taskbound:task":"migrate-dataset"}}}]}""".formatted(ISSUER);

    private static List<String> flaws(String policy) {
        return RoleTrust.flaws(policy, ISSUER);
    }

    @Test
    void findsNothingWhereTheIssuerAloneIsLetInForATask() {
        assertThat(flaws(GOOD)).isEmpty();
        assertThat(flaws(GOOD.replace("sts:TagSession", "STS:tagsession"))).isEmpty();
        assertThat(flaws(
                        GOOD.replace("[\"sts:AssumeRole\",\"sts:TagSession\",\"sts:SetSourceIdentity\"]", "\"sts:*\"")))
                .isEmpty();
        assertThat(flaws(GOOD.replace("\"" + ISSUER + "\"", "[\"" + ISSUER + "\"]")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"*\"|everybody (*)",
                "{\"AWS\":\"*\"}|everybody (*)",
                "{\"AWS\":\"arn:aws:iam::111122223333:root\"}|everybody in that account",
                "{\"AWS\":\"111122223333\"}|everybody in that account",
                "{\"AWS\":\"arn:aws:iam::111122223333:role/admin\"}|role/admin",
                "{\"AWS\":\"AROAEXAMPLE\"}|AROAEXAMPLE",
                "{\"Service\":\"ec2.amazonaws.com\"}|Service ec2.amazonaws.com",
                "{\"Federated\":\"cognito-identity.amazonaws.com\"}|Federated cognito",
            })
    void saysWhoElseIsLetIn(String principal, String said) {
        var beside = GOOD.replace(
                "\"Statement\":[",
                "\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:Assume*\",\"Principal\":" + principal + "},");
        assertThat(flaws(beside))
                .singleElement()
                .asString()
                .startsWith("It lets others in: ")
                .contains(said);
        assertThat(flaws(GOOD.replace("{\"AWS\":\"" + ISSUER + "\"}", principal)))
                .anyMatch(flaw -> flaw.contains(said))
                .anyMatch(flaw -> flaw.contains("does not allow the issuer's role sts:AssumeRole"));
    }

    @Test
    void knowsThatOneStatementIsWrittenWithoutAList() {
        var one = GOOD.replace("[{\"Effect\"", "{\"Effect\"").replace("}}}]}", "}}}}");
        assertThat(flaws(one)).isEmpty();
        assertThat(flaws(one.replace(ISSUER, "arn:aws:iam::111122223333:root"))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"})
    void saysWhichActionIsMissing(String action) {
        assertThat(flaws(GOOD.replace("\"" + action + "\"", "\"sts:GetCallerIdentity\"")))
                .anyMatch(flaw -> flaw.contains("does not allow the issuer's role " + action + " by"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "StringEqualsIfExists",
                "StringNotEquals",
                "ForAllValues:StringNotLike",
                "ForAllValues:StringEquals",
                "Null",
                "Bool"
            })
    void aConditionThatHoldsWithoutTheTagOrForOtherTasksIsNone(String operator) {
        assertThat(flaws(GOOD.replace("StringEquals", operator)))
                .singleElement()
                .asString()
                .contains("any task");
        assertThat(flaws(GOOD.replaceAll(",\\s*\"Condition\":\\{.*?\\}\\}", "")))
                .singleElement()
                .asString()
                .contains("any task");
    }

    @Test
    void aConditionThatAnyTaskFulfilsIsNone() {
        assertThat(flaws(GOOD.replace("StringEquals", "StringLike"))).isEmpty();
        assertThat(flaws(GOOD.replace("StringEquals", "StringLike").replace("\"migrate-dataset\"", "\"*\"")))
                .singleElement()
                .asString()
                .contains("any task");
    }

    @Test
    void whatNamesEverythingButSomethingLetsOthersIn() {
        assertThat(flaws(GOOD.replace("\"Principal\"", "\"NotPrincipal\"")))
                .anyMatch(flaw -> flaw.contains("NotPrincipal"));
        assertThat(flaws(GOOD.replace("\"Action\"", "\"NotAction\""))).anyMatch(flaw -> flaw.contains("NotAction"));
    }

    /** Tags alone open nothing. */
    @Test
    void whoMayOnlySetTagsIsNotLetIn() {
        assertThat(flaws(GOOD.replace(
                        "\"Statement\":[",
                        "\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:TagSession\",\"Principal\":\"*\"},")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "{\"Statement\":[],\"Statement\":[]}"})
    void whatCannotBeReadIsNoGoodTrust(String policy) {
        assertThat(flaws(policy)).containsExactly("Its trust policy cannot be read.");
    }

    @Test
    void aTrustPolicyWithoutStatementsLetsNobodyIn() {
        assertThat(flaws("{}")).hasSize(3).allMatch(flaw -> flaw.contains("does not allow the issuer's role"));
    }
}
