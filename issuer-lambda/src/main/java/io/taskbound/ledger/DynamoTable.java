// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.Attributes.FIRST_DEADLINE;
import static io.taskbound.ledger.Attributes.ISSUED;
import static io.taskbound.ledger.Attributes.JOB;
import static io.taskbound.ledger.Attributes.LISTING_KEY;
import static io.taskbound.ledger.Attributes.PK;
import static io.taskbound.ledger.Attributes.PROOF_ISSUED;
import static io.taskbound.ledger.Attributes.SK;
import static io.taskbound.ledger.Attributes.STABLE_SUBJECT;
import static io.taskbound.ledger.Attributes.SWEEP_SHARD;
import static io.taskbound.ledger.Attributes.TTL;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The requests that the ledger makes, and nothing else of DynamoDB: conditional put, put, conditional update,
 * consistent batch get, consistent query, a page of an index; a transaction, for the signing keys alone; and the
 * question whether the table has a TTL. No scan, no delete. A failed condition is an answer; any other failure is
 * {@link LedgerUnavailable}.
 */
public final class DynamoTable {
    private static final int BATCH_ATTEMPTS = 4;
    /** What BatchGetItem takes at once. */
    private static final int LARGEST_BATCH = 100;

    /** Why a transaction was cancelled, in the service's words, where another writer was quicker. */
    private static final Set<String> OVERTAKEN = Set.of("ConditionalCheckFailed", "TransactionConflict");

    private static final int LISTED_PAGE = 200;
    private static final int SWEPT_PAGE = 100;
    private static final Item NOTHING = new Item(Map.of());
    private static final Duration FIRST_PAUSE = Duration.ofMillis(25);

    private final DynamoDbClient client;
    private final String name;

    /**
     * @param client with bounded time-outs and attempts, such as {@link DynamoClients} makes; stays the caller's to
     *     close
     */
    public DynamoTable(DynamoDbClient client, String name) {
        this.client = client;
        this.name = name;
    }

    /** Writes the item if there is none with its key; else what is there. */
    Optional<Item> putIfAbsent(String what, Item item) {
        return put(what, item, "attribute_not_exists(" + PK + ")", Map.of());
    }

    /** Writes the item in the place of what is there with this attribute; else what is there. */
    Optional<Item> putIfStill(String what, Item item, String attribute, String value) {
        return put(what, item, attribute + " = :seen", Map.of(":seen", value));
    }

    private Optional<Item> put(String what, Item item, String condition, Map<String, Object> values) {
        try {
            reach(
                    what,
                    () -> client.putItem(put -> {
                        put.tableName(name)
                                .item(DynamoConversion.of(item))
                                .conditionExpression(condition)
                                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
                        if (!values.isEmpty()) {
                            put.expressionAttributeValues(DynamoConversion.of(values));
                        }
                    }));
            return Optional.empty();
        } catch (ConditionalCheckFailedException occupied) {
            return Optional.of(occupied.hasItem() ? DynamoConversion.item(occupied.item()) : NOTHING);
        }
    }

    void put(String what, Item item) {
        reach(what, () -> client.putItem(put -> put.tableName(name).item(DynamoConversion.of(item))));
    }

    Update.Outcome update(Update update) {
        try {
            var response = reach(
                    update.what(),
                    () -> client.updateItem(request -> {
                        request.tableName(name)
                                .key(DynamoConversion.of(update.key()))
                                .updateExpression(update.change())
                                .expressionAttributeValues(DynamoConversion.of(update.values()))
                                .returnValues(ReturnValue.ALL_NEW)
                                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
                        if (!update.condition().isEmpty()) {
                            request.conditionExpression(update.condition());
                        }
                        if (!update.names().isEmpty()) {
                            request.expressionAttributeNames(update.names());
                        }
                    }));
            return new Update.Outcome.Applied(DynamoConversion.item(response.attributes()));
        } catch (ConditionalCheckFailedException refused) {
            return new Update.Outcome.Refused(
                    refused.hasItem() ? Optional.of(DynamoConversion.item(refused.item())) : Optional.empty());
        }
    }

    /**
     * The update and these puts, all or none. False if the update's condition does not hold, or if somebody else is
     * writing one of these items at the same moment. The SDK marks each call with a token, so an attempt that is
     * repeated because its answer was lost finds its own success.
     */
    boolean updateAndPut(Update update, List<Item> items) {
        var writes = new ArrayList<TransactWriteItem>();
        writes.add(TransactWriteItem.builder()
                .update(change -> change.tableName(name)
                        .key(DynamoConversion.of(update.key()))
                        .updateExpression(update.change())
                        .conditionExpression(update.condition())
                        .expressionAttributeValues(DynamoConversion.of(update.values())))
                .build());
        for (var item : items) {
            writes.add(TransactWriteItem.builder()
                    .put(put -> put.tableName(name).item(DynamoConversion.of(item)))
                    .build());
        }
        try {
            reach(update.what(), () -> client.transactWriteItems(all -> all.transactItems(writes)));
            return true;
        } catch (TransactionCanceledException cancelled) {
            if (cancelled.cancellationReasons().stream().anyMatch(reason -> OVERTAKEN.contains(reason.code()))) {
                return false;
            }
            throw unavailable(update.what(), cancelled);
        }
    }

    /**
     * The items with these keys that exist, each as of now. The table may answer in parts; a part is never taken for
     * the whole.
     */
    Map<Key, Item> get(String what, List<Key> keys) {
        var found = new LinkedHashMap<Key, Item>();
        for (var attributes : batch(what, keys)) {
            var item = DynamoConversion.item(attributes);
            found.put(item.key(), item);
        }
        return found;
    }

    /**
     * The same for people who look things over: an item that is not of our layout is there and empty, and hides no
     * other. Any number of keys.
     */
    Map<Key, Optional<Item>> getEach(String what, List<Key> keys) {
        var found = new LinkedHashMap<Key, Optional<Item>>();
        for (int from = 0; from < keys.size(); from += LARGEST_BATCH) {
            var some = keys.subList(from, Math.min(keys.size(), from + LARGEST_BATCH));
            batch(what, some)
                    .forEach(attributes ->
                            found.put(DynamoConversion.key(attributes), DynamoConversion.readable(attributes)));
        }
        return found;
    }

    private List<Map<String, AttributeValue>> batch(String what, List<Key> keys) {
        var found = new ArrayList<Map<String, AttributeValue>>();
        var open = keys.stream().map(DynamoConversion::of).toList();
        for (int attempt = 0; !open.isEmpty(); attempt++) {
            if (attempt == BATCH_ATTEMPTS) {
                throw new LedgerUnavailable(what + ": keys stayed unprocessed");
            }
            pauseBefore(attempt);
            var wanted = open;
            var response = reach(
                    what,
                    () -> client.batchGetItem(get -> get.requestItems(Map.of(
                            name,
                            KeysAndAttributes.builder()
                                    .keys(wanted)
                                    .consistentRead(true)
                                    .build()))));
            found.addAll(response.responses().getOrDefault(name, List.of()));
            open = Optional.ofNullable(response.unprocessedKeys().get(name))
                    .map(KeysAndAttributes::keys)
                    .orElse(List.of());
        }
        return found;
    }

    /** All items of the partition whose sort key begins so, page by page. */
    List<Item> query(String what, String pk, String skPrefix) {
        return partition(what, pk, skPrefix).stream()
                .map(DynamoConversion::item)
                .toList();
    }

    /** The same for people who look things over: an item that is not of our layout is there and empty. */
    Map<Key, Optional<Item>> queryEach(String what, String pk, String skPrefix) {
        var found = new LinkedHashMap<Key, Optional<Item>>();
        partition(what, pk, skPrefix)
                .forEach(attributes ->
                        found.put(DynamoConversion.key(attributes), DynamoConversion.readable(attributes)));
        return found;
    }

    private List<Map<String, AttributeValue>> partition(String what, String pk, String skPrefix) {
        var items = new ArrayList<Map<String, AttributeValue>>();
        pages(what, pk, skPrefix, query -> {}, page -> {
            items.addAll(page);
            return true;
        });
        return items;
    }

    /**
     * The tokens of the partition whose state is active, page by page: nothing of them but what tells which closing
     * covers them.
     *
     * @param next takes a page, and says whether it wants another
     */
    void activeTokens(String what, String pk, Predicate<List<Item>> next) {
        pages(
                what,
                pk,
                Key.TOKENS,
                query -> query.filterExpression(Conditions.ACTIVE)
                        .projectionExpression(String.join(", ", PK, SK, JOB, STABLE_SUBJECT, ISSUED, PROOF_ISSUED))
                        .expressionAttributeValues(
                                DynamoConversion.of(Map.of(":pk", pk, ":sk", Key.TOKENS, ":active", TokenItem.ACTIVE))),
                page -> next.test(page.stream().map(DynamoConversion::item).toList()));
    }

    private void pages(
            String what,
            String pk,
            String skPrefix,
            Consumer<QueryRequest.Builder> more,
            Predicate<List<Map<String, AttributeValue>>> next) {
        Map<String, AttributeValue> from = Map.of();
        boolean wanted;
        do {
            var start = from;
            var page = reach(
                    what,
                    () -> client.query(query -> {
                        query.tableName(name)
                                .consistentRead(true)
                                .keyConditionExpression(PK + " = :pk AND begins_with(" + SK + ", :sk)")
                                .expressionAttributeValues(DynamoConversion.of(Map.of(":pk", pk, ":sk", skPrefix)));
                        more.accept(query);
                        if (!start.isEmpty()) {
                            query.exclusiveStartKey(start);
                        }
                    }));
            wanted = next.test(page.items());
            from = page.lastEvaluatedKey();
        } while (wanted && !from.isEmpty());
    }

    /** Where a page of an index ended. */
    record Position(Map<String, AttributeValue> last) {}

    /** An entry of an index, which holds keys only: the token's, and the time that the index is sorted by. */
    record Listed(Key key, long millis) {
        Instant at() {
            return Instant.ofEpochMilli(millis);
        }
    }

    /** A page of an index; without {@code next} it is the last. */
    record ListedPage(List<Listed> entries, Optional<Position> next) {}

    /**
     * One page of the listing index, newest first. An index is never read consistently: for people, not for decisions.
     */
    ListedPage list(String listingKey, Instant from, Instant to, Optional<Position> start) {
        return indexed(
                "list",
                ISSUED,
                start,
                query -> query.indexName("listing")
                        .keyConditionExpression(LISTING_KEY + " = :lk AND " + ISSUED + " BETWEEN :from AND :to")
                        .expressionAttributeValues(DynamoConversion.of(
                                Map.of(":lk", listingKey, ":from", from.toEpochMilli(), ":to", to.toEpochMilli())))
                        .scanIndexForward(false)
                        .limit(LISTED_PAGE));
    }

    /**
     * One page of a shard of the sweeper's index: deadlines up to {@code to}, the oldest first. It may lag behind the
     * records, which alone say what a token is.
     */
    ListedPage due(String shard, Instant to, Optional<Position> start) {
        return indexed(
                "sweep",
                FIRST_DEADLINE,
                start,
                query -> query.indexName("sweep")
                        .keyConditionExpression(SWEEP_SHARD + " = :shard AND " + FIRST_DEADLINE + " <= :to")
                        .expressionAttributeValues(
                                DynamoConversion.of(Map.of(":shard", shard, ":to", to.toEpochMilli())))
                        .limit(SWEPT_PAGE));
    }

    private ListedPage indexed(
            String what, String sortedBy, Optional<Position> start, Consumer<QueryRequest.Builder> asking) {
        var page = reach(
                what,
                () -> client.query(query -> {
                    asking.accept(query.tableName(name));
                    start.ifPresent(position -> query.exclusiveStartKey(position.last()));
                }));
        return new ListedPage(
                page.items().stream()
                        .map(entry -> DynamoConversion.listed(entry, sortedBy))
                        .toList(),
                Optional.of(page.lastEvaluatedKey())
                        .filter(last -> !last.isEmpty())
                        .map(Position::new));
    }

    /** What the service says of the table. */
    TableState timeToLive() {
        try {
            var ttl = client.describeTimeToLive(table -> table.tableName(name)).timeToLiveDescription();
            return ttl.timeToLiveStatus() == TimeToLiveStatus.ENABLED && TTL.equals(ttl.attributeName())
                    ? TableState.READY
                    : TableState.WITHOUT_TTL;
        } catch (ResourceNotFoundException absent) {
            return TableState.ABSENT;
        } catch (DynamoDbException failure) {
            return "AccessDeniedException".equals(failure.awsErrorDetails().errorCode())
                    ? TableState.TTL_NOT_READABLE
                    : TableState.UNKNOWN;
        } catch (SdkException noAnswer) {
            return TableState.UNKNOWN;
        }
    }

    private static void pauseBefore(int attempt) {
        if (attempt == 0) {
            return;
        }
        try {
            Thread.sleep(FIRST_PAUSE.toMillis() << (attempt - 1));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new LedgerUnavailable("interrupted");
        }
    }

    private static <T> T reach(String what, Supplier<T> request) {
        try {
            return request.get();
        } catch (ConditionalCheckFailedException | TransactionCanceledException answer) {
            throw answer;
        } catch (DynamoDbException failure) {
            throw unavailable(what, failure);
        } catch (RuntimeException failure) {
            // The SDK's own, or one of DynamoDB Local in this process, which throws what it likes when its disk is
            // slow.
            throw new LedgerUnavailable(what + ": " + failure.getClass().getSimpleName());
        }
    }

    private static LedgerUnavailable unavailable(String what, DynamoDbException failure) {
        return new LedgerUnavailable(what + ": " + kind(failure) + " " + failure.statusCode());
    }

    /** The service's own name of a failure, such as AccessDeniedException, where it gave one. */
    private static String kind(DynamoDbException failure) {
        return Optional.ofNullable(failure.awsErrorDetails())
                .map(AwsErrorDetails::errorCode)
                .filter(code -> code.matches("[A-Za-z]{1,80}"))
                .orElseGet(() -> failure.getClass().getSimpleName());
    }
}
