// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.issuer.PolicyTerms;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
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
 *     policy is the table's
 * @param policyKey {@value #POLICY_KEY}: the ARN of the KMS key whose signature the table's policy must carry
 * @param privateHosts {@value #PRIVATE_HOSTS}: hosts of providers on private addresses, whose keys are fetched all the
 *     same; separated by commas, usually none
 * @param offlineServers {@value PolicyTerms#ACCEPTANCE}: {@code accepted} lets a policy with {@code checks: offline} be used
 *     although the key is sealed, so that it can be stolen from a function that signs; with kms it says nothing
 * @param metrics {@value #METRICS}: what tells this issuer's metrics from those of others in the account, such as the
 *     stack's name; without it no metrics are written
 */
public record Settings(
        String issuerUrl,
        String table,
        SignerKind signer,
        String signingKey,
        Optional<Path> policyFile,
        Optional<String> policyKey,
        Set<String> privateHosts,
        boolean offlineServers,
        Optional<String> metrics) {
    static final String ISSUER_URL = "TASKBOUND_ISSUER_URL";
    static final String TABLE = "TASKBOUND_TABLE";
    static final String SIGNER = "TASKBOUND_SIGNER";
    static final String SIGNING_KEY = "TASKBOUND_SIGNING_KEY";
    static final String POLICY_FILE = "TASKBOUND_POLICY_FILE";
    static final String POLICY_KEY = "TASKBOUND_POLICY_KEY";
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
            + ", or left out: it lets servers that never ask take" + " tokens of a key that can be stolen";
    private static final Pattern TABLE_NAME = Pattern.compile(
            "[A-Za-z0-9_.-]{3,255}|arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:[0-9]{12}:table/[A-Za-z0-9_.-]{3,255}");
    private static final Pattern METRICS_NAME = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final Pattern KMS_ARN =
            Pattern.compile("arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/[A-Za-z0-9/_-]{1,256}");

    public Settings {
        privateHosts = Set.copyOf(privateHosts);
    }

    /** The table's name alone, as a signed policy names it. */
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
    }

    /** @throws Unusable naming all faults at once */
    public static Settings read(Map<String, String> environment) {
        var faults = new ArrayList<String>();
        var issuerUrl = required(environment, ISSUER_URL, "set it to the issuer's public https URL", faults);
        var table = required(environment, TABLE, "set it to the name of the DynamoDB table", faults);
        var key = required(environment, SIGNING_KEY, "set it to the ARN of the KMS signing key", faults);
        var policyKey = value(environment, POLICY_KEY);
        var signer = SignerKind.named(value(environment, SIGNER).orElse(SignerKind.KMS.word()));
        refuse(issuerUrl, url -> !isIssuer(url), ISSUER_URL + NO_ISSUER, faults);
        refuse(table, name -> !TABLE_NAME.matcher(name).matches(), TABLE + NO_TABLE, faults);
        refuse(key, arn -> !KMS_ARN.matcher(arn).matches(), SIGNING_KEY + NO_KEY, faults);
        refuse(policyKey, arn -> !KMS_ARN.matcher(arn).matches(), POLICY_KEY + NO_KEY, faults);
        var metrics = value(environment, METRICS);
        refuse(metrics, name -> !METRICS_NAME.matcher(name).matches(), METRICS + NO_METRICS, faults);
        var acceptance = value(environment, PolicyTerms.ACCEPTANCE);
        refuse(acceptance, word -> !word.equals(ACCEPTED), PolicyTerms.ACCEPTANCE + NO_ACCEPTANCE, faults);
        if (signer.isEmpty()) {
            faults.add(SIGNER + " must be one of " + SignerKind.words() + "; leave it out for kms");
        }
        if (!faults.isEmpty()) {
            throw new Unusable(faults);
        }
        return new Settings(
                issuerUrl.orElseThrow(),
                table.orElseThrow(),
                signer.orElseThrow(),
                key.orElseThrow(),
                value(environment, POLICY_FILE).map(Path::of),
                policyKey,
                privateHosts(environment),
                acceptance.isPresent(),
                metrics);
    }

    private static void refuse(Optional<String> value, Predicate<String> isWrong, String fault, List<String> faults) {
        if (value.filter(isWrong).isPresent()) {
            faults.add(fault);
        }
    }

    private static Set<String> privateHosts(Map<String, String> environment) {
        return Arrays.stream(environment.getOrDefault(PRIVATE_HOSTS, "").split(","))
                .map(String::strip)
                .filter(host -> !host.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<String> required(
            Map<String, String> environment, String name, String remedy, List<String> faults) {
        var value = value(environment, name);
        if (value.isEmpty()) {
            faults.add(name + " is not set: " + remedy);
        }
        return value;
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
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
