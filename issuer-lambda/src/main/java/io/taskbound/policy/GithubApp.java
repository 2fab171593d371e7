// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.net.URI;
import java.util.Map;

/**
 * {@code kind: github-app}: installation access tokens of a GitHub App.
 *
 * @param appId the App's id; its private key is kept under it
 * @param owners the immutable ids of the organizations and users whose repositories may be asked for, by the login that
 *     identifiers use; nothing outside is ever asked for
 * @param apiUrl the REST API, such as {@code https://api.github.com}, without a slash at its end
 */
public record GithubApp(String appId, Map<String, String> owners, URI apiUrl) implements Delivery {
    public static final String KIND = "github-app";

    public GithubApp {
        owners = Map.copyOf(owners);
    }

    @Override
    public String kind() {
        return KIND;
    }
}
