// SPDX-License-Identifier: Apache-2.0
package io.taskbound.audit;

import io.taskbound.approval.ApprovalId;
import io.taskbound.identity.Identity;
import io.taskbound.identity.Person;
import io.taskbound.identity.Requester;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonBoolean;
import io.taskbound.json.JsonNumber;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import io.taskbound.policy.NearestMiss;
import io.taskbound.policy.PolicyVersion;
import io.taskbound.task.HookName;
import io.taskbound.task.ProviderName;
import io.taskbound.task.RequestedPermission;
import io.taskbound.task.ServerName;
import io.taskbound.task.TaskName;
import io.taskbound.task.TaskRequest;
import io.taskbound.token.Jti;
import io.taskbound.token.KeyThumbprint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Collects what one decision was about and writes it as one line. It accepts only types that contain no secret, so no
 * token can get into the log. Text from outside is cut at {@value #MAX_TEXT} characters.
 *
 * <p>Not for use by more than one thread.
 */
public final class AuditEntry {
    private static final int MAX_TEXT = 256;
    private static final int MAX_CLAIMS = 64;
    private final Event event;
    private final Instant at;
    private final Map<String, JsonValue> fields = new LinkedHashMap<>();
    private Optional<Reason> reason = Optional.empty();
    private boolean keysStale;
    private boolean keyChanged;

    private AuditEntry(Event event, Instant at) {
        this.event = event;
        this.at = at;
    }

    /** Begins a line of which the request is, or the sweep, that the id names. */
    public static AuditEntry begin(Event event, String requestId, Instant now) {
        var entry = new AuditEntry(event, now);
        entry.put("time", now.toString());
        entry.put("request_id", requestId);
        entry.put("event", event.wire());
        return entry;
    }

    /**
     * The same entry for something else that the request turned out to be; there is no token, so its handle is left
     * out.
     */
    public AuditEntry as(Event other) {
        var entry = new AuditEntry(other, at);
        entry.fields.putAll(fields);
        entry.fields.remove("jti");
        entry.put("event", other.wire());
        entry.reason = reason;
        entry.keysStale = keysStale;
        entry.keyChanged = keyChanged;
        return entry;
    }

    /** Who asked, as the verified ID token says; of the ID token itself only a hash. */
    public AuditEntry identity(Identity identity) {
        var caller = identity.caller();
        provider(caller.provider());
        put("sub", caller.subject());
        put("stable_sub", caller.stableSubject());
        caller.projectName().ifPresent(name -> put("project", name));
        caller.projectId().ifPresent(id -> put("project_id", id));
        put("run", caller.run());
        caller.job().ifPresent(job -> put("job", job));
        caller.startedBy().ifPresent(person -> put("started_by", person));
        if (identity.keyChanged()) {
            // Verified after a refetch under a key id that was known with another key (threat model R34).
            keyChanged = true;
            fields.put("key_changed", new JsonBoolean(true));
        }
        if (identity.keysStale()) {
            // The provider was out of reach; keys of up to an hour beyond their life did (threat model R34).
            keysStale = true;
            fields.put("keys_stale", new JsonBoolean(true));
            identity.staleBecause().ifPresent(why -> detail(why.text()));
        }
        return put("proof_sha256", identity.proof().sha256Hex());
    }

    /** Of the ID token itself only a hash, and who signed it. */
    public AuditEntry proof(Identity identity) {
        provider(identity.caller().provider());
        put("sub", identity.caller().subject());
        return put("proof_sha256", identity.proof().sha256Hex());
    }

    /** Whose token it is, as its record says. */
    public AuditEntry requester(Requester requester) {
        provider(requester.provider());
        put("sub", requester.subject());
        put("stable_sub", requester.stableSubject());
        requester.projectName().ifPresent(name -> put("project", name));
        requester.projectId().ifPresent(id -> put("project_id", id));
        put("run", requester.run());
        requester.job().ifPresent(job -> put("job", job));
        requester.startedBy().ifPresent(person -> put("started_by", person));
        requester.link().ifPresent(link -> put("link", link));
        return this;
    }

    public AuditEntry provider(ProviderName provider) {
        return put("provider", provider.value());
    }

    /** Every claim of the ID token, so that the owner of the policy can explain a refusal without the token. */
    public AuditEntry claims(Identity identity) {
        var kept = new LinkedHashMap<String, JsonValue>();
        // Two long names may be equal once they are cut; the line must be written anyway.
        identity.caller().claims().members().entrySet().stream()
                .limit(MAX_CLAIMS)
                .forEach(claim -> kept.putIfAbsent(cut(claim.getKey()), cut(claim.getValue())));
        fields.put("claims", new JsonObject(kept));
        return this;
    }

    public AuditEntry request(TaskRequest request) {
        task(request.task());
        var actions = new TreeSet<String>();
        request.permissions().forEach(permission -> actions.addAll(permission.actions()));
        fields.put("actions", JsonArray.ofStrings(actions));
        fields.put(
                "identifiers",
                JsonArray.ofStrings(request.permissions().stream()
                        .map(RequestedPermission::identifier)
                        .map(Object::toString)
                        .toList()));
        request.audience().ifPresent(audience -> put("resource", audience));
        return this;
    }

    public AuditEntry task(TaskName task) {
        return put("task", task.value());
    }

    public AuditEntry use(String action, String identifier) {
        put("action", action);
        return put("identifier", identifier);
    }

    public AuditEntry server(ServerName server) {
        return put("resource_server", server.value());
    }

    public AuditEntry jti(Jti jti) {
        return put("jti", jti.toString());
    }

    public AuditEntry txn(String txn) {
        return put("txn", txn);
    }

    public AuditEntry policy(PolicyVersion policy) {
        put("policy_version", policy.number());
        return put("policy_hash", policy.hash());
    }

    public AuditEntry rule(String rule) {
        return put("rule", rule);
    }

    /** The rule that came nearest to allowing the caller, and the condition that differed. */
    public AuditEntry nearest(NearestMiss miss) {
        fields.put(
                "nearest",
                JsonObject.builder()
                        .put("rule", cut(miss.rule()))
                        .put("path", cut(miss.path()))
                        .put("expected", cut(miss.expected()))
                        .put("actual", cut(miss.actual()))
                        .build());
        return this;
    }

    public AuditEntry expires(Instant expires) {
        return put("expires", expires.toString());
    }

    /** The thumbprint of the key that the token is bound to. */
    public AuditEntry boundTo(KeyThumbprint key) {
        return put("jkt", key.value());
    }

    public AuditEntry leaseSeconds(long seconds) {
        return put("lease", seconds);
    }

    public AuditEntry usesLeft(long uses) {
        return put("uses_left", uses);
    }

    public AuditEntry firstUse(boolean first) {
        fields.put("first_use", new JsonBoolean(first));
        return this;
    }

    /** How the token ended, and by whom: a person's or a server's name, or whose act it was. */
    public AuditEntry cause(String cause, String by) {
        put("cause", cause);
        return put("by", by);
    }

    /** From its issue to its end, and how long it could have lived at most. */
    public AuditEntry life(Instant issued, Instant ended, Instant expires) {
        put("issued", issued.toString());
        put("ended", ended.toString());
        put("used_seconds", Math.max(0, Duration.between(issued, ended).toSeconds()));
        return put("granted_seconds", Duration.between(issued, expires).toSeconds());
    }

    public AuditEntry uses(long uses) {
        return put("uses", uses);
    }

    /** A credential of this kind, and when it is dead for certain, even if nobody revokes it. */
    public AuditEntry credential(String kind, Instant until) {
        put("credential_kind", kind);
        return put("alive_until", until.toString());
    }

    /** How often it was handed out. */
    public AuditEntry deliveries(long deliveries) {
        return put("deliveries", deliveries);
    }

    /** How many tokens a close of a job or a run has ended. */
    public AuditEntry count(long count) {
        return put("count", count);
    }

    /** How many of them had lapsed or expired before: they outlived their step. */
    public AuditEntry late(long late) {
        return put("late", late);
    }

    /** The hook that was called. */
    public AuditEntry hook(HookName hook) {
        return put("hook", hook.value());
    }

    public AuditEntry resourceServer(String name) {
        return put("resource_server", name);
    }

    public AuditEntry project(String name) {
        return put("project", name);
    }

    /** Where people see the run. */
    public AuditEntry link(String link) {
        return put("link", link);
    }

    /** The project that a hook's event is about. */
    public AuditEntry projectId(String id) {
        return put("project_id", id);
    }

    /** The run, or the job of it, that a hook's event has ended. */
    public AuditEntry run(String run, Optional<String> job) {
        job.ifPresent(name -> put("job", name));
        return put("run", run);
    }

    /** What is to be closed: {@code token}, a handle, {@code *} or {@code run:*}. */
    public AuditEntry closing(String what) {
        return put("closing", what);
    }

    /** What people are asked to approve, or decided on, and where they see it. */
    public AuditEntry approval(ApprovalId id, String uri) {
        put("approval_id", id.toString());
        return put("approval_uri", uri);
    }

    /** The groups whose members may approve, and how many of them must. */
    public AuditEntry approvers(List<String> groups, int count) {
        fields.put("approvers", JsonArray.ofStrings(groups));
        return put("approvals_needed", count);
    }

    /** Who decided: as the member of which group, by an immutable id, under which name. */
    public AuditEntry approver(String group, Person person, String name) {
        put("approver_group", group);
        put("approver_issuer", person.issuer());
        put("approver_id", person.id());
        return put("approver", name);
    }

    /** Hash of the text that an approver was shown. */
    public AuditEntry shown(String textHash) {
        return put("text_sha256", textHash);
    }

    public AuditEntry comment(String text) {
        return put("comment", text);
    }

    /** Who asked, as they say, where no ID token tells. */
    public AuditEntry by(String who) {
        return put("by", who);
    }

    public AuditEntry reason(Reason reason) {
        this.reason = Optional.of(reason);
        return put("reason", reason.wire());
    }

    /** What would have refused the request, were the task enforced; one of several. */
    public AuditEntry shadow(Reason wouldRefuse) {
        return shadow(wouldRefuse.wire());
    }

    /** It would have waited for people to approve it. */
    public AuditEntry shadowApproval() {
        return shadow("approval");
    }

    private AuditEntry shadow(String word) {
        var reasons = new ArrayList<JsonValue>();
        if (fields.get("shadow") instanceof JsonArray noted) {
            reasons.addAll(noted.items());
        }
        reasons.add(new JsonString(word));
        fields.put("shadow", new JsonArray(reasons));
        return this;
    }

    /** More about the reason, for people; never text of an unverified token. */
    public AuditEntry detail(String detail) {
        return put("detail", detail);
    }

    /** The wire code of the refusal. */
    public AuditEntry error(String code) {
        return put("error", code);
    }

    public AuditLine end(Outcome outcome) {
        put("result", outcome.wire());
        var line = new JsonObject(fields);
        return new AuditLine(event, outcome, at, reason, keysStale, keyChanged, line, JsonText.of(line));
    }

    private AuditEntry put(String name, String value) {
        fields.put(name, new JsonString(cut(value)));
        return this;
    }

    private AuditEntry put(String name, long value) {
        fields.put(name, JsonNumber.of(value));
        return this;
    }

    private static JsonValue cut(JsonValue value) {
        if (value instanceof JsonString string) {
            return new JsonString(cut(string.value()));
        }
        if (value instanceof JsonObject || value instanceof JsonArray) {
            var text = JsonText.of(value);
            return text.length() <= MAX_TEXT ? value : new JsonString(cut(text));
        }
        return value;
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    }
}
