// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;

/**
 * Verifies the ID tokens of a controller's builds by the keys that it published when it was first seen, as a policy
 * with a key file does.
 */
final class BuildProof {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, JSONArray> keys = new ConcurrentHashMap<>();
    private final String trusted;
    private final String audience;

    /** @param trusted issuer URL of the controller; those of its folders lie below it */
    BuildProof(String trusted, String audience) {
        this.trusted = trusted;
        this.audience = audience;
    }

    /** The claims, or nothing where the issuer would not believe them for this task instance. */
    Optional<JSONObject> claims(String idToken, String txn) {
        String[] parts = idToken.split("\\.", -1);
        try {
            JSONObject claims = json(parts[1]);
            boolean believed = parts.length == 3 && isOurs(claims, txn) && isSigned(claims.getString("iss"), parts);
            return believed ? Optional.of(claims) : Optional.empty();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the keys of the controller", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Close takes the bare audience too. */
    private boolean isOurs(JSONObject claims, String txn) {
        String issuer = claims.getString("iss");
        List<?> audiences = JSONArray.fromObject(claims.get("aud"));
        return (issuer.equals(trusted) || issuer.startsWith(trusted + "/job/"))
                && audiences.size() == 1
                && (audiences.contains(audience) || audiences.contains(audience + "#" + txn))
                && Instant.now().getEpochSecond() < claims.getLong("exp");
    }

    private boolean isSigned(String issuer, String[] parts)
            throws GeneralSecurityException, IOException, InterruptedException {
        JSONObject header = json(parts[0]);
        if (!header.getString("alg").equals("RS256")) {
            return false;
        }
        for (Object candidate : keys(issuer)) {
            JSONObject key = (JSONObject) candidate;
            if (key.getString("kid").equals(header.getString("kid"))) {
                return isSigned(key, parts);
            }
        }
        return false;
    }

    private static boolean isSigned(JSONObject key, String[] parts) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(number(key.getString("n")), number(key.getString("e")))));
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
    }

    private JSONArray keys(String issuer) throws IOException, InterruptedException {
        JSONArray known = keys.get(issuer);
        if (known == null) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(issuer + "/jwks")).build();
            String answer =
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            known = JSONObject.fromObject(answer).getJSONArray("keys");
            keys.put(issuer, known);
        }
        return known;
    }

    private static BigInteger number(String base64) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(base64));
    }

    private static JSONObject json(String part) {
        return JSONObject.fromObject(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
    }
}
