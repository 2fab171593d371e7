// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.github;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import io.taskbound.local.SpareKeys;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Who owns what, which Apps are where, and which tokens are alive. Safe for use by many threads. */
final class World {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int OPAQUE_LETTERS = 36;
    private static final int STATELESS_LETTERS = 160;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Account> accounts = new LinkedHashMap<>();
    private final List<Repository> repositories = new ArrayList<>();
    private final Map<Long, StandInApp> apps = new LinkedHashMap<>();
    private final List<RSAKey> appKeys = new ArrayList<>();
    private final Map<Long, Install> installs = new LinkedHashMap<>();
    private final Map<String, LiveToken> tokens = new LinkedHashMap<>();
    private long nextApp = 12345;
    private long nextInstall = 501;
    private boolean stateless;

    World(Clock clock) {
        this.clock = clock;
    }

    Clock clock() {
        return clock;
    }

    synchronized void add(Account account) {
        accounts.put(account.login().toLowerCase(Locale.ROOT), account);
    }

    synchronized Optional<Account> account(String login) {
        return Optional.ofNullable(accounts.get(login.toLowerCase(Locale.ROOT)));
    }

    /** The same account under another name; nobody has the old one any more. */
    synchronized void rename(String login, String newLogin) {
        var old = accounts.remove(login.toLowerCase(Locale.ROOT));
        if (old == null) {
            throw new IllegalArgumentException("no account " + login);
        }
        var renamed = new Account(newLogin, old.id(), old.type());
        add(renamed);
        repositories.replaceAll(
                one -> one.owner().id() == old.id() ? new Repository(one.id(), renamed, one.name()) : one);
        installs.replaceAll((id, one) -> one.account().id() == old.id() ? one.of(renamed) : one);
    }

    synchronized void add(Repository repository) {
        repositories.add(repository);
    }

    synchronized Optional<Repository> repository(String owner, String name) {
        return repositories.stream().filter(one -> one.is(owner, name)).findFirst();
    }

    synchronized StandInApp newApp(String name, Account owner, Map<String, String> permissions, KeyPair keys) {
        var app = new StandInApp(nextApp++, name, owner, permissions, keys);
        apps.put(app.number(), app);
        return app;
    }

    /**
     * For {@link #newApp}. It may take seconds on a busy machine, so nobody should be waiting for an answer meanwhile.
     */
    KeyPair newAppKeys() {
        try {
            var key = SpareKeys.take();
            synchronized (this) {
                appKeys.add(key);
            }
            return key.toKeyPair();
        } catch (JOSEException everyJavaHasRsa) {
            throw new IllegalStateException(everyJavaHasRsa);
        }
    }

    /** Nobody asks this one any more, so that the Apps of others may have its Apps' keys. */
    synchronized void close() {
        appKeys.forEach(SpareKeys::giveBack);
        appKeys.clear();
    }

    synchronized Optional<StandInApp> app(String id) {
        return apps.values().stream().filter(app -> app.id().equals(id)).findFirst();
    }

    /** @param only these repositories; empty for all */
    synchronized long install(StandInApp app, Account account, Optional<Set<String>> only) {
        long id = nextInstall++;
        var names = only.map(these ->
                these.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet()));
        installs.put(id, new Install(id, app, account, names, app.permissions(), false));
        return id;
    }

    synchronized void suspend(long installation, boolean suspended) {
        installs.computeIfPresent(installation, (id, one) -> one.suspended(suspended));
    }

    /** With all its tokens. */
    synchronized void uninstall(long installation) {
        installs.remove(installation);
        tokens.values().removeIf(token -> token.install().id() == installation);
    }

    synchronized List<Install> installsOf(StandInApp app) {
        return installs.values().stream()
                .filter(one -> one.app().number() == app.number())
                .toList();
    }

    /** The repositories that an installation may use. */
    synchronized List<Repository> repositoriesOf(Install install) {
        return repositories.stream()
                .filter(one -> one.owner().id() == install.account().id())
                .filter(one -> install.repositories()
                        .filter(names -> !names.contains(one.name().toLowerCase(Locale.ROOT)))
                        .isEmpty())
                .toList();
    }

    void stateless(boolean form) {
        stateless = form;
    }

    /** A new token, alive from now on. */
    synchronized String keep(LiveToken token) {
        var value = stateless
                ? "ghs_" + token.install().app().id() + "_" + letters(40) + "." + letters(STATELESS_LETTERS * 2) + "."
                        + letters(STATELESS_LETTERS)
                : "ghs_" + letters(OPAQUE_LETTERS);
        tokens.put(value, token);
        return value;
    }

    private String letters(int count) {
        return random.ints(count, 0, LETTERS.length())
                .mapToObj(at -> LETTERS.substring(at, at + 1))
                .collect(Collectors.joining());
    }

    synchronized Optional<LiveToken> token(String value) {
        return Optional.ofNullable(tokens.get(value))
                .filter(token -> clock.instant().isBefore(token.expires()))
                .filter(token -> Optional.ofNullable(
                                installs.get(token.install().id()))
                        .filter(install -> !install.suspended())
                        .isPresent());
    }

    synchronized boolean end(String value) {
        return Optional.ofNullable(tokens.remove(value)).isPresent();
    }

    synchronized List<String> alive() {
        return tokens.keySet().stream()
                .filter(value -> token(value).isPresent())
                .toList();
    }
}
