// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonBoolean;
import io.taskbound.json.JsonNumber;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import io.taskbound.task.Identifier;
import io.taskbound.task.RequestedPermission;
import io.taskbound.task.TaskName;
import io.taskbound.task.TaskRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Policies that load, callers and requests, all from so few words that they often meet. */
final class RandomPolicies {
    private static final List<String> IDS = List.of("1", "2");
    private static final List<String> PROJECTS =
            List.of("acme/shop", "acme/shop-x", "mallory/shop", "acme/shop/..", "acme//shop", "acme", "", ".", "**");
    private static final List<String> REFS =
            List.of("refs/heads/main", "refs/heads/x", "refs/tags/v1", "refs/heads/a/b", "");
    private static final List<String> REF_PATTERNS =
            List.of("refs/heads/main", "refs/heads/*", "refs/heads/**", "refs/tags/v*", "refs/**/main");
    private static final List<String> WORDS = List.of("a", "ab", "b/c", "a:b", "push", "");
    private static final List<String> WORD_PATTERNS = List.of("a", "a*", "*", "**", "*b", "b/*", "a:**", "");
    private static final List<String> EVENTS = List.of("push", "push", "push", "release", "pull_request_target", "x");
    private static final List<String> JOBS = List.of("https://ci/job/a/", "https://ci/job/b/");
    private static final List<String> TARGETS = List.of(
            "art:acme/shop/app",
            "art:acme/shop/app",
            "art:acme/shop/a/b",
            "art:acme/shop-x/app",
            "art:mallory/shop/app",
            "art:gold/app",
            "art:2/app",
            "art:x",
            "art:acme/shop/app@" + "0f".repeat(32),
            "art:acme/shop/app@0f");
    private static final List<String> TARGET_PATTERNS = List.of(
            "art:${project}/*",
            "art:${project}/**",
            "art:${project}/*@{sha256}",
            "art:${repository_id}/app",
            "art:*",
            "art:**",
            "art:acme/**",
            "**",
            "**",
            "art:x",
            "art:${tier}/app");
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    /** One is put forward and back by an hour, one by half of it, and one never. */
    private static final List<String> ZONES =
            List.of("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata");

    private static final List<Long> CHANGES_OF_CLOCKS = Stream.of(
                    "2026-03-29T01:00:00Z",
                    "2026-10-25T01:00:00Z",
                    "2026-03-08T07:00:00Z",
                    "2026-11-01T06:00:00Z",
                    "2026-04-04T15:00:00Z",
                    "2026-10-03T15:30:00Z")
            .map(time -> Instant.parse(time).getEpochSecond())
            .toList();
    private static final long FIRST_SECOND =
            Instant.parse("2026-01-01T00:00:00Z").getEpochSecond();
    private static final DateTimeFormatter WITH_SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX", Locale.ROOT);
    private static final List<String> DURATIONS = List.of("1m", "90s", "5m", "10m");
    private static final List<String> GROUPS = List.of("leads", "owners");
    private static final JsonString ONE = new JsonString("one");
    private static final List<String> ACTIONS = List.of("get", "put");

    private final SplittableRandom random;

    RandomPolicies(SplittableRandom random) {
        this.random = random;
    }

    JsonObject policy() {
        var document = Contract.json("""
                {'version': 1,
                 'providers': {'github': {'profile': 'github', 'issuer': 'https://gh', 'audience': 'us'},
                               'jenkins': {'profile': 'jenkins', 'issuer': 'https://ci/oidc', 'audience': 'us'}},
                 'resource_servers': {'one': {'audience': 'one', 'checks': 'redeem', 'client_secret_hashes': ['%1$s']},
                                      'two': {'audience': 'two', 'checks': 'introspect', 'client_secret_hashes': ['%1$s']}}}
                """.formatted(Documents.HASH));
        var callers = JsonObject.builder().put("shared", list(2, this::rule)).build();
        var tasks = JsonObject.builder().put("t", task()).put("u", task()).build();
        return Documents.with(
                Documents.with(Documents.with(document, "callers", callers), "approvers", approvers()), "tasks", tasks);
    }

    private JsonObject task() {
        var permissions = list(2, this::permission);
        var task = JsonObject.builder()
                .put("permissions", permissions)
                .put("allow", list(3, () -> chance(3) ? new JsonString("shared") : rule()));
        boolean redeemed = permissions.items().stream()
                .allMatch(entry -> entry.equals(Documents.with((JsonObject) entry, "resource_server", ONE)));
        limits(task, redeemed);
        return task.build();
    }

    /** @param redeemed whether uses can be counted */
    private void limits(JsonObject.Builder task, boolean redeemed) {
        if (chance(2)) {
            task.put("max_lifetime", any(DURATIONS));
        }
        if (chance(2)) {
            task.put("lease", any(DURATIONS));
        }
        if (redeemed && chance(2)) {
            task.put("max_uses", chance(3) ? new JsonString("unlimited") : JsonNumber.of(1 + random.nextInt(3)));
        }
        if (chance(4)) {
            task.put("max_live", 1 + random.nextInt(3));
        }
        if (chance(4)) {
            task.put("max_live_per_run", 1 + random.nextInt(3));
        }
        if (chance(4)) {
            task.put("once_per_run", random.nextBoolean());
        }
        if (chance(3)) {
            task.put("approval", approval());
        }
        if (chance(3)) {
            task.put("windows", list(3, () -> chance(3) ? onceOpen() : weekly()));
        }
        if (chance(6)) {
            task.put("enforce", random.nextBoolean());
        }
    }

    private JsonObject weekly() {
        var window = JsonObject.builder();
        if (chance(2)) {
            var days = new TreeSet<String>();
            for (int more = 2 + random.nextInt(5); more > 0; more--) {
                days.add(any(DAYS));
            }
            window.put("days", JsonArray.ofStrings(days));
        }
        return window.put("from", time(24, 0))
                .put("to", time(24, 1))
                .put("zone", any(ZONES))
                .build();
    }

    private String time(int hours, int last) {
        int hour = chance(2) ? random.nextInt(5) : random.nextInt(hours + last);
        return hour == hours
                ? "24:00"
                : String.format(Locale.ROOT, "%02d:%s", hour, any(List.of("00", "00", "30", "59")));
    }

    private JsonObject onceOpen() {
        var from = Instant.ofEpochSecond(second() / 60 * 60);
        var to = from.plusSeconds(1 + random.nextLong(40 * 86_400L));
        var window = JsonObject.builder().put("from", from.toString()).put("to", written(to));
        if (chance(2)) {
            window.put("change", any(List.of("CHG1", "CHG2")));
        }
        return window.build();
    }

    private String written(Instant time) {
        return chance(2)
                ? time.toString()
                : time.atOffset(ZoneOffset.ofHoursMinutes(5, 30)).format(WITH_SECONDS);
    }

    /** A time at which to ask, in two years; often about when some clock is changed. */
    long second() {
        return chance(3)
                ? any(CHANGES_OF_CLOCKS) + random.nextInt(4 * 3_600) - 2 * 3_600
                : FIRST_SECOND + random.nextInt(2 * 365 * 86_400);
    }

    private JsonObject approval() {
        var approval =
                JsonObject.builder().put("by", JsonArray.ofStrings(new TreeSet<>(List.of(any(GROUPS), any(GROUPS)))));
        if (chance(2)) {
            approval.put("count", 1 + random.nextInt(3));
        }
        if (chance(2)) {
            approval.put("within", any(DURATIONS));
        }
        return approval.build();
    }

    private JsonObject approvers() {
        var approvers = JsonObject.builder();
        GROUPS.forEach(group -> approvers.put(group, list(2, this::approver)));
        return approvers.build();
    }

    private JsonObject approver() {
        return JsonObject.builder()
                .put("provider", "github")
                .put("person", "actor_id")
                .put(
                        "claims",
                        JsonObject.builder()
                                .put("repository_id", exact(IDS))
                                .put("actor_id", exact(List.of("7", "8")))
                                .build())
                .build();
    }

    /** The same policy but for something; now and then another one altogether. */
    JsonObject changed(JsonObject policy) {
        var other = policy();
        return switch (random.nextInt(10)) {
            case 0 -> other;
            case 1 -> taking("callers", policy, other);
            case 2 -> taking("approvers", policy, other);
            case 3 -> taking("resource_servers", policy, other);
            default ->
                Documents.with(policy, "tasks", tasks(policy.object("tasks").orElseThrow(), other));
        };
    }

    private static JsonObject taking(String section, JsonObject policy, JsonObject other) {
        return Documents.with(policy, section, other.get(section).orElseThrow());
    }

    private JsonObject tasks(JsonObject tasks, JsonObject other) {
        var task = tasks.object("t").orElseThrow();
        var from = other.object("tasks").flatMap(all -> all.object("t")).orElseThrow();
        if (chance(8)) {
            return chance(2) ? Documents.without(tasks, "t") : Documents.with(tasks, "t", from);
        }
        return Documents.with(tasks, "t", chance(2) ? merged(task, from) : edited(task));
    }

    /** Some members of one, the others of the other. */
    private JsonObject merged(JsonObject task, JsonObject from) {
        var merged = task;
        for (var member : from.members().entrySet()) {
            // Uses can only be counted of the permissions that they were written for.
            boolean together =
                    member.getKey().equals("permissions") || member.getKey().equals("max_uses");
            if (chance(3) && !together) {
                merged = Documents.with(merged, member.getKey(), member.getValue());
            }
        }
        return merged;
    }

    /** With a list that is longer, shorter or in another order, or without a member. */
    private JsonObject edited(JsonObject task) {
        var optional = task.members().keySet().stream()
                .filter(name -> !name.equals("permissions") && !name.equals("allow"))
                .toList();
        if (!optional.isEmpty() && chance(3)) {
            return Documents.without(task, any(optional));
        }
        var name = chance(2) ? "allow" : "permissions";
        var items = new ArrayList<>(task.array(name).orElseThrow().items());
        int position = random.nextInt(items.size());
        if (chance(3) && items.size() > 1) {
            items.remove(position);
        } else if (name.equals("allow")) {
            items.set(position, items.get(position) instanceof JsonObject rule ? edited(rule, "claims") : rule());
        } else {
            items.set(position, editedTargets((JsonObject) items.get(position)));
        }
        return Documents.with(task, name, new JsonArray(items));
    }

    private JsonObject edited(JsonObject rule, String section) {
        var claims = rule.object(section).orElseThrow();
        var names = claims.members().keySet().stream()
                .filter(name -> !name.equals("repository_id") && !name.equals("sub") && !name.startsWith("ref"))
                .toList();
        if (!names.isEmpty() && chance(2)) {
            return Documents.with(rule, section, Documents.without(claims, any(names)));
        }
        if (claims.has("repository_id")) {
            return Documents.with(rule, section, Documents.with(claims, "repository_id", exact(IDS)));
        }
        return Documents.with(rule, section, Documents.with(claims, "word", condition()));
    }

    private JsonObject editedTargets(JsonObject permission) {
        return chance(2)
                ? Documents.with(permission, "identifiers", list(2, () -> new JsonString(any(TARGET_PATTERNS))))
                : Documents.with(
                        permission, "actions", JsonArray.ofStrings(new TreeSet<>(List.of(any(ACTIONS), any(ACTIONS)))));
    }

    private JsonObject permission() {
        return JsonObject.builder()
                .put("resource_server", chance(5) ? "two" : "one")
                .put("actions", JsonArray.ofStrings(new TreeSet<>(List.of(any(ACTIONS), any(ACTIONS)))))
                .put("identifiers", list(2, () -> new JsonString(any(TARGET_PATTERNS))))
                .build();
    }

    private JsonObject rule() {
        boolean github = !chance(4);
        var claims = JsonObject.builder();
        claims.put(github ? "repository_id" : "sub", github ? exact(IDS) : exact(JOBS));
        if (github && chance(3)) {
            claims.put("ref", oneOrMore(REF_PATTERNS)).put("ref_type", any(List.of("branch", "tag")));
        }
        if (github && chance(4)) {
            claims.put("event_name", oneOrMore(EVENTS));
        }
        if (chance(4)) {
            claims.put("word", condition());
        }
        var rule = JsonObject.builder()
                .put("provider", github ? "github" : "jenkins")
                .put("claims", claims.build());
        if (chance(6)) {
            rule.put(
                    "nested",
                    list(
                            1,
                            () -> Documents.with(
                                    Contract.json("{'path': ['deep', 'word']}"),
                                    chance(3) ? "contains" : "value",
                                    scalars())));
        }
        // Every rule needs a value for every variable that its task may use.
        var let = JsonObject.builder().put("tier", "gold");
        if (!github || chance(5)) {
            let.put("project", any(List.of("acme/shop", "gold"))).put("repository_id", any(IDS));
        }
        return rule.put("let", let.build()).build();
    }

    private JsonValue condition() {
        return chance(3) ? JsonObject.builder().put("contains", scalars()).build() : scalars();
    }

    private JsonValue scalars() {
        return chance(2) ? scalar() : list(3, this::scalar);
    }

    private JsonValue scalar() {
        return switch (random.nextInt(8)) {
            case 0 -> new JsonBoolean(random.nextBoolean());
            case 1 -> JsonNumber.of(new BigDecimal(any(List.of("1", "1.0", "2", "0"))));
            default -> new JsonString(any(WORD_PATTERNS));
        };
    }

    private JsonValue exact(List<String> values) {
        return chance(3) ? list(2, () -> new JsonString(any(values))) : new JsonString(any(values));
    }

    private JsonValue oneOrMore(List<String> values) {
        return exact(values);
    }

    /** @param provider github or jenkins */
    JsonObject claims(String provider) {
        var claims = JsonObject.builder().put("sub", provider.equals("github") ? "repo:x" : any(JOBS));
        maybe(claims, "repository_id", () -> typed(any(IDS)));
        maybe(claims, "repository", () -> new JsonString(any(PROJECTS.subList(0, chance(4) ? PROJECTS.size() : 3))));
        maybe(claims, "ref", () -> typed(any(REFS)));
        maybe(claims, "ref_type", () -> new JsonString(any(List.of("branch", "tag"))));
        maybe(claims, "event_name", () -> typed(any(EVENTS)));
        maybe(claims, "word", this::word);
        maybe(
                claims,
                "deep",
                () -> chance(5)
                        ? word()
                        : JsonObject.builder().put("word", word()).build());
        return claims.build();
    }

    private void maybe(JsonObject.Builder claims, String name, Supplier<JsonValue> value) {
        if (!chance(24)) {
            claims.put(name, value.get());
        }
    }

    /** Now and then not the text that the claim should be. */
    private JsonValue typed(String text) {
        return switch (random.nextInt(32)) {
            case 0 -> new JsonArray(List.of(new JsonString(text)));
            case 1 -> JsonNumber.of(BigDecimal.ONE);
            default -> new JsonString(text);
        };
    }

    private JsonValue word() {
        return switch (random.nextInt(8)) {
            case 0 -> new JsonBoolean(random.nextBoolean());
            case 1 -> JsonNumber.of(new BigDecimal(any(List.of("1", "1.00", "2", "0.0"))));
            case 2, 3 -> list(3, () -> new JsonString(any(WORDS)));
            default -> new JsonString(any(WORDS));
        };
    }

    TaskRequest request() {
        var permissions = new ArrayList<RequestedPermission>();
        for (int more = chance(5) ? 2 : 1; more > 0; more--) {
            var actions = new TreeSet<String>();
            for (int count = random.nextInt(4) * 2 / 3; count > 0; count--) {
                actions.add(any(ACTIONS));
            }
            permissions.add(new RequestedPermission(actions, Optional.empty(), new Identifier(any(TARGETS))));
        }
        Optional<String> audience =
                chance(2) ? Optional.empty() : Optional.of(chance(9) ? "three" : chance(5) ? "two" : "one");
        var task = new TaskName(any(List.of("t", "t", "t", "t", "u", "u", "u", "v")));
        return new TaskRequest(task, permissions, audience, length(), length());
    }

    /** A caller and what it asks for. */
    record Asked(String provider, JsonObject claims, TaskRequest request) {}

    /** Now and then one who comes as he is; more often one after a rule and a target of the policy. */
    Asked asked(JsonObject policy) {
        var provider = random.nextInt(4) > 0 ? "github" : "jenkins";
        return chance(3) ? new Asked(provider, claims(provider), request()) : fitting(policy);
    }

    private Asked fitting(JsonObject policy) {
        var name = any(List.of("t", "u"));
        var task = policy.object("tasks").flatMap(tasks -> tasks.object(name)).orElseThrow();
        var entry = any(Contract.items(task, "allow"));
        var rule = (JsonObject)
                (entry instanceof JsonString shared
                        ? any(Contract.items(policy.object("callers").orElseThrow(), shared.value()))
                        : entry);
        var provider = rule.string("provider").orElseThrow();
        var claims = claims(provider);
        if (provider.equals("github") && !chance(8)) {
            claims = Documents.with(claims, "event_name", new JsonString("push"));
            claims = Documents.with(claims, "repository", new JsonString("acme/shop"));
        }
        for (var wanted : rule.object("claims").orElseThrow().members().entrySet()) {
            if (!chance(24)) {
                claims = Documents.with(claims, wanted.getKey(), matching(wanted.getValue()));
            }
        }
        for (var nested : Contract.items(rule, "nested")) {
            var inner = ((JsonObject) nested).get("value").orElse(nested);
            claims = Documents.with(
                    claims,
                    "deep",
                    JsonObject.builder().put("word", matching(inner)).build());
        }
        var permission = (JsonObject) any(Contract.items(task, "permissions"));
        var action = Contract.text(any(Contract.items(permission, "actions")));
        var pattern = Contract.text(any(Contract.items(permission, "identifiers")));
        var target = Identifier.of(filled(pattern, rule.object("let").orElse(JsonObject.EMPTY), claims))
                .orElse(new Identifier(any(TARGETS)));
        var wanted = new RequestedPermission(
                chance(4) ? new TreeSet<>() : new TreeSet<>(List.of(action)), Optional.empty(), target);
        var audience = chance(6) ? Optional.<String>empty() : permission.string("resource_server");
        return new Asked(
                provider, claims, new TaskRequest(new TaskName(name), List.of(wanted), audience, length(), length()));
    }

    private JsonValue matching(JsonValue wanted) {
        if (wanted instanceof JsonArray any) {
            return matching(any(any.items()));
        }
        if (wanted instanceof JsonObject contains) {
            return new JsonArray(List.of(matching(contains.members().get("contains"))));
        }
        return wanted instanceof JsonString pattern
                ? new JsonString(pattern.value().replace("**", "a/b").replace("*", "a"))
                : wanted;
    }

    private String filled(String pattern, JsonObject let, JsonObject claims) {
        return pattern.replace(
                        "${project}",
                        let.string("project")
                                .or(() -> claims.string("repository"))
                                .orElse("x"))
                .replace(
                        "${repository_id}",
                        let.string("repository_id")
                                .or(() -> claims.string("repository_id"))
                                .orElse("1"))
                .replace("${tier}", let.string("tier").orElse("x"))
                .replace("{sha256}", "0f".repeat(32))
                .replace("**", any(List.of("app", "a/b", "art:x")))
                .replace("*", any(List.of("app", "x")));
    }

    private Optional<Duration> length() {
        return chance(2) ? Optional.empty() : Optional.of(Duration.ofSeconds(30L * (1 + random.nextInt(40))));
    }

    private JsonArray list(int most, Supplier<? extends JsonValue> item) {
        var items = new ArrayList<JsonValue>();
        for (int more = 1 + random.nextInt(most); more > 0; more--) {
            items.add(item.get());
        }
        return new JsonArray(items);
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private boolean chance(int of) {
        return random.nextInt(of) == 0;
    }
}
