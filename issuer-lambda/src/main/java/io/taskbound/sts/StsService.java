// SPDX-License-Identifier: Apache-2.0
package io.taskbound.sts;

import io.taskbound.credential.AwsAccess;
import io.taskbound.credential.CredentialOrder;
import io.taskbound.credential.CredentialRefused;
import io.taskbound.credential.CredentialService;
import io.taskbound.credential.CredentialUnavailable;
import io.taskbound.credential.ForeignCredential;
import io.taskbound.policy.AwsRole;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/**
 * Sessions of IAM roles, by {@code sts:AssumeRole} of AWS STS. The issuer asks itself, so that the session policy is
 * out of the step's hands. STS revokes nothing and has no session under 15 minutes; what ends a session earlier is the
 * time in its policy: the task token's deadline and {@link #SKEW}.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a>
 */
public final class StsService implements CredentialService<AwsAccess> {
    /** A service of AWS whose clock is ahead of ours must not refuse a session that is refreshed in time. */
    public static final Duration SKEW = Duration.ofSeconds(60);

    private static final Duration SHORTEST = Duration.ofMinutes(15);
    /** The longest session of a role that was assumed by another role, as the issuer's function is one. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Supplier<StsClient> client;
    private final Duration skew;

    /** @param client asked for at each use, so that it can be made at the first and dropped around a snapshot */
    public StsService(Supplier<StsClient> client) {
        this(client, SKEW);
    }

    /** @param skew how far the clocks of the services may be ahead of ours that judge a session */
    public StsService(Supplier<StsClient> client, Duration skew) {
        this.client = client;
        this.skew = skew;
    }

    @Override
    public Instant mayLiveUntil(AwsAccess access, CredentialOrder order) {
        return notAfter(order, skew);
    }

    @Override
    public ForeignCredential issue(AwsAccess access, CredentialOrder order)
            throws CredentialRefused, CredentialUnavailable {
        return assume(access.role(), access.sessionPolicy(notAfter(order, skew)), order);
    }

    ForeignCredential assume(AwsRole role, String sessionPolicy, CredentialOrder order)
            throws CredentialRefused, CredentialUnavailable {
        var request = request(role, sessionPolicy, order);
        var sts = client();
        try {
            return GivenSession.of(sts.assumeRole(request), role, request.sourceIdentity(), notAfter(order, skew));
        } catch (AwsServiceException answer) {
            throw StsFaults.refusal(answer);
        } catch (SdkException unanswered) {
            throw StsFaults.noAnswer(unanswered);
        }
    }

    /** It ends by itself: STS revokes no session. */
    @Override
    public void revoke(String revocation) {
        throw new IllegalArgumentException("a session of a role has nothing to revoke");
    }

    /** In whole seconds, as the session policy says it. */
    static Instant notAfter(CredentialOrder order, Duration skew) {
        return order.dead().plus(skew).truncatedTo(ChronoUnit.SECONDS);
    }

    private StsClient client() throws CredentialUnavailable {
        try {
            return client.get();
        } catch (SdkException incomplete) {
            throw new CredentialUnavailable(
                    "AssumeRole: no client of STS can be made; check AWS_REGION and AWS_ENDPOINT_URL_STS",
                    false,
                    Optional.empty());
        }
    }

    private static AssumeRoleRequest request(AwsRole role, String sessionPolicy, CredentialOrder order) {
        // 55 characters of [A-Za-z0-9_.-]: STS takes 2 to 64 of [\w+=,.@-] for either.
        var handle = order.handle().toString();
        return AssumeRoleRequest.builder()
                .roleArn(role.roleArn())
                .roleSessionName(handle)
                .sourceIdentity(handle)
                .policy(sessionPolicy)
                .durationSeconds((int) duration(order).toSeconds())
                .tags(SessionTags.of(order))
                .build();
    }

    private static Duration duration(CredentialOrder order) {
        var left = Duration.between(order.now(), order.expires());
        if (left.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return left.compareTo(LONGEST) > 0 ? LONGEST : left;
    }
}
