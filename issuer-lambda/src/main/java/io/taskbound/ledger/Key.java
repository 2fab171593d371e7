// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.approval.ApprovalId;
import io.taskbound.digest.Base64Url;
import io.taskbound.digest.Sha256;
import io.taskbound.identity.ProofKeys;
import io.taskbound.status.StatusListName;
import io.taskbound.task.HookName;
import io.taskbound.token.Jti;
import io.taskbound.token.KeyThumbprint;

/** Where an item is. Text from outside has a bounded length before it becomes part of a key. */
record Key(String pk, String sk) {
    static final String TOKENS = "T#";
    static final String DENY = "DENY";
    static final String DENY_ENTRIES = "E#";
    static final Key DENY_HEAD = new Key(DENY, "HEAD");
    static final String POLICY = "POLICY";
    static final String POLICY_RELEASES = "R#";
    static final Key POLICY_HEAD = new Key(POLICY, "HEAD");
    /** Under a key that the issuer's role may write, and the publisher's not; no run has it. */
    static final Key POLICY_SEEN = new Key("R#policy", "SEEN");

    static final String KEY = "KEY";
    static final String SIGNING_KEYS = "SIG#";
    static final Key KEY_HEAD = new Key(KEY, "HEAD");
    /** Not under {@link #KEY}: a role that writes these must be able to write no signing key. */
    static final String HOOK = "HOOK";

    static final String HOOK_SECRETS = "S#";
    /** Keys of Apps, under a partition of their own for the same reason. */
    static final String APP = "APP";

    static final String CONTROL = "CTL";
    /** Slots of a task's live tokens: a partition of their own, and of each run. */
    static final String LIVE = "L#";
    /** The slot of a run's only token of a task. */
    static final String ONCE = "O#";

    static final String SLOTS = "S#";
    static final String STATUS_PIECES = "B#";
    static final String CREDENTIALS = "C#";
    static final String APPROVALS = "A#";
    /** ID tokens that approvers have used up. */
    static final String DECIDING_PROOFS = "P#";
    /** Proofs of a token's key that were used up. */
    static final String KEY_PROOFS = "D#";

    private static final String NONCE = "DPOP";
    private static final int PROOF_ID_BYTES = 16;

    private static final int DENY_BYTES = 12;

    static Key token(Jti jti) {
        return new Key(run(jti.run()), TOKENS + jti.proof());
    }

    /** The foreign credential of a token. */
    static Key credential(Jti jti) {
        return new Key(run(jti.run()), CREDENTIALS + jti.proof());
    }

    /** What people are asked to approve for a run. */
    static Key approval(ApprovalId id) {
        return new Key(run(id.run()), APPROVALS + id.hash());
    }

    /** An ID token by which somebody has decided. */
    static Key decidingProof(ProofKeys proof) {
        return new Key(run(proof.runKey()), DECIDING_PROOFS + proof.proofKey());
    }

    /** A proof of a token's key that was used up. */
    static Key usedProof(Jti token, KeyThumbprint key, String proofId) {
        var id = Sha256.base64Url(key + "\n" + proofId, PROOF_ID_BYTES);
        return new Key(run(token.run()), KEY_PROOFS + token.proof() + "#" + id);
    }

    /** The nonce of a slot of time, in a partition of its own. */
    static Key nonce(long slot) {
        return new Key("N#" + slot, NONCE);
    }

    /** The control item of a run. */
    static Key control(String runKey) {
        return new Key(run(runKey), CONTROL);
    }

    /** A new id each time, so that no entry takes another's place. */
    static String newDenyId() {
        return Base64Url.random(DENY_BYTES);
    }

    static Key denyEntry(String id) {
        return new Key(DENY, DENY_ENTRIES + id);
    }

    /** What a published version of the policy says of itself. */
    static Key policyRelease(long number) {
        return new Key(POLICY, POLICY_RELEASES + number);
    }

    /** A piece of its text, from 0. */
    static Key policyPart(long number, int part) {
        return new Key(POLICY, "V#" + number + "#" + part);
    }

    static Key signingKey(String keyId) {
        return new Key(KEY, SIGNING_KEYS + keyId);
    }

    /** The secrets of a hook. */
    static Key hook(HookName hook) {
        return new Key(HOOK, HOOK_SECRETS + hook);
    }

    /**
     * The key of a GitHub App.
     *
     * @param appId digits, as a policy has them
     */
    static Key appKey(String appId) {
        return new Key(APP, "G#" + appId);
    }

    /** The control item of the run that this token is of. */
    Key controlOfRun() {
        return new Key(pk, CONTROL);
    }

    /** What counts the tokens of a list. */
    static Key statusList(StatusListName list) {
        return new Key("SL#" + list, "HEAD");
    }

    /** What says which entries of a piece of the list have ended. */
    static Key statusPiece(StatusListName list, int piece) {
        return new Key("SL#" + list, STATUS_PIECES + piece);
    }

    /** @throws LedgerUnavailable when it is not the key of a piece */
    static int numberOfPiece(Key piece) {
        try {
            return Integer.parseInt(piece.sk().substring(STATUS_PIECES.length()));
        } catch (NumberFormatException notOurs) {
            throw LedgerUnavailable.unreadable("sk");
        }
    }

    static String run(String runKey) {
        return "R#" + runKey;
    }
}
