// SPDX-License-Identifier: Apache-2.0
package io.taskbound.audit;

/**
 * Why a decision was not the one asked for. The words are permanent: other people's queries and alarms depend on them.
 * A new reason needs a row in docs/audit.md and a place in {@code ReasonMetric}; without either the build fails.
 */
public enum Reason {
    // The request itself.
    MALFORMED("malformed"),
    TOO_MANY_REQUESTS("too_many_requests"),
    BAD_CREDENTIALS("bad_credentials"),
    UNKNOWN_SERVER("unknown_server"),

    // The ID token proves nothing.
    TOO_LARGE("too_large"),
    HEADER_NOT_ALLOWED("header_not_allowed"),
    WRONG_TYPE("wrong_type"),
    ALGORITHM_NOT_ALLOWED("algorithm_not_allowed"),
    UNKNOWN_ISSUER("unknown_issuer"),
    UNKNOWN_KEY("unknown_key"),
    /** The key id is unknown, and the provider was asked for its keys too recently to be asked again. */
    KEY_NOT_LOOKED_UP("key_not_looked_up"),
    KEY_CHANGED("key_changed"),
    BAD_SIGNATURE("bad_signature"),
    WRONG_AUDIENCE("wrong_audience"),
    NOT_YET_VALID("not_yet_valid"),
    TOO_OLD("too_old"),
    LIFE_TOO_LONG("life_too_long"),
    BAD_CLAIMS("bad_claims"),
    REFUSED_BY_PROFILE("refused_by_profile"),

    // The ID token is good, but no token is issued.
    REPLAYED("replayed"),
    UNKNOWN_TASK("unknown_task"),
    NOT_ALLOWED("not_allowed"),
    WRONG_RESOURCE_SERVER("wrong_resource_server"),
    TOKEN_TOO_LONG("token_too_long"),
    /** A resource server of a kind: no credential of it is exactly what the rule allowed. */
    NOT_DELIVERABLE("not_deliverable"),
    /** A resource server of a kind: without a challenge nobody could fetch the credential. */
    NO_CHALLENGE("no_challenge"),
    RUN_CLOSED("run_closed"),
    TOO_MANY_LIVE("too_many_live"),
    TOO_MANY_LIVE_IN_RUN("too_many_live_in_run"),
    ONCE_PER_RUN("once_per_run"),
    OUTSIDE_WINDOW("outside_window"),
    /** An approver said no. */
    APPROVAL_DENIED("approval_denied"),
    APPROVAL_EXPIRED("approval_expired"),
    /** It was approved and used before. */
    APPROVAL_USED("approval_used"),
    /** The policy has changed since the approval was requested. */
    APPROVAL_REPLACED("approval_replaced"),
    /** The run has as many requests for approval as it may have. */
    TOO_MANY_APPROVALS("too_many_approvals"),
    /** The task needs an approval, and this run does not say who started it. */
    HIDDEN_STARTER("hidden_starter"),
    NOT_AN_APPROVER("not_an_approver"),
    /** The approver's ID token names no person. */
    NO_PERSON("no_person"),
    /** Who started the run may not approve what it asks for. */
    OWN_REQUEST("own_request"),
    /** The approver's ID token should say who he is at the run's provider, and does not. */
    UNLINKED_PERSON("unlinked_person"),
    DECIDED_BEFORE("decided_before"),
    /** The approver was shown another text. */
    OTHER_TEXT("other_text"),
    CLOSED_MEANWHILE("closed_meanwhile"),

    // The task token that was presented.
    NOT_OURS("not_ours"),
    /** A good signature without its record. The only word with hyphens, and too late to change. */
    SIGNED_BUT_UNKNOWN("signed-but-unknown"),
    OTHER_RESOURCE_SERVER("other_resource_server"),
    MUST_REDEEM("must_redeem"),
    NOT_PERMITTED("not_permitted"),
    FOREIGN_RUN("foreign_run"),
    /** No record has this handle, or has it any more. */
    UNKNOWN_HANDLE("unknown_handle"),
    CLOSED("closed"),
    REVOKED("revoked"),
    SPENT("spent"),
    LAPSED("lapsed"),
    WINDOW("window"),
    DEAD("dead"),
    DIED_MEANWHILE("died_meanwhile"),
    /** Somebody has the token who did not ask for it. */
    WRONG_HOLDER("wrong_holder"),
    WITHOUT_HOLDER("without_holder"),
    REPEAT("repeat"),

    // The proof of the key that a token is bound to.
    /** The token is, or has to be, bound to a key, and no proof came. */
    DPOP_MISSING("dpop_missing"),
    /** Not one JWT in good form, signed by the key that it names. */
    DPOP_MALFORMED("dpop_malformed"),
    /** Of another key than the token's: somebody has the token who did not ask for it. */
    DPOP_KEY("dpop_key"),
    /** For another method or URL. */
    DPOP_REQUEST("dpop_request"),
    /** For another token. */
    DPOP_TOKEN("dpop_token"),
    /** Too old, or from the future. */
    DPOP_TIME("dpop_time"),
    /** Without one of the present nonces. */
    DPOP_NONCE("dpop_nonce"),
    /** Used before for something else. */
    DPOP_REPLAYED("dpop_replayed"),

    // The credential of a foreign service.
    /** The token is for a server that takes the token itself. */
    NO_CREDENTIAL("no_credential"),
    CREDENTIAL_REFUSED("credential_refused"),
    CREDENTIAL_UNAVAILABLE("credential_unavailable"),
    /** Another request for the same credential is under way. */
    CREDENTIAL_UNDER_WAY("credential_under_way"),
    /** Asked for, and no answer was written down. */
    CREDENTIAL_UNHEARD("credential_unheard"),

    // What a CI system's hook sent.
    UNKNOWN_HOOK("unknown_hook"),
    NO_HOOK_SECRET("no_hook_secret"),
    BAD_HOOK_SIGNATURE("bad_hook_signature"),
    /** An authentic event of an owner, a project or a pipeline that the hook is not bound to. */
    FOREIGN_EVENT("foreign_event"),
    NOT_AN_END("not_an_end"),
    STALE_EVENT("stale_event"),

    // The page on which people approve.
    LOGIN_REFUSED("login_refused"),
    /** The identity provider for people gives no usable answer. */
    LOGIN_UNAVAILABLE("login_unavailable"),
    /** A decision that another web page sent. */
    CROSS_SITE("cross_site"),

    // Either kind of token.
    EXPIRED("expired"),
    DENIED("denied"),

    // The issuer itself.
    PROVIDER_KEYS_UNAVAILABLE("provider_keys_unavailable"),
    LEDGER_UNAVAILABLE("ledger_unavailable"),
    SIGNER_UNAVAILABLE("signer_unavailable"),
    POLICY_UNAVAILABLE("policy_unavailable"),
    POLICY_REFUSED("policy_refused"),
    UNFORESEEN("unforeseen");

    private final String wire;

    Reason(String wire) {
        this.wire = wire;
    }

    /** As the audit log writes it. */
    public String wire() {
        return wire;
    }
}
