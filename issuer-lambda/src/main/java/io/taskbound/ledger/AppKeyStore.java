// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.Attributes.BY;
import static io.taskbound.ledger.Attributes.KEY_ARN;
import static io.taskbound.ledger.Attributes.SEALED_KEY;
import static io.taskbound.ledger.Attributes.SECRET_MADE;
import static io.taskbound.ledger.Attributes.VERSION;

import io.taskbound.token.KeyRecord;
import java.util.List;
import java.util.Optional;

/**
 * The keys of GitHub Apps in the table: one item for each App. An import takes the place of the one before, on
 * condition that the item is as its writer has seen it. Every method may throw {@link LedgerUnavailable}.
 */
public final class AppKeyStore {
    private final DynamoTable table;

    public AppKeyStore(DynamoTable table) {
        this.table = table;
    }

    /**
     * An App's key at one moment.
     *
     * @param version of the item: what a change must name; 0 where there is none
     */
    public record Kept(long version, Optional<AppKey> key) {
        public static final Kept NONE = new Kept(0, Optional.empty());
    }

    /** @param appId digits */
    public Kept read(String appId) {
        var key = Key.appKey(appId);
        return Optional.ofNullable(table.get("App's key", List.of(key)).get(key))
                .map(AppKeyStore::read)
                .orElse(Kept.NONE);
    }

    private static Kept read(Item item) {
        return new Kept(
                item.number(VERSION),
                Optional.of(new AppKey(
                        item.has(KEY_ARN)
                                ? new KeyRecord.KeyLocation.InKms(item.text(KEY_ARN))
                                : new KeyRecord.KeyLocation.Sealed(item.text(SEALED_KEY)),
                        item.time(SECRET_MADE),
                        item.text(BY))));
    }

    /** Makes this the App's key, if nobody has changed anything since; false when somebody has. */
    public boolean write(String appId, Kept seen, AppKey key) {
        var first = seen.version() == 0;
        var condition = first ? "attribute_not_exists(" + VERSION + ")" : VERSION + " = :before";
        boolean inKms = key.kept() instanceof KeyRecord.KeyLocation.InKms;
        var change = Update.of("App's key", Key.appKey(appId), condition, set(inKms))
                .with(":v", seen.version() + 1)
                .with(":key", text(key.kept()))
                .with(":made", key.made().toEpochMilli())
                .with(":by", key.by())
                .withName("#by", BY);
        var outcome = table.update(first ? change : change.with(":before", seen.version()));
        return outcome.match(
                applied -> true,
                // The SDK repeats a write whose answer was lost; what stands there then may be this very one.
                refused -> refused.there()
                        .map(AppKeyStore::read)
                        .filter(there -> there.equals(new Kept(seen.version() + 1, Optional.of(key))))
                        .isPresent());
    }

    private static String set(boolean inKms) {
        return "SET " + VERSION + " = :v, " + (inKms ? KEY_ARN : SEALED_KEY) + " = :key, " + SECRET_MADE + " = :made, "
                + "#by = :by REMOVE " + (inKms ? SEALED_KEY : KEY_ARN);
    }

    private static String text(KeyRecord.KeyLocation kept) {
        return kept instanceof KeyRecord.KeyLocation.InKms inKms
                ? inKms.arn()
                : ((KeyRecord.KeyLocation.Sealed) kept).secret();
    }
}
