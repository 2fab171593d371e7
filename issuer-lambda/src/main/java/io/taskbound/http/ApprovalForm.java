// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.approval.ApprovalId;
import io.taskbound.digest.Base64Url;
import io.taskbound.issuer.ApprovalRequest;
import java.util.Optional;
import java.util.Set;

/** Reads POST /approvals/{id}: an approver's ID token, and what is decided. */
final class ApprovalForm {
    private static final int SHA_256_BYTES = 32;
    private static final Set<Integer> UNPRINTABLE = Set.of(
            (int) Character.CONTROL,
            (int) Character.FORMAT,
            (int) Character.SURROGATE,
            (int) Character.PRIVATE_USE,
            (int) Character.UNASSIGNED,
            (int) Character.LINE_SEPARATOR,
            (int) Character.PARAGRAPH_SEPARATOR);

    private ApprovalForm() {}

    static ApprovalRequest read(String id, Form form) throws RefusedRequest {
        return new ApprovalRequest(id(id), MintForm.proof(form), decision(form));
    }

    static ApprovalId id(String text) throws RefusedRequest {
        return ApprovalId.parse(text).orElseThrow(() -> RefusedRequest.malformed(404, "not the id of an approval"));
    }

    static Optional<ApprovalRequest.Decided> decision(Form form) throws RefusedRequest {
        var decision = form.value("decision");
        if (decision.isEmpty()) {
            return Optional.empty();
        }
        boolean approve = decision.get().equals("approve");
        if (!approve && !decision.get().equals("deny")) {
            throw RefusedRequest.malformed("decision must be approve or deny");
        }
        var shown = form.required("shown");
        if (Base64Url.decode(shown).filter(hash -> hash.length == SHA_256_BYTES).isEmpty()) {
            throw RefusedRequest.malformed(
                    "shown must be base64url of the SHA-256 of the text that was shown: 43 characters");
        }
        return Optional.of(new ApprovalRequest.Decided(approve, shown, comment(form)));
    }

    private static Optional<String> comment(Form form) throws RefusedRequest {
        var comment = form.value("comment");
        if (comment.isPresent() && !isComment(comment.get())) {
            throw RefusedRequest.malformed(
                    "comment must be 1 to " + ApprovalRequest.LONGEST_COMMENT + " printable characters, on one line");
        }
        return comment;
    }

    private static boolean isComment(String text) {
        return text.codePointCount(0, text.length()) <= ApprovalRequest.LONGEST_COMMENT
                && text.codePoints().noneMatch(c -> UNPRINTABLE.contains(Character.getType(c)));
    }
}
