// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.receipt;

import io.taskbound.client.internal.JsonObject;
import io.taskbound.client.internal.RepeatedNames;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a statement that was signed: an in-toto Statement v1 with the predicate of a receipt, version 1. Members that
 * this version does not know are passed over.
 */
final class StatementReader {
    private static final String TYPE = "https://in-toto.io/Statement/v1";
    private static final String PREDICATE_TYPE = "https://taskbound.example/receipt/v1";

    private final JsonObject predicate;

    private StatementReader(JsonObject predicate) {
        this.predicate = predicate;
    }

    /** What {@link VerifiedReceipt} hands out. */
    record Parts(
            String issuer,
            String handle,
            String task,
            ReceiptRequester requester,
            List<ReceiptPermission> permissions,
            String resourceServer,
            long policyVersion,
            String policyHash,
            Instant issued,
            Instant expires,
            Optional<String> keyThumbprint,
            Optional<ReceiptApproval> approval,
            Optional<ReceiptWindow> window,
            Optional<Long> maxUses,
            long useCount,
            List<ReceiptUse> uses,
            Optional<ReceiptCredential> credential,
            String state,
            Optional<ReceiptEnd> end,
            Instant made) {}

    /** @throws Flawed when it is not a receipt, or one of a version that is not known */
    static VerifiedReceipt read(byte[] payload, String keyId) throws Flawed {
        var text = text(payload);
        var predicate = JsonObject.parse(text)
                .filter(statement -> !RepeatedNames.areIn(text))
                .filter(statement ->
                        statement.text("_type").filter(TYPE::equals).isPresent())
                .filter(statement -> statement
                        .text("predicateType")
                        .filter(PREDICATE_TYPE::equals)
                        .isPresent())
                .flatMap(statement -> statement.object("predicate"))
                .orElseThrow(() -> new Flawed(ReceiptFlaw.NOT_A_RECEIPT));
        return new VerifiedReceipt(keyId, text, new StatementReader(predicate).parts());
    }

    private static String text(byte[] utf8) throws Flawed {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw new Flawed(ReceiptFlaw.NOT_A_RECEIPT);
        }
    }

    private Parts parts() throws Flawed {
        var policy = object(predicate, "policy");
        return new Parts(
                text(predicate, "issuer"),
                text(predicate, "jti"),
                text(predicate, "task"),
                requester(),
                permissions(),
                text(object(predicate, "resource_server"), "name"),
                whole(policy, "version"),
                text(policy, "hash"),
                time(predicate, "issued"),
                time(predicate, "expires"),
                keyThumbprint(),
                approval(),
                window(),
                predicate.whole("max_uses"),
                whole(predicate, "use_count"),
                uses(),
                credential(),
                text(predicate, "state"),
                end(),
                time(predicate, "receipt_made"));
    }

    private ReceiptRequester requester() throws Flawed {
        var requester = object(predicate, "requester");
        return new ReceiptRequester(
                text(requester, "provider"),
                text(requester, "issuer"),
                text(requester, "subject"),
                requester.text("project"),
                text(requester, "run"),
                requester.text("job"),
                requester.text("started_by"),
                requester.text("link"));
    }

    private List<ReceiptPermission> permissions() throws Flawed {
        var permissions = new ArrayList<ReceiptPermission>();
        for (JsonObject object : objects("permissions")) {
            var actions = object.texts("actions").orElseThrow(StatementReader::flaw);
            permissions.add(new ReceiptPermission(actions, text(object, "identifier")));
        }
        return List.copyOf(permissions);
    }

    private Optional<String> keyThumbprint() throws Flawed {
        return predicate.has("cnf") ? Optional.of(text(object(predicate, "cnf"), "jkt")) : Optional.empty();
    }

    private Optional<ReceiptApproval> approval() throws Flawed {
        if (!predicate.has("approval")) {
            return Optional.empty();
        }
        var approval = object(predicate, "approval");
        var decisions = new ArrayList<ReceiptDecision>();
        for (JsonObject decision : approval.objects("decisions").orElseThrow(StatementReader::flaw)) {
            decisions.add(new ReceiptDecision(
                    text(decision, "decision"),
                    time(decision, "at"),
                    text(decision, "provider"),
                    text(decision, "issuer"),
                    text(decision, "person"),
                    text(decision, "name"),
                    text(decision, "text_sha256"),
                    decision.text("comment")));
        }
        return Optional.of(new ReceiptApproval(
                text(approval, "id"), time(approval, "requested"), whole(approval, "needed"), decisions));
    }

    private Optional<ReceiptWindow> window() throws Flawed {
        if (!predicate.has("window")) {
            return Optional.empty();
        }
        var window = object(predicate, "window");
        return Optional.of(new ReceiptWindow(time(window, "end"), window.text("change")));
    }

    private List<ReceiptUse> uses() throws Flawed {
        var uses = new ArrayList<ReceiptUse>();
        for (JsonObject use : objects("uses")) {
            uses.add(
                    new ReceiptUse(time(use, "at"), text(use, "server"), text(use, "action"), text(use, "identifier")));
        }
        return List.copyOf(uses);
    }

    private Optional<ReceiptCredential> credential() throws Flawed {
        if (!predicate.has("credential")) {
            return Optional.empty();
        }
        var credential = object(predicate, "credential");
        var ended = credential.has("ended") ? Optional.of(time(credential, "ended")) : Optional.<Instant>empty();
        return Optional.of(new ReceiptCredential(
                text(credential, "kind"),
                text(credential, "state"),
                whole(credential, "deliveries"),
                time(credential, "alive_until"),
                ended));
    }

    private Optional<ReceiptEnd> end() throws Flawed {
        if (!predicate.has("end")) {
            return Optional.empty();
        }
        var end = object(predicate, "end");
        var deadSince = end.has("dead_since") ? Optional.of(time(end, "dead_since")) : Optional.<Instant>empty();
        return Optional.of(new ReceiptEnd(time(end, "at"), text(end, "cause"), text(end, "by"), deadSince));
    }

    private List<JsonObject> objects(String name) throws Flawed {
        return Optional.of(name)
                .filter(predicate::has)
                .flatMap(predicate::objects)
                .orElseThrow(StatementReader::flaw);
    }

    private static JsonObject object(JsonObject from, String name) throws Flawed {
        return from.object(name).orElseThrow(StatementReader::flaw);
    }

    private static String text(JsonObject from, String name) throws Flawed {
        return from.text(name).orElseThrow(StatementReader::flaw);
    }

    private static long whole(JsonObject from, String name) throws Flawed {
        return from.whole(name).orElseThrow(StatementReader::flaw);
    }

    private static Instant time(JsonObject from, String name) throws Flawed {
        try {
            return Instant.parse(text(from, name));
        } catch (DateTimeParseException notATime) {
            throw flaw();
        }
    }

    private static Flawed flaw() {
        return new Flawed(ReceiptFlaw.NOT_A_RECEIPT);
    }
}
