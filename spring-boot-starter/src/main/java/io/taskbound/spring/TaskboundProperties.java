// SPDX-License-Identifier: Apache-2.0
package io.taskbound.spring;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the service asks its issuer.
 *
 * @param issuer the issuer's URL
 * @param server the service's name in the policy, under {@code resource_servers}
 * @param secretFile file with the secret that {@code taskbound policy secret} made for this name
 * @param publicUrl scheme and authority under which clients know the service; needed for tokens that are bound to a
 *     key, which are refused without it
 * @param deadline how long a request waits for the issuer at most; then it is answered with 503
 * @param maxBody largest body whose digest is in an identifier
 */
@ConfigurationProperties("taskbound")
public record TaskboundProperties(
        @Nullable String issuer,
        @Nullable String server,
        @Nullable Path secretFile,
        @Nullable String publicUrl,
        @DefaultValue("20s") Duration deadline,
        @DefaultValue("16MB") DataSize maxBody) {}
