// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.approvals;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.DashedIds;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.PendingApproval;
import java.util.Optional;

/**
 * The approval that was named on the command line, by its id or by its whole address.
 *
 * @param issuer whose address it is; empty for an id alone
 */
record NamedApproval(String id, Optional<IssuerUrl> issuer) {
    private static final String PAGE = "/approve/";

    /** As typed; a usage error for anything else. */
    static NamedApproval parse(String typed) throws Complaint {
        var text = DashedIds.plain(typed);
        int page = text.lastIndexOf(PAGE);
        var id = page < 0 ? text : text.substring(page + PAGE.length());
        if (!PendingApproval.isId(id)) {
            throw notOne();
        }
        return new NamedApproval(id, page < 0 ? Optional.empty() : Optional.of(issuer(text.substring(0, page))));
    }

    private static IssuerUrl issuer(String text) throws Complaint {
        try {
            return IssuerUrl.of(text);
        } catch (IllegalArgumentException noIssuer) {
            throw notOne();
        }
    }

    private static Complaint notOne() {
        return Complaint.usage(
                "Not an approval.",
                "Give its id, 22 characters, a dot and 43 more, or its whole address, as the waiting step prints them.");
    }
}
