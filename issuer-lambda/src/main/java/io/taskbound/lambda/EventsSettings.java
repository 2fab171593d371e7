// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.events.PutEvents;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The settings of the function that publishes events.
 *
 * @param issuerUrl {@value Settings#ISSUER_URL}: as the issuer's; every event names it
 * @param place {@value #BUS}: name or ARN of the bus; {@value #ENDPOINT}: EventBridge's own address in the Region
 */
record EventsSettings(String issuerUrl, PutEvents.Place place) {
    static final String BUS = "TASKBOUND_EVENT_BUS";
    static final String ENDPOINT = "TASKBOUND_EVENTS_ENDPOINT";
    /** Lambda sets it. */
    private static final String REGION = "AWS_REGION";

    private static final Pattern BUS_NAME =
            Pattern.compile("(arn:aws[a-z-]*:events:[a-z0-9-]+:[0-9]{12}:event-bus/)?" + "[A-Za-z0-9._/-]{1,256}");
    /** Plain http is for tests, and does not leave the machine. */
    private static final Pattern ADDRESS =
            Pattern.compile("https://[a-z0-9.-]{1,253}|http://(localhost|127\\.0\\.0\\.1):[0-9]{1,5}");

    /** @throws Settings.Unusable naming all faults at once */
    static EventsSettings read(Map<String, String> variables) {
        var environment = new EnvironmentReader(variables);
        var issuer = environment.required(Settings.ISSUER_URL, "set it as the issuer's function has it");
        var bus = environment.required(BUS, "set it to the name or the ARN of an EventBridge bus, such as default");
        var endpoint = environment.required(
                ENDPOINT, "set it to EventBridge's address, such as https://events.eu-central-1.amazonaws.com");
        var region = environment.required(REGION, "set it to the Region of the function; Lambda does");
        environment.check(BUS, bus, BUS_NAME.asMatchPredicate(), " must be the name or the ARN of an EventBridge bus");
        environment.check(
                ENDPOINT, endpoint, ADDRESS.asMatchPredicate(), " must be https:// and a host name, and nothing more");
        Settings.Unusable.ifAny(environment.faults());
        return new EventsSettings(issuer.orElseThrow(), place(endpoint, region, bus));
    }

    private static PutEvents.Place place(Optional<String> endpoint, Optional<String> region, Optional<String> bus) {
        return new PutEvents.Place(URI.create(endpoint.orElseThrow()), region.orElseThrow(), bus.orElseThrow());
    }
}
