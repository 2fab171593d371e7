// SPDX-License-Identifier: Apache-2.0
package io.taskbound.approval;

import io.taskbound.digest.Sha256;
import io.taskbound.identity.Identity;
import io.taskbound.identity.Person;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.policy.Grant;
import io.taskbound.task.GrantedDetails;
import io.taskbound.token.HolderChallenge;
import io.taskbound.token.Jti;
import java.util.Optional;

/**
 * Exactly what a step asks people to approve: what it would do, on what, who asks, for how long, and by which version
 * of the policy. The request's own {@code txn} and its holder's challenge are in it too: a second request of the same
 * words is another declaration, and only the client that asked can use what was approved.
 */
public final class Declaration {
    private static final int HASH_OCTETS = 32;

    private final ApprovalId id;
    private final JsonObject json;

    private Declaration(ApprovalId id, JsonObject json) {
        this.id = id;
        this.json = json;
    }

    /** @param description what the policy says of the task, for people */
    public static Declaration of(
            Identity identity, Grant grant, Optional<String> description, String txn, HolderChallenge holder) {
        var caller = identity.caller();
        var details = GrantedDetails.of(grant.task(), grant.permissions());
        var asker = JsonObject.builder()
                .put("provider", caller.provider().value())
                .put("issuer", caller.issuer())
                .put("stable_sub", caller.stableSubject())
                .putIfPresent("project", caller.projectName())
                .putIfPresent("project_id", caller.projectId())
                .put("run", caller.run())
                .putIfPresent("job", caller.job())
                .putIfPresent("link", caller.link())
                .putIfPresent("started_by", caller.startedBy())
                .putIfPresent("person", caller.starter().told().map(person -> person.id()))
                .build();
        var json = JsonObject.builder()
                .put("task", grant.task().value())
                .putIfPresent("description", description)
                .put("authorization_details", details.json())
                .put("resource_server", grant.server().name().value())
                .put("audience", grant.server().audience())
                .put("requester", asker)
                .put("lifetime", grant.lifetime().toSeconds());
        grant.maxUses().ifPresent(uses -> json.put("max_uses", uses));
        json.put("policy_version", grant.policy().number())
                .put("policy_hash", grant.policy().hash())
                .put("txn", txn)
                .put("holder_challenge", holder.value());
        return of(Jti.of(identity.proof()).run(), json.build());
    }

    private static Declaration of(String run, JsonObject json) {
        return new Declaration(new ApprovalId(run, Sha256.base64Url(JsonText.canonical(json), HASH_OCTETS)), json);
    }

    /**
     * What was declared before, as it is kept.
     *
     * @throws IllegalArgumentException when it is not what the id names
     */
    public static Declaration kept(ApprovalId id, JsonObject json) {
        var declaration = of(id.run(), json);
        if (!declaration.id().equals(id)) {
            throw new IllegalArgumentException("not the declaration that the id names");
        }
        return declaration;
    }

    public ApprovalId id() {
        return id;
    }

    /** The job that asks, where its ID tokens tell. */
    public Optional<String> job() {
        return requester().string("job");
    }

    /** Who asks, by ids that are never given to another. */
    public String stableSubject() {
        return requester().string("stable_sub").orElseThrow();
    }

    private JsonObject requester() {
        return json.object("requester").orElse(JsonObject.EMPTY);
    }

    /** Who started the run, by an immutable id, where its ID tokens tell. */
    public Optional<Person> starter() {
        var asker = requester();
        return asker.string("issuer").flatMap(issuer -> asker.string("person").map(id -> new Person(issuer, id)));
    }

    /** The id says all of it. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Declaration declaration && id.equals(declaration.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "Declaration[" + id + "]";
    }

    /** All of it, as it is hashed. */
    public JsonObject json() {
        return json;
    }
}
