// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.credential;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** An installation token of a GitHub App, for these repositories and permissions and no others. */
public final class GithubCredential implements Credential {
    private final String token;
    private final URI serverUrl;
    private final URI apiUrl;
    private final List<String> repositories;
    private final Map<String, String> permissions;
    private final Instant expiresAt;
    private final boolean refreshed;

    GithubCredential(
            String token,
            URI serverUrl,
            URI apiUrl,
            List<String> repositories,
            Map<String, String> permissions,
            Instant expiresAt,
            boolean refreshed) {
        this.token = token;
        this.serverUrl = serverUrl;
        this.apiUrl = apiUrl;
        this.repositories = List.copyOf(repositories);
        this.permissions = Map.copyOf(permissions);
        this.expiresAt = expiresAt;
        this.refreshed = refreshed;
    }

    /** The secret. */
    public String token() {
        return token;
    }

    /** Where git and people go, such as {@code https://github.com}: a scheme, a host, perhaps a port, and no path. */
    public URI serverUrl() {
        return serverUrl;
    }

    /** Such as {@code https://api.github.com}. */
    public URI apiUrl() {
        return apiUrl;
    }

    /** Each {@code owner/name}; at least one. */
    public List<String> repositories() {
        return repositories;
    }

    /** {@code read}, {@code write} or {@code admin} by GitHub's name of the permission; at least one. */
    public Map<String, String> permissions() {
        return permissions;
    }

    @Override
    public Instant expiresAt() {
        return expiresAt;
    }

    @Override
    public boolean refreshed() {
        return refreshed;
    }

    @Override
    public List<String> secrets() {
        return List.of(token);
    }

    @Override
    public String toString() {
        return "GithubCredential[" + repositories + ", expires " + expiresAt + "]";
    }
}
