// SPDX-License-Identifier: Apache-2.0
package io.taskbound.credential;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A statement of a session policy: each of these actions on each of these resources, and nothing after a time.
 *
 * @param prefixes where not empty, only listings of a prefix that one of these patterns matches
 */
record AwsStatement(SortedSet<String> actions, SortedSet<String> resources, SortedSet<String> prefixes) {
    AwsStatement {
        actions = Collections.unmodifiableSortedSet(new TreeSet<>(actions));
        resources = Collections.unmodifiableSortedSet(new TreeSet<>(resources));
        prefixes = Collections.unmodifiableSortedSet(new TreeSet<>(prefixes));
    }

    static AwsStatement on(SortedSet<String> actions, List<String> resources) {
        return new AwsStatement(actions, new TreeSet<>(resources), Collections.emptySortedSet());
    }

    /** @param notAfter in ISO 8601 */
    JsonObject json(String notAfter) {
        var condition = JsonObject.builder()
                .put(
                        "DateLessThan",
                        JsonObject.builder().put("aws:CurrentTime", notAfter).build());
        if (!prefixes.isEmpty()) {
            condition.put(
                    "StringLike",
                    JsonObject.builder().put("s3:prefix", oneOrMany(prefixes)).build());
        }
        return JsonObject.builder()
                .put("Effect", "Allow")
                .put("Action", oneOrMany(actions))
                .put("Resource", oneOrMany(resources))
                .put("Condition", condition.build())
                .build();
    }

    /** IAM takes a text for a list of one; the characters of a session policy are few. */
    private static JsonValue oneOrMany(SortedSet<String> texts) {
        return texts.size() == 1 ? new JsonString(texts.first()) : JsonArray.ofStrings(texts);
    }
}
