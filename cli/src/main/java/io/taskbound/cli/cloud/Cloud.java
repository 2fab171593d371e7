// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.cloud;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.ledger.DynamoClients;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sts.StsClient;

/** The one place that makes AWS clients for commands. Each client is its caller's to close. */
public final class Cloud {
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,40}");

    /** A person waits longer than a request of a CI job, and may sit far from the region. */
    private static final Duration ATTEMPT = Duration.ofSeconds(5);

    private static final Duration CALL = Duration.ofSeconds(20);
    /** Longer than the timeout of the function. */
    private static final Duration INVOCATION = Duration.ofSeconds(70);

    private static final Duration SHORT = Duration.ofSeconds(2);

    private final Endpoint endpoint;
    private final Region region;
    private final AwsCredentialsProvider credentials;

    private Cloud(Endpoint endpoint, Region region, AwsCredentialsProvider credentials) {
        this.endpoint = endpoint;
        this.region = region;
        this.credentials = credentials;
    }

    static Cloud of(Optional<String> endpointUrl, Optional<String> region, CommandContext context) throws Complaint {
        var endpoint = Endpoint.of(endpointUrl, context);
        var credentials = Credentials.find(endpoint.isLoopback(), context);
        return new Cloud(endpoint, region(region, endpoint.isLoopback(), context), credentials);
    }

    /** Whether all of AWS is on this machine: DynamoDB Local, moto or the like. */
    public boolean isLoopback() {
        return endpoint.isLoopback();
    }

    /** DynamoDB, with a person's patience. */
    public DynamoDbClient dynamo() {
        return made(DynamoDbClient.builder(), endpoint.address(), ATTEMPT, CALL);
    }

    /** DynamoDB, with the issuer's bounds: who waits for it is a request. */
    public DynamoDbClient dynamoOfIssuer() {
        return DynamoClients.at(endpoint.address(), region, credentials);
    }

    public KmsClient kms() {
        return made(KmsClient.builder(), endpoint.ofOtherServices(), ATTEMPT, CALL);
    }

    /**
     * Whose credentials these are, by STS.
     *
     * @throws Complaint when STS does not say, but on loopback, where there may be none
     */
    public Caller caller() throws Complaint {
        try (var sts = sts()) {
            return new Caller(sts.getCallerIdentity().arn());
        } catch (SdkException | IllegalArgumentException e) {
            if (isLoopback()) {
                return new Caller("local:" + System.getProperty("user.name", "unknown"));
            }
            var fault = AwsFault.of(e);
            throw Complaint.refused(
                    "STS does not say whose AWS credentials these are, and every change is recorded under a name: "
                            + fault.what() + ".",
                    fault.remedy("Check with `aws sts get-caller-identity` what STS says of them."));
        }
    }

    private StsClient sts() {
        var builder = StsClient.builder();
        if (isLoopback()) {
            // DynamoDB Local answers as a service that is broken, and would be asked four times.
            var once = bounded(SHORT, SHORT)
                    .retryStrategy(AwsRetryStrategy.doNotRetry())
                    .build();
            return made(builder, endpoint.ofOtherServices(), once);
        }
        return made(builder, endpoint.ofOtherServices(), ATTEMPT, CALL);
    }

    /** CloudWatch Logs, with a person's patience. */
    public CloudWatchLogsClient logs() {
        return made(CloudWatchLogsClient.builder(), endpoint.ofOtherServices(), ATTEMPT, CALL);
    }

    /** Lambda, to invoke a function once and wait for its answer: a second try might do it twice. */
    public LambdaClient lambda() {
        var once = bounded(INVOCATION, INVOCATION)
                .retryStrategy(AwsRetryStrategy.doNotRetry())
                .build();
        return made(
                LambdaClient.builder()
                        .httpClientBuilder(Apache5HttpClient.builder().socketTimeout(INVOCATION)),
                endpoint.ofOtherServices(),
                once);
    }

    /** The roles of IAM, with a person's patience. */
    public IamRoles roles() {
        return new IamRoles(endpoint.ofOtherServices(), credentials, ATTEMPT);
    }

    /** The outputs of an issuer's stack in this Region. */
    IssuerStack stack(String name) throws Complaint {
        try (var service = new QueryService(credentials, ATTEMPT)) {
            var suffix = PartitionMetadata.of(region).dnsSuffix();
            var address = endpoint.ofOtherServices()
                    .orElseGet(() -> URI.create("https://cloudformation." + region.id() + "." + suffix));
            return IssuerStack.read(name, service, new QueryService.Place(address, "cloudformation", region.id()));
        }
    }

    /** For a service of the same account that has no method here; see {@link #kms}. */
    public <B extends AwsClientBuilder<B, C>, C> C client(B builder) {
        return made(builder, endpoint.ofOtherServices(), ATTEMPT, CALL);
    }

    private <B extends AwsClientBuilder<B, C>, C> C made(
            B builder, Optional<URI> address, Duration attempt, Duration call) {
        return made(builder, address, bounded(attempt, call).build());
    }

    private <B extends AwsClientBuilder<B, C>, C> C made(
            B builder, Optional<URI> address, ClientOverrideConfiguration limits) {
        address.ifPresent(builder::endpointOverride);
        return builder.region(region)
                .credentialsProvider(credentials)
                .overrideConfiguration(limits)
                .build();
    }

    private static ClientOverrideConfiguration.Builder bounded(Duration attempt, Duration call) {
        return ClientOverrideConfiguration.builder()
                .apiCallAttemptTimeout(attempt)
                .apiCallTimeout(call);
    }

    private static Region region(Optional<String> typed, boolean loopback, CommandContext context) throws Complaint {
        var named = typed.or(() -> context.variable("AWS_REGION")).or(() -> context.variable("AWS_DEFAULT_REGION"));
        if (named.isPresent()) {
            if (!REGION.matcher(named.get()).matches()) {
                throw Complaint.usage(
                        "Not the name of an AWS region: " + Printable.typed(named.get()) + ".",
                        "Write it like eu-central-1.");
            }
            return Region.of(named.get());
        }
        return loopback ? Region.US_EAST_1 : configuredRegion();
    }

    private static Region configuredRegion() throws Complaint {
        try {
            return new DefaultAwsRegionProviderChain().getRegion();
        } catch (SdkClientException none) {
            throw Complaint.usage(
                    "The AWS region is not known.", "Name it with --region, or set AWS_REGION or a profile's region.");
        }
    }
}
