// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

/**
 * The names of all attributes, short because each item pays for them; the tables of docs/ledger.md say the same, and a
 * test compares the two. Conditions and changes are made of these names, so that a search for one finds whatever
 * enforces it. Times are milliseconds, except {@link #TTL}.
 */
final class Attributes {
    /** Partition key: run, deny list, signing keys or policy. */
    static final String PK = "pk";
    /** Sort key. */
    static final String SK = "sk";
    /** When the table may forget, in seconds; never decides. */
    static final String TTL = "ttl";

    // A token

    /** {@code A} active, {@code C} closed, {@code R} revoked. */
    static final String STATE = "s";

    static final String ISSUED = "i";
    static final String EXPIRES = "x";
    /** Length of the lease; absent without a lease. */
    static final String LEASE = "le";
    /** The lease's deadline; means nothing without {@link #LEASE}. */
    static final String LEASE_DEADLINE = "ld";
    /** Max uses of each object; absent when unlimited. */
    static final String MAX_USES = "mu";
    /** Uses left, one number for each object. */
    static final String USES_LEFT = "l";
    /** Uses by use key. */
    static final String USES = "u";
    /** All uses. */
    static final String USE_COUNT = "n";

    static final String TASK = "k";
    /** authorization_details as granted, canonical JSON. */
    static final String DETAILS = "ad";

    static final String SERVER = "rs";
    static final String AUDIENCE = "au";
    static final String POLICY_NUMBER = "pv";
    /** Of the policy that granted, that is in force, or of one version. */
    static final String POLICY_HASH = "ph";

    static final String PROVIDER = "p";
    /** Issuer of the proof. */
    static final String ISSUER = "ip";

    static final String SUBJECT = "su";
    static final String STABLE_SUBJECT = "ss";
    static final String PROJECT_ID = "pi";
    static final String PROJECT_NAME = "pn";
    static final String RUN = "ru";
    static final String JOB = "j";
    static final String STARTED_BY = "sb";
    static final String LINK = "li";
    /** The proof's {@code iat}. */
    static final String PROOF_ISSUED = "pt";
    /** The proof's {@code exp}. */
    static final String PROOF_EXPIRES = "px";

    static final String REQUEST_HASH = "rh";
    static final String TXN = "tx";
    /** Base64url of SHA-256 of the holder's verifier. */
    static final String HOLDER_CHALLENGE = "hc";
    /** RFC 7638 thumbprint of the key that the token is bound to; absent for a token that is bound to none. */
    static final String KEY_THUMBPRINT = "jk";
    /** 1 when the signature was not made; else absent. */
    static final String UNSIGNED = "us";
    /** Random mark of a write: of the put, of a use, of the signing keys' version. */
    static final String WRITE = "w";

    static final String CLOSED_AT = "ca";
    static final String CLOSED_BY = "cb";
    static final String CLOSED_CAUSE = "cc";
    static final String CLOSED_NOTE = "ct";
    /** Random mark of the closing. */
    static final String CLOSING_WRITE = "cn";
    /** Partition key of the index {@code sweep}. */
    static final String SWEEP_SHARD = "q";
    /** Sort key of the index {@code sweep}: lease's deadline or expiry, as they were at first. */
    static final String FIRST_DEADLINE = "d";
    /** Partition key of the index {@code listing}. */
    static final String LISTING_KEY = "lk";

    // A use in USES

    static final String USED_AT = "t";
    /** Index of the object. */
    static final String USED_OBJECT = "o";

    static final String USED_ACTION = "a";

    /** Name of the status list that has the token; absent unless its server reads status lists. */
    static final String STATUS_LIST = "sl";
    /** The token's index in {@link #STATUS_LIST}. */
    static final String STATUS_INDEX = "si";

    /** When the change window ends in which the token was granted; absent where its task has none. */
    static final String WINDOW_END = "we";
    /** The id of the approved change that this window is for; absent where the policy names none. */
    static final String CHANGE = "wc";
    /** What people approved before the token was granted: the hash of its {@code ApprovalId}; else absent. */
    static final String APPROVAL = "ap";

    // The foreign credential of a token

    static final String CREDENTIAL_KIND = "ck";
    /** What is known of it. */
    static final String CREDENTIAL_PHASE = "cp";

    static final String CREDENTIAL_ASKED = "cq";
    /** When it is dead for certain. */
    static final String CREDENTIAL_UNTIL = "cu";
    /** Until when one of an earlier attempt may be alive, of which no answer was heard. */
    static final String CREDENTIAL_LOST = "cy";
    /** What revoking it needs, sealed. */
    static final String CREDENTIAL_SEALED = "cx";

    static final String CREDENTIAL_ENDED = "ce";
    /** How often it was handed out. */
    static final String DELIVERIES = "cd";

    // A status list

    /** How many tokens have a place in the list. */
    static final String ALLOTTED = "na";
    /** Orders the places; of this list alone. */
    static final String LIST_KEY = "lp";
    /** On a piece: the entries that have ended, counted from its first. */
    static final String ENDED_ENTRIES = "ee";

    // A slot of a budget

    /** The {@code jti} of the token that the slot belongs to. */
    static final String SLOT_HOLDER = "ho";

    static final String CLAIMED_AT = "cm";

    // A used proof of a key, and the nonce of a slot of time

    /** The use key of what the proof was used for. */
    static final String PROOF_USE = "uk";

    static final String NONCE = "no";

    // A request for approval

    /** What is to be approved, canonical JSON; the sort key has its hash. */
    static final String DECLARATION = "de";
    /** The groups of approvers, separated by commas. */
    static final String APPROVERS = "ag";
    /** How many people must approve. */
    static final String APPROVALS_NEEDED = "an";
    /** What was decided, a JSON array; absent before the first decision. */
    static final String DECISIONS = "ds";
    /** When the step last asked. */
    static final String ASKED_AT = "aq";

    // The closing of a run, and of its jobs: the same names, the job after a hash sign, and after an at sign for whose
    // tokens it counts if a hook said it

    /** Proofs and records up to here are blocked. */
    static final String CLOSED_BEFORE = "cl";
    /** When something was closed for the first time. */
    static final String CLOSED_FIRST = "cf";
    /** Proofs up to this {@code iat} are blocked. */
    static final String CLOSED_PROOFS = "ci";
    /** Since when nothing more may be minted. */
    static final String ENDED = "en";
    /** How many jobs have {@link #ENDED} here. */
    static final String ENDED_JOBS = "ej";

    // The deny list

    /** Of the deny list, the signing keys or the policy. */
    static final String VERSION = "v";

    static final String DENY_KIND = "dk";
    static final String DENY_VALUE = "dv";
    /** Absent: for ever. */
    static final String DENY_UNTIL = "du";

    static final String DENIED_AT = "da";
    static final String DENIED_BY = "db";
    static final String DENY_NOTE = "dn";
    static final String LIFTED_BY = "lb";
    static final String LIFTED_WHY = "ln";

    // A signing key

    static final String KEY_ID = "ki";
    static final String KEY_PUBLISHED_FROM = "kp";
    static final String KEY_SIGNS_FROM = "kf";
    static final String KEY_REMOVED = "kr";
    /** ARN of the KMS key that signs. */
    static final String KEY_ARN = "ka";
    /** Instead of {@link #KEY_ARN}: the private key as KMS sealed it. */
    static final String SEALED_KEY = "kx";

    // The secrets of a hook

    /** The active ones by id, each sealed in {@link #SEALED_KEY}. */
    static final String HOOK_SECRETS = "hs";

    static final String SECRET_MADE = "i";

    // The policy

    /** Who made the key or published the version. */
    static final String BY = "by";
    /** The version that this one replaces. */
    static final String PREVIOUS_VERSION = "vp";
    /** Number of parts of the text. */
    static final String PARTS = "np";

    static final String PUBLISHED_AT = "i";
    static final String MESSAGE = "me";
    static final String SIGNATURE = "sg";
    /** One part of the text. */
    static final String TEXT = "t";

    private Attributes() {}
}
