// SPDX-License-Identifier: Apache-2.0
package io.taskbound.credential;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import io.taskbound.policy.AwsRole;
import io.taskbound.task.Permission;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** A session of one role, narrowed to the targets of one grant. */
public final class AwsAccess implements Access {
    /** Of a session policy (AssumeRole, parameter {@code Policy}). */
    private static final int MAX_CHARACTERS = 2048;

    private final AwsRole role;
    private final List<AwsStatement> statements;

    private AwsAccess(AwsRole role, List<AwsStatement> statements) {
        this.role = role;
        this.statements = statements;
    }

    static AwsAccess of(AwsRole role, List<Permission> permissions) throws NotDeliverable {
        var statements = new AwsStatements(role);
        for (var target : Targets.of(permissions).entrySet()) {
            statements.add(target.getKey(), target.getValue());
        }
        var access = new AwsAccess(role, statements.merged());
        // Every time of a token's life is written with as many characters.
        if (access.sessionPolicy(Instant.EPOCH).length() > MAX_CHARACTERS) {
            throw new NotDeliverable("the identifiers are too many or too long for one AWS session: request fewer or"
                    + " shorter ones, and the others in a step of their own");
        }
        return access;
    }

    public AwsRole role() {
        return role;
    }

    /**
     * The session policy (IAM JSON, at most 2,048 characters): the actions on the targets, and only before this time.
     *
     * @param notAfter to the second; a fraction is cut off
     */
    public String sessionPolicy(Instant notAfter) {
        var before = notAfter.truncatedTo(ChronoUnit.SECONDS).toString();
        var written = statements.stream()
                .map(statement -> (JsonValue) statement.json(before))
                .toList();
        return JsonText.of(JsonObject.builder()
                .put("Version", "2012-10-17")
                .put("Statement", new JsonArray(written))
                .build());
    }

    @Override
    public String toString() {
        return "AwsAccess[" + statements.size() + " statements]";
    }
}
