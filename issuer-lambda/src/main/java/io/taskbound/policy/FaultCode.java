// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.util.Optional;

/**
 * The stable name of a kind of fault: it stays when its message is worded better. {@code docs/policy-codes.md} has a
 * paragraph on each, which {@code policy check --explain} prints.
 */
public enum FaultCode {
    // What the document is made of.
    FILE("file"),
    YAML("yaml"),
    DEFINED_TWICE("defined-twice"),
    UNKNOWN_FIELD("unknown-field"),
    MISSING_FIELD("missing-field"),
    WRONG_TYPE("wrong-type"),
    BAD_NAME("bad-name"),
    BAD_LENGTH("bad-length"),
    BAD_VALUE("bad-value"),
    LISTED_TWICE("listed-twice"),
    UNKNOWN_NAME("unknown-name"),
    NOT_UNIQUE("not-unique"),
    // Providers and resource servers.
    ISSUER("issuer"),
    AUDIENCE("audience"),
    AUDIENCE_URL("audience-url", Severity.WARNING),
    MAX_AGE("max-age"),
    LEEWAY("leeway"),
    KEY_SOURCE("key-source"),
    LOGIN("login"),
    PRIVATE_KEY("private-key"),
    NO_SECRET("no-secret"),
    KNOWN_SECRET("known-secret"),
    PLACEHOLDER_SECRET("placeholder-secret", Severity.WARNING),
    // Resource servers of a kind, and tasks there.
    SERVICE_ADDRESS("service-address"),
    IAM_ACTION("iam-action"),
    ARN_TEMPLATE("arn-template"),
    UNMAPPED_ACTION("unmapped-action"),
    GITHUB_PERMISSION("github-permission"),
    GITHUB_REPOSITORY("github-repository"),
    S3_PREFIX("s3-prefix"),
    NO_RESOURCE("no-resource"),
    FIXED_RESOURCE("fixed-resource", Severity.WARNING),
    UNKNOWN_PERMISSION("unknown-permission", Severity.WARNING),
    STRONG_PERMISSION("strong-permission", Severity.WARNING),
    NO_LEASE("no-lease", Severity.WARNING),
    // Hooks.
    HOOK_PROVIDER("hook-provider"),
    HOOK_IDS("hook-ids"),
    // Rules.
    NO_CLAIMS("no-claims"),
    VALUE_OR_CONTAINS("value-or-contains"),
    BAD_PATTERN("bad-pattern"),
    NO_TENANT("no-tenant"),
    SUB_PATTERN("sub-pattern"),
    ID_PATTERN("id-pattern"),
    OWNER_PATTERN("owner-pattern"),
    SHORT_REF("short-ref"),
    CLAIM_TYPE("claim-type"),
    NO_VALUE("no-value"),
    VARIABLE_ID("variable-id"),
    LET_VALUE("let-value"),
    REF_TYPE("ref-type", Severity.WARNING),
    NEVER_MATCHES("never-matches", Severity.WARNING),
    UNKNOWN_CLAIM("unknown-claim", Severity.WARNING),
    STRANGER_EVENT("stranger-event", Severity.WARNING),
    FORK_BUILDS("fork-builds", Severity.WARNING),
    TENANT_ONLY("tenant-only", Severity.WARNING),
    ANY_REF("any-ref", Severity.WARNING),
    UNPROTECTED_ENVIRONMENT("unprotected-environment", Severity.WARNING),
    DEFAULT_SERVICE_ACCOUNT("default-service-account", Severity.WARNING),
    NAME_WITHOUT_ID("name-without-id", Severity.WARNING),
    NAME_CASE("name-case", Severity.WARNING),
    TRANSFER("transfer", Severity.WARNING),
    RENAME("rename", Severity.WARNING),
    SHADOWED("shadowed", Severity.WARNING),
    OPEN_VARIABLE("open-variable", Severity.WARNING),
    // Tasks.
    LIFETIME("lifetime"),
    MAX_USES("max-uses"),
    LEASE("lease"),
    BUDGET("budget"),
    APPROVAL("approval"),
    APPROVER_PERSON("approver-person"),
    APPROVER_LINK("approver-link"),
    UNKNOWN_REQUESTER("unknown-requester", Severity.WARNING),
    WINDOW("window"),
    LONG_LEASE("long-lease", Severity.WARNING),
    WINDOW_OVER("window-over", Severity.WARNING),
    SHORT_WINDOW("short-window", Severity.WARNING),
    ALWAYS_OPEN("always-open", Severity.WARNING),
    OFFLINE_WINDOW("offline-window", Severity.WARNING),
    NOT_ENFORCED("not-enforced", Severity.WARNING),
    NOTHING_TO_WATCH("nothing-to-watch", Severity.WARNING),
    ANY_TARGET("any-target", Severity.WARNING),
    NO_CALLER("no-caller", Severity.WARNING),
    NO_TASK("no-task", Severity.WARNING),
    UNUSED("unused", Severity.WARNING),
    // Fragments.
    FRAGMENT_CAP("fragment-cap"),
    // What is accepted.
    NOT_A_WARNING("not-a-warning"),
    ACCEPTS_NOTHING("accepts-nothing", Severity.WARNING);

    private final String wire;
    private final Severity severity;

    FaultCode(String wire) {
        this(wire, Severity.ERROR);
    }

    FaultCode(String wire, Severity severity) {
        this.wire = wire;
        this.severity = severity;
    }

    public static Optional<FaultCode> named(String wire) {
        for (var code : values()) {
            if (code.wire.equals(wire)) {
                return Optional.of(code);
            }
        }
        return Optional.empty();
    }

    /** As {@code policy check} prints it and {@code accept} names it. */
    public String wire() {
        return wire;
    }

    public Severity severity() {
        return severity;
    }
}
