// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.tokens;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.DashedIds;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.ledger.DenyEntry.Kind;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.TokenListing.Found;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.task.ProviderName;
import io.taskbound.token.Jti;
import java.time.Instant;

/** The one thing that a revocation names. Made by {@link Target}. */
record Selector(Kind kind, String value) {
    private static final int MAX_LENGTH = 1_024;

    static Selector handle(String typed, Instant now) throws Complaint {
        return new Selector(Kind.JTI, handle(typed).toString());
    }

    static Jti handle(String typed) throws Complaint {
        return Jti.parse(DashedIds.plain(typed))
                .orElseThrow(() -> Complaint.usage(
                        "Not a token's handle.",
                        "It is 22 characters, a dot and 32 more, as shown in logs and by `taskbound tokens"
                                + " list`; never the token itself."));
    }

    static Selector run(String typed, Instant now) throws Complaint {
        return of(Kind.RUN, TokenFilter.runKey(typed).orElse(DashedIds.plain(typed)));
    }

    static Selector task(String typed, Instant now) throws Complaint {
        return new Selector(Kind.TASK, TokenFilter.task(typed).value());
    }

    static Selector project(String typed, Instant now) throws Complaint {
        return of(Kind.PROJECT, typed);
    }

    static Selector provider(String typed, Instant now) throws Complaint {
        if (!ProviderName.isValid(typed)) {
            throw Complaint.usage(
                    "--provider is not the name of a provider: " + Printable.typed(typed) + ".",
                    "It is 1 to 32 characters from a-z, 0-9 and -.");
        }
        return new Selector(Kind.PROVIDER, typed);
    }

    static Selector subject(String typed, Instant now) throws Complaint {
        return of(Kind.SUBJECT, typed);
    }

    static Selector issuedBefore(String typed, Instant now) throws Complaint {
        var moment = TypedTime.moment("--issued-before", typed, now);
        if (moment.isAfter(now.plus(Ledger.MAX_SKEW))) {
            throw Complaint.usage(
                    "--issued-before is in the future: " + moment + ".",
                    "It would stop all issuing until then. To stop only part of it, revoke a task, project or"
                            + " provider.");
        }
        return new Selector(Kind.ISSUED_BEFORE, moment.toString());
    }

    private static Selector of(Kind kind, String typed) throws Complaint {
        if (typed.isEmpty() || typed.length() > MAX_LENGTH) {
            throw Complaint.usage(
                    "The value to revoke is empty, or longer than " + MAX_LENGTH + " characters.",
                    "Copy it from `taskbound tokens show HANDLE`.");
        }
        return new Selector(kind, DashedIds.plain(typed));
    }

    /** The record of a handle. */
    static TokenRecord token(Administration there, Jti jti) throws Complaint {
        var found = there.ask(() -> there.listing().find(jti))
                .orElseThrow(() -> Complaint.refused(
                        "The table " + there.tableName() + " has no token " + jti + ".",
                        "Check the handle and the table; records are removed 30 days after their end."));
        if (found instanceof Found.Readable readable) {
            return readable.token();
        }
        throw Complaint.refused(
                "The record of " + jti + " cannot be read.",
                "The issuer cannot read it either, and refuses it. Revoke its run anyway with --run " + jti.run()
                        + ".");
    }
}
