// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.issuer.PolicyTerms;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The function's settings, read once at its start.
 *
 * @param issuerUrl {@value #ISSUER_URL}: our name in every token; permanent
 * @param table {@value #TABLE}: the ledger's DynamoDB table
 * @param signer {@value #SIGNER}: who signs
 * @param signingKey {@value #SIGNING_KEY}: the ARN of the KMS key, ECC_NIST_P256, SIGN_VERIFY
 * @param policyFile {@value #POLICY_FILE}: the policy as canonical JSON, packaged with the function; without it the
 *     policy is the one in the table
 * @param policyKey {@value #POLICY_KEY}: the ARN of the KMS key whose signature the table's policy must carry
 * @param secretsKey {@value #SECRETS_KEY}: the ARN of the symmetric KMS key that seals the secrets of hooks; without it
 *     there are no hooks
 * @param privateHosts {@value #PRIVATE_HOSTS}: hosts of providers whose keys may be fetched from private addresses;
 *     comma-separated, usually none
 * @param offlineServers {@value PolicyTerms#ACCEPTANCE}: {@code accepted} allows a policy with {@code checks: offline}
 *     although the key is sealed and so can be stolen from the function; it has no effect with kms
 * @param metrics {@value #METRICS}: distinguishes this issuer's metrics from those of others in the account, such as
 *     the stack's name; without it no metrics are written
 */
public record Settings(
        String issuerUrl,
        String table,
        SignerKind signer,
        String signingKey,
        Optional<Path> policyFile,
        Optional<String> policyKey,
        Optional<String> secretsKey,
        Set<String> privateHosts,
        boolean offlineServers,
        Optional<String> metrics) {
    static final String ISSUER_URL = "TASKBOUND_ISSUER_URL";
    static final String TABLE = "TASKBOUND_TABLE";
    static final String SIGNER = "TASKBOUND_SIGNER";
    static final String SIGNING_KEY = "TASKBOUND_SIGNING_KEY";
    static final String POLICY_FILE = "TASKBOUND_POLICY_FILE";
    static final String POLICY_KEY = "TASKBOUND_POLICY_KEY";
    static final String SECRETS_KEY = "TASKBOUND_SECRETS_KEY";
    static final String PRIVATE_HOSTS = "TASKBOUND_PRIVATE_ISSUER_HOSTS";

    static final String METRICS = "TASKBOUND_METRICS";

    private static final String NO_ISSUER =
            " must be an https URL without query, fragment or trailing slash, such as" + " https://tokens.acme.example";
    private static final String NO_TABLE =
            " must be the name of a DynamoDB table or its ARN: name it as the template does";
    private static final String NO_METRICS =
            " must be up to 128 letters, digits, dots, dashes and underscores: name it as the template does";
    private static final String NO_KEY = " must be the ARN of a KMS key, such as"
            + " arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    private static final String ACCEPTED = "accepted";
    private static final String NO_ACCEPTANCE = " must be " + ACCEPTED
            + ", or left out: servers that verify offline would accept tokens signed with a stolen key";
    private static final Pattern TABLE_NAME = Pattern.compile(
            "[A-Za-z0-9_.-]{3,255}|arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:[0-9]{12}:table/[A-Za-z0-9_.-]{3,255}");
    private static final Pattern METRICS_NAME = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final Pattern KMS_ARN =
            Pattern.compile("arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/[A-Za-z0-9/_-]{1,256}");

    public Settings {
        privateHosts = Set.copyOf(privateHosts);
    }

    /** Only the table's name, as a signed policy names it. */
    String tableName() {
        return table.substring(table.lastIndexOf('/') + 1);
    }

    /** What its policies must hold to. */
    PolicyTerms terms() {
        return new PolicyTerms(issuerUrl, signer == SignerKind.KMS || offlineServers);
    }

    /** Settings that cannot work; the message names every fault, each with its variable and its remedy. */
    public static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unusable(List<String> faults) {
            super(String.join("\n", faults));
        }

        static void ifAny(List<String> faults) {
            if (!faults.isEmpty()) {
                throw new Unusable(faults);
            }
        }
    }

    /** @throws Unusable naming all faults at once */
    public static Settings read(Map<String, String> variables) {
        var environment = new EnvironmentReader(variables);
        var issuerUrl = environment.required(ISSUER_URL, "set it to the issuer's public https URL");
        var table = environment.required(TABLE, "set it to the name of the DynamoDB table");
        var key = environment.required(SIGNING_KEY, "set it to the ARN of the KMS signing key");
        var policyKey = environment.value(POLICY_KEY);
        var secretsKey = environment.value(SECRETS_KEY);
        var metrics = environment.value(METRICS);
        var acceptance = environment.value(PolicyTerms.ACCEPTANCE);
        environment.check(ISSUER_URL, issuerUrl, Settings::isIssuer, NO_ISSUER);
        checkTable(environment, table);
        environment.check(SIGNING_KEY, key, KMS_ARN.asMatchPredicate(), NO_KEY);
        environment.check(POLICY_KEY, policyKey, KMS_ARN.asMatchPredicate(), NO_KEY);
        environment.check(SECRETS_KEY, secretsKey, KMS_ARN.asMatchPredicate(), NO_KEY);
        checkMetrics(environment, metrics);
        environment.check(PolicyTerms.ACCEPTANCE, acceptance, ACCEPTED::equals, NO_ACCEPTANCE);
        var signer = environment.signer(SIGNER);
        Unusable.ifAny(environment.faults());
        return new Settings(
                issuerUrl.orElseThrow(),
                table.orElseThrow(),
                signer.orElseThrow(),
                key.orElseThrow(),
                environment.value(POLICY_FILE).map(Path::of),
                policyKey,
                secretsKey,
                hosts(environment.value(PRIVATE_HOSTS).orElse("")),
                acceptance.isPresent(),
                metrics);
    }

    static void checkTable(EnvironmentReader environment, Optional<String> table) {
        environment.check(TABLE, table, TABLE_NAME.asMatchPredicate(), NO_TABLE);
    }

    static void checkMetrics(EnvironmentReader environment, Optional<String> metrics) {
        environment.check(METRICS, metrics, METRICS_NAME.asMatchPredicate(), NO_METRICS);
    }

    private static Set<String> hosts(String commaSeparated) {
        return Arrays.stream(commaSeparated.split(","))
                .map(String::strip)
                .filter(host -> !host.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isIssuer(String url) {
        try {
            var uri = new URI(url);
            return "https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && !url.endsWith("/");
        } catch (URISyntaxException notAUrl) {
            return false;
        }
    }
}
