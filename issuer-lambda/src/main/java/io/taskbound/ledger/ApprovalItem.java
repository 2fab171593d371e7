// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.Attributes.APPROVALS_NEEDED;
import static io.taskbound.ledger.Attributes.APPROVERS;
import static io.taskbound.ledger.Attributes.ASKED_AT;
import static io.taskbound.ledger.Attributes.CLAIMED_AT;
import static io.taskbound.ledger.Attributes.DECISIONS;
import static io.taskbound.ledger.Attributes.DECLARATION;
import static io.taskbound.ledger.Attributes.EXPIRES;
import static io.taskbound.ledger.Attributes.ISSUED;
import static io.taskbound.ledger.Attributes.LISTING_KEY;
import static io.taskbound.ledger.Attributes.PROOF_ISSUED;
import static io.taskbound.ledger.Attributes.SLOT_HOLDER;
import static io.taskbound.ledger.Attributes.TTL;
import static io.taskbound.ledger.Attributes.WRITE;

import io.taskbound.approval.ApprovalId;
import io.taskbound.approval.Declaration;
import io.taskbound.json.JsonText;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.policy.Approval;
import io.taskbound.policy.Policy;
import io.taskbound.token.Jti;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A request for approval as an item. */
final class ApprovalItem {
    /** Under what those that are not decided lie in the listing index; no task's key has this form. */
    static final String LISTED = "APPROVALS";

    private static final String SEPARATOR = ",";

    private ApprovalItem() {}

    /** {@code mark} names this write, so that its own repetition is recognised. */
    static Item of(ApprovalRecord record, String mark, Duration retention) {
        return Item.draft()
                .key(Key.approval(record.id()))
                .text(DECLARATION, JsonText.canonical(record.declaration().json()))
                .text(APPROVERS, String.join(SEPARATOR, record.approval().by()))
                .number(APPROVALS_NEEDED, record.approval().count())
                .time(PROOF_ISSUED, record.proofIssued())
                .time(ISSUED, record.requested())
                .time(EXPIRES, record.until())
                .time(ASKED_AT, record.requested())
                .text(LISTING_KEY, LISTED)
                .text(WRITE, mark)
                .number(TTL, ttl(record.until(), retention))
                .build();
    }

    /** As long as the record of a token that was granted for it at the last moment. */
    private static long ttl(Instant until, Duration retention) {
        return until.plus(Policy.HIGHEST_CEILING)
                .plus(Ledger.MAX_SKEW)
                .plus(retention)
                .getEpochSecond();
    }

    /** @throws LedgerUnavailable when the item is not of our layout */
    static ApprovalRecord read(Item item) {
        try {
            var requested = item.time(ISSUED);
            var until = item.time(EXPIRES);
            return new ApprovalRecord(
                    declaration(item),
                    new Approval(
                            List.of(item.text(APPROVERS).split(SEPARATOR, -1)),
                            Math.toIntExact(item.number(APPROVALS_NEEDED)),
                            Duration.between(requested, until)),
                    item.time(PROOF_ISSUED),
                    requested,
                    until,
                    item.optionalText(DECISIONS).map(DecisionJson::read).orElse(List.of()),
                    use(item));
        } catch (IllegalArgumentException | ArithmeticException | MalformedJson misfit) {
            throw LedgerUnavailable.unreadable("of a request for approval");
        }
    }

    private static Declaration declaration(Item item) throws MalformedJson {
        var key = item.key();
        var id = new ApprovalId(key.pk().substring("R#".length()), key.sk().substring(Key.APPROVALS.length()));
        return Declaration.kept(
                id, StrictJson.parseObject(item.text(DECLARATION).getBytes(StandardCharsets.UTF_8)));
    }

    private static Optional<ApprovalRecord.Use> use(Item item) {
        return item.optionalText(SLOT_HOLDER)
                .map(holder -> new ApprovalRecord.Use(
                        Jti.parse(holder).orElseThrow(() -> LedgerUnavailable.unreadable(SLOT_HOLDER)),
                        item.time(CLAIMED_AT)));
    }
}
