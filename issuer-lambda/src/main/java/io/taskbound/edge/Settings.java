// SPDX-License-Identifier: Apache-2.0
package io.taskbound.edge;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The function's settings, read once at its start.
 *
 * @param issuerUrl {@value #ISSUER_URL}: our name in every token; permanent
 * @param table {@value #TABLE}: the ledger's DynamoDB table
 * @param signingKey {@value #SIGNING_KEY}: the ARN of the KMS key, ECC_NIST_P256, SIGN_VERIFY
 * @param policyFile {@value #POLICY_FILE}: the policy as canonical JSON, packaged with the function
 * @param privateHosts {@value #PRIVATE_HOSTS}: hosts of providers on private addresses, whose keys are fetched all the
 *     same; separated by commas, usually none
 */
public record Settings(String issuerUrl, String table, String signingKey, Path policyFile, Set<String> privateHosts) {
    static final String ISSUER_URL = "TASKBOUND_ISSUER_URL";
    static final String TABLE = "TASKBOUND_TABLE";
    static final String SIGNING_KEY = "TASKBOUND_SIGNING_KEY";
    static final String POLICY_FILE = "TASKBOUND_POLICY_FILE";

    static final String PRIVATE_HOSTS = "TASKBOUND_PRIVATE_ISSUER_HOSTS";

    public Settings {
        privateHosts = Set.copyOf(privateHosts);
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
        var policy = required(environment, POLICY_FILE, "set it to the packaged policy in canonical JSON", faults);
        issuerUrl
                .filter(url -> !isIssuer(url))
                .ifPresent(url -> faults.add(ISSUER_URL + " must be an https URL without query, fragment or trailing"
                        + " slash, such as https://tokens.acme.example"));
        if (!faults.isEmpty()) {
            throw new Unusable(faults);
        }
        return new Settings(
                issuerUrl.orElseThrow(),
                table.orElseThrow(),
                key.orElseThrow(),
                Path.of(policy.orElseThrow()),
                privateHosts(environment));
    }

    private static Set<String> privateHosts(Map<String, String> environment) {
        return Arrays.stream(environment.getOrDefault(PRIVATE_HOSTS, "").split(","))
                .map(String::strip)
                .filter(host -> !host.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<String> required(
            Map<String, String> environment, String name, String remedy, List<String> faults) {
        var value =
                Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
        if (value.isEmpty()) {
            faults.add(name + " is not set: " + remedy);
        }
        return value;
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
