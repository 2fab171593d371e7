// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.ledger.CallTimer;
import io.taskbound.ledger.LazyClient;
import io.taskbound.sts.StsClients;
import io.taskbound.sts.StsService;
import software.amazon.awssdk.services.sts.StsClient;

/** What reaches STS, over a {@link LazyClient}: most functions never hand out a session, so it is made at the first. */
final class StsConnection {
    private final LazyClient<StsClient> client;

    private StsConnection(LazyClient<StsClient> client) {
        this.client = client;
    }

    /** Region, credentials and endpoint as the SDK finds them, over connections that others use too. */
    static StsConnection ofEnvironment(AwsHttp transport) {
        return new StsConnection(new LazyClient<>(
                () -> StsClients.ofEnvironment(transport.credentials(), transport.client(), CallTimer.ofProcess())));
    }

    StsService sessions() {
        return new StsService(client::get);
    }

    void drop() {
        client.drop();
    }
}
