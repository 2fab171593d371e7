// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/**
 * What an object holds that must not be in a snapshot: found by walking every field of our own classes, and what
 * containers of the JDK hold. Knows the kinds by name, since most of them are nobody else's business.
 */
final class Holdings {
    /** A text that is one. */
    static final String TOKEN = "a token";

    private static final Set<String> KINDS = Set.of(
            "io.taskbound.policy.Policy",
            "io.taskbound.policy.ResourceServer",
            "io.taskbound.issuer.CurrentPolicy",
            "io.taskbound.identity.IdentityVerifier",
            "io.taskbound.identity.PublishedKeys",
            "io.taskbound.identity.VerificationKey",
            "io.taskbound.identity.IdToken",
            "io.taskbound.token.TaskSigner",
            "io.taskbound.token.TaskTokenVerifier",
            "io.taskbound.token.VerifiedTokenCache",
            "io.taskbound.token.TaskToken",
            "io.taskbound.token.PresentedToken",
            "io.taskbound.token.Jti",
            "io.taskbound.ledger.DenyList",
            "io.taskbound.ledger.TokenRecord",
            "java.util.Random",
            "java.net.Socket",
            "java.net.ServerSocket",
            "java.lang.Thread",
            "io.taskbound.ledger.Ledger",
            "java.security.Key",
            "com.nimbusds.jose.jwk.JWK",
            "com.nimbusds.jose.JWSSigner",
            "software.amazon.awssdk.core.SdkClient",
            "software.amazon.awssdk.auth.credentials.AwsCredentials",
            "software.amazon.awssdk.http.SdkHttpClient",
            TOKEN);

    /** Three parts of base64url, of which the first two are JSON objects. */
    private static final Pattern TOKEN_TEXT = Pattern.compile("eyJ[A-Za-z0-9_-]+\\.eyJ[A-Za-z0-9_-]+\\..*");

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<String> kinds = new TreeSet<>();
    private final Deque<Object> open = new ArrayDeque<>();

    private Holdings() {}

    static Set<String> of(Object root) {
        var holdings = new Holdings();
        holdings.walk(root);
        return holdings.kinds;
    }

    /** What the class itself holds, whoever made an instance of it. */
    static Set<String> ofStatics(Class<?> type) {
        var holdings = new Holdings();
        Arrays.stream(type.getDeclaredFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .forEach(field -> holdings.read(field, type).ifPresent(holdings::walk));
        // An empty list of denials says nothing.
        holdings.kinds.remove("io.taskbound.ledger.DenyList");
        return holdings.kinds;
    }

    private void walk(Object root) {
        open.push(root);
        while (!open.isEmpty()) {
            var next = open.pop();
            // The stand-in of the cloud is not part of the function.
            if (!(next instanceof StubAws) && seen.add(next)) {
                note(next.getClass());
                if (next instanceof String text && TOKEN_TEXT.matcher(text).matches()) {
                    kinds.add(TOKEN);
                }
                parts(next).forEach(open::push);
            }
        }
    }

    private void note(Class<?> type) {
        for (var above = Optional.<Class<?>>of(type);
                above.isPresent();
                above = Optional.ofNullable(above.get().getSuperclass())) {
            noteIfKnown(above.get());
            Arrays.stream(above.get().getInterfaces()).forEach(this::note);
        }
    }

    private void noteIfKnown(Class<?> type) {
        if (KINDS.contains(type.getName())) {
            kinds.add(type.getName());
        }
    }

    private List<Object> parts(Object object) {
        if (object instanceof Optional<?> optional) {
            return optional.<List<Object>>map(List::of).orElse(List.of());
        }
        if (object instanceof ThreadLocal<?> ofThisThread) {
            return Optional.ofNullable(ofThisThread.get())
                    .<List<Object>>map(List::of)
                    .orElse(List.of());
        }
        if (object instanceof AtomicReference<?> reference) {
            return Optional.ofNullable(reference.get())
                    .<List<Object>>map(List::of)
                    .orElse(List.of());
        }
        if (object instanceof Collection<?> collection) {
            return List.copyOf(collection);
        }
        if (object instanceof Map<?, ?> map) {
            return List.of(List.copyOf(map.keySet()), List.copyOf(map.values()));
        }
        if (object instanceof Object[] array) {
            return Arrays.stream(array).filter(each -> each != null).toList();
        }
        return fields(object);
    }

    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith("io.taskbound.");
    }

    private List<Object> fields(Object object) {
        var values = new ArrayList<Object>();
        for (Class<?> type = object.getClass(); isOurs(type); type = type.getSuperclass()) {
            for (var field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    read(field, object).ifPresent(values::add);
                }
            }
        }
        return values;
    }

    private Optional<Object> read(Field field, Object object) {
        if (field.getType().isPrimitive()) {
            return Optional.empty();
        }
        try {
            ((AccessibleObject) field).setAccessible(true);
            return Optional.ofNullable(field.get(object));
        } catch (IllegalAccessException cannotBe) {
            throw new AssertionError(cannotBe);
        }
    }
}
