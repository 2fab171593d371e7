// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.openbao;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What goes back to the client; a status of 204 has no body. */
record BaoAnswer(int status, String type, String body) {
    private static final String JSON = "application/json";

    static BaoAnswer nothing() {
        return new BaoAnswer(204, JSON, "");
    }

    static BaoAnswer data(Map<String, Object> data) {
        return ok("data", data);
    }

    static BaoAnswer auth(Map<String, Object> auth) {
        return ok("auth", auth);
    }

    static BaoAnswer warning(String text) {
        return ok("warnings", List.of(text));
    }

    private static BaoAnswer ok(String member, Object value) {
        var body = new LinkedHashMap<String, Object>();
        body.put("request_id", UUID.randomUUID().toString());
        body.put("lease_id", "");
        body.put("renewable", false);
        body.put("lease_duration", 0);
        for (var name : List.of("data", "wrap_info", "warnings", "auth")) {
            body.put(name, name.equals(member) ? value : null);
        }
        return new BaoAnswer(200, JSON, JSONObjectUtils.toJSONString(body));
    }

    static BaoAnswer of(BaoFault fault) {
        var errors = Map.<String, Object>of("errors", List.of(String.valueOf(fault.getMessage())));
        return new BaoAnswer(fault.status(), JSON, JSONObjectUtils.toJSONString(errors));
    }

    BaoAnswer with(String other) {
        return new BaoAnswer(status, type, other);
    }
}
