// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.front;

import io.taskbound.cli.mcp.gateway.Caller;
import io.taskbound.cli.mcp.gateway.Gateway;
import io.taskbound.cli.mcp.gateway.Outcome;
import io.taskbound.cli.mcp.rpc.RpcError;
import io.taskbound.cli.mcp.rpc.RpcFault;
import io.taskbound.cli.mcp.rpc.RpcMessage;
import io.taskbound.cli.mcp.rpc.RpcReader;
import io.taskbound.client.resource.Presented;
import io.taskbound.client.resource.Verdict;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The rules of streamable HTTP, in the order in which they can be told without looking further. */
final class Endpoint {
    private final Gateway gateway;
    private final String path;
    private final String origin;
    private final List<String> hosts;
    private final ResourceMetadata metadata;

    /** @param listening the address that the server itself has, for what stands before it on the same machine */
    Endpoint(Gateway gateway, URI url, ResourceMetadata metadata, String listening) {
        this.gateway = gateway;
        this.path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        this.origin = url.getScheme() + "://" + url.getRawAuthority();
        this.hosts = List.of(url.getRawAuthority(), listening);
        this.metadata = metadata;
    }

    HttpTold answer(HttpAsk ask) {
        var host = ask.header("host");
        if (host.size() != 1 || !hosts.contains(host.get(0).toLowerCase(Locale.ROOT))) {
            return HttpTold.of(421);
        }
        var from = ask.header("origin");
        if (!from.isEmpty() && !from.equals(List.of(origin))) {
            // A page of another site: its browser would let it talk to whatever answers (DNS rebinding).
            return HttpTold.of(403);
        }
        if (ask.target().equals(path)) {
            return ask.method().equals("POST")
                    ? posted(ask)
                    : new HttpTold(405, Map.of("Allow", "POST"), Optional.empty());
        }
        if (ask.method().equals("GET") && ask.target().equals(metadata.path())) {
            return HttpTold.of(200, metadata.document());
        }
        return ask.method().equals("GET") && ask.target().equals("/healthz")
                ? HttpTold.of(200, JsonObject.builder().put("status", "ok").build())
                : HttpTold.of(404);
    }

    private HttpTold posted(HttpAsk ask) {
        var type = ask.header("content-type");
        boolean isJson = type.size() == 1
                && type.get(0).split(";", -1)[0].strip().equalsIgnoreCase("application/json")
                && ask.header("content-encoding").isEmpty();
        var presented = Presented.read(ask.header("authorization"), ask.header("dpop"));
        if (!isJson || ask.isTooLong()) {
            return HttpTold.of(isJson ? 413 : 415);
        }
        // Before anything of the body is read: who has no token learns nothing of how it is read.
        var objection = gateway.objection(presented);
        if (objection.isPresent()) {
            return denied(objection.get(), Optional.empty());
        }
        try {
            var message = RpcReader.read(ask.body());
            if (message instanceof RpcMessage.Call call) {
                return called(ask, presented, call);
            }
            return message instanceof RpcMessage.Notice ? HttpTold.of(202) : HttpTold.of(400);
        } catch (RpcFault fault) {
            return HttpTold.of(400, new RpcMessage.Failure(fault.id(), fault.error()).asJson());
        }
    }

    private HttpTold called(HttpAsk ask, Presented presented, RpcMessage.Call call) {
        var spoken = Spoken.in(call.params());
        var fault = spoken.fault().or(() -> MirroredHeaders.fault(ask::header, ask.names(), call, spoken.modern()));
        if (fault.isPresent()) {
            return HttpTold.of(400, failure(call, fault.get()));
        }
        var outcome = gateway.answer(new Caller(presented, spoken.modern()), call);
        if (outcome instanceof Outcome.Denied denied) {
            return denied(denied.verdict(), Optional.of(call.id()));
        }
        if (outcome instanceof Outcome.Failed failed) {
            return HttpTold.of(spoken.modern() ? status(failed.error()) : 200, failure(call, failed.error()));
        }
        return HttpTold.of(200, new RpcMessage.Result(call.id(), ((Outcome.Done) outcome).result()).asJson());
    }

    /** Since 2026-07-28 an error has a status of HTTP, too. */
    private static int status(RpcError error) {
        return switch (error.code()) {
            case RpcError.UNKNOWN_METHOD -> 404;
            case RpcError.BAD_PARAMETERS, RpcError.NOT_A_REQUEST -> 400;
            default -> 200;
        };
    }

    private static JsonObject failure(RpcMessage.Call call, RpcError error) {
        return new RpcMessage.Failure(Optional.of(call.id()), error).asJson();
    }

    private HttpTold denied(Verdict.Refused refused, Optional<JsonValue> id) {
        var error = RpcError.of(refused.status(), refused.message());
        return new HttpTold(
                refused.status(), metadata.headers(refused), Optional.of(new RpcMessage.Failure(id, error).asJson()));
    }
}
