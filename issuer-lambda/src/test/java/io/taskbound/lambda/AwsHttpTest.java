// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;

class AwsHttpTest {
    /**
     * Around a snapshot Lambda gives them in another way, and a provider that lived on would keep what it was given.
     */
    @Test
    void looksForCredentialsInTheEnvironmentOnlyWhereTheyAre() {
        assertThat(new AwsHttp(Map.of("AWS_ACCESS_KEY_ID", "made-up")).credentials())
                .isPresent();
        assertThat(new AwsHttp(Map.of()).credentials()).isEmpty();
    }

    @Test
    void callsItselfByTheNameOfTheClientThatItMakes() {
        try (var made = Apache5HttpClient.create()) {
            assertThat(new AwsHttp(Map.of()).client().clientName()).isEqualTo(made.clientName());
        }
    }

    @Test
    void aLateClientIsNotMadeByBeingHandedOutOrClosed() {
        var makings = new AtomicInteger();
        SdkHttpClient late = new LazyHttpClient("late", () -> {
            makings.incrementAndGet();
            throw new IllegalStateException("made");
        });

        late.clientName();
        late.close();

        assertThat(makings).hasValue(0);
    }
}
