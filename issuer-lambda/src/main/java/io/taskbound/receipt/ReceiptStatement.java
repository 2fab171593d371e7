// SPDX-License-Identifier: Apache-2.0
package io.taskbound.receipt;

import io.taskbound.identity.Requester;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import io.taskbound.ledger.ApprovalRecord;
import io.taskbound.ledger.CredentialRecord;
import io.taskbound.ledger.DenyEntry;
import io.taskbound.ledger.RecordedUse;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.ledger.Uses;
import io.taskbound.window.OpenWindow;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A receipt's statement (in-toto Statement v1): what the ledger knows of one token. It says which uses a resource
 * server has redeemed, never that the work behind a use was done. contract/receipt.schema.json has its form.
 */
public final class ReceiptStatement {
    public static final String TYPE = "https://in-toto.io/Statement/v1";

    /** Names the form of the predicate; another form gets another version. */
    public static final String PREDICATE_TYPE = "https://taskbound.example/receipt/v1";

    private static final Comparator<RecordedUse> IN_ORDER = Comparator.comparing(RecordedUse::at)
            .thenComparing(RecordedUse::object)
            .thenComparing(RecordedUse::action);

    private final String issuer;
    private final TokenRecord record;
    private final Optional<CredentialRecord> credential;
    private final Optional<ApprovalRecord> approval;
    private final List<String> identifiers;

    private ReceiptStatement(
            String issuer,
            TokenRecord record,
            Optional<CredentialRecord> credential,
            Optional<ApprovalRecord> approval) {
        this.issuer = issuer;
        this.record = record;
        this.credential = credential;
        this.approval = approval;
        this.identifiers = record.grant().details().json().items().stream()
                .map(ReceiptStatement::identifier)
                .toList();
    }

    /**
     * @param issuer our own issuer URL
     * @param credential the foreign credential that was asked for with the token, if one was
     * @param approval what people decided before the token was granted, where its task needs that
     * @param denial the entry of the deny list that names the token, if one does
     * @param now when the receipt is made
     */
    public static JsonObject of(
            String issuer,
            TokenRecord record,
            Optional<CredentialRecord> credential,
            Optional<ApprovalRecord> approval,
            Optional<DenyEntry> denial,
            Instant now) {
        var statement = new ReceiptStatement(issuer, record, credential, approval);
        return JsonObject.builder()
                .put("_type", TYPE)
                .put("subject", Subjects.of(statement.identifiers))
                .put("predicateType", PREDICATE_TYPE)
                .put("predicate", statement.predicate(new TokenEnd(record, denial, now), now))
                .build();
    }

    private JsonObject predicate(TokenEnd end, Instant now) {
        var grant = record.grant();
        var predicate = JsonObject.builder()
                .put("issuer", issuer)
                .put("jti", record.jti().toString())
                .put("requester", requester(record.requester()))
                .put("task", grant.task().value())
                .put("txn", record.txn())
                .put("permissions", grant.details().json())
                .put(
                        "resource_server",
                        JsonObject.builder()
                                .put("name", grant.server().value())
                                .put("audience", grant.audience())
                                .build())
                .put(
                        "policy",
                        JsonObject.builder()
                                .put("version", grant.policy().number())
                                .put("hash", grant.policy().hash())
                                .build())
                .put("issued", record.life().issued().toString())
                .put("expires", record.life().expires().toString());
        record.key()
                .ifPresent(key -> predicate.put(
                        "cnf", JsonObject.builder().put("jkt", key.value()).build()));
        approval.ifPresent(there -> predicate.put("approval", ApprovalStory.json(there)));
        grant.window().ifPresent(window -> predicate.put("window", window(window)));
        uses(predicate);
        credential.ifPresent(there -> predicate.put("credential", new CredentialStory(there, now).json()));
        predicate.put("state", end.state());
        end.json().ifPresent(json -> predicate.put("end", json));
        return predicate.put("receipt_made", now.toString()).build();
    }

    private static JsonObject window(OpenWindow window) {
        return JsonObject.builder()
                .put("end", window.end().toString())
                .putIfPresent("change", window.change())
                .build();
    }

    private static JsonObject requester(Requester requester) {
        return JsonObject.builder()
                .put("provider", requester.provider().value())
                .put("issuer", requester.issuer())
                .put("subject", requester.subject())
                .putIfPresent("project", requester.projectName())
                .putIfPresent("project_id", requester.projectId())
                .put("run", requester.run())
                .putIfPresent("job", requester.job())
                .putIfPresent("started_by", requester.startedBy())
                .putIfPresent("link", requester.link())
                .build();
    }

    private void uses(JsonObject.Builder predicate) {
        var uses = record.uses();
        uses.max().ifPresent(max -> predicate.put("max_uses", max));
        var listed = uses.remembered().values().stream()
                .sorted(IN_ORDER)
                // Of a limited token the record remembers all, hundreds with many targets; readers take so many.
                .limit(Uses.MAX_REMEMBERED)
                .map(use -> (JsonValue) use(use))
                .toList();
        predicate.put("use_count", uses.count()).put("uses", new JsonArray(listed));
        if (uses.count() > listed.size()) {
            predicate.put("uses_not_listed", uses.count() - listed.size());
        }
    }

    private JsonObject use(RecordedUse use) {
        return JsonObject.builder()
                .put("at", use.at().toString())
                .put("server", record.grant().server().value())
                .put("action", use.action())
                .put("identifier", identifiers.get(use.object()))
                .build();
    }

    private static String identifier(JsonValue permission) {
        if (permission instanceof JsonObject object) {
            return object.string("identifier").orElseThrow(ReceiptStatement::unreadable);
        }
        throw unreadable();
    }

    private static IllegalStateException unreadable() {
        return new IllegalStateException("the record's authorization_details name no identifier");
    }
}
