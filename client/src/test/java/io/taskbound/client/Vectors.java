// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.provider.Arguments;

/** A file of {@code contract/}: test cases that the tests of every language read. */
public final class Vectors {
    private final Map<String, Object> file;

    private Vectors(Map<String, Object> file) {
        this.file = file;
    }

    public static Vectors read(String name) {
        try {
            return new Vectors(JSONObjectUtils.parse(Files.readString(Samples.ROOT.resolve("contract/" + name))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParseException e) {
            throw new IllegalStateException(name, e);
        }
    }

    public String text(String name) {
        return (String) file.get(name);
    }

    public long whole(String name) {
        return ((Number) file.get(name)).longValue();
    }

    public List<String> texts(String name) {
        return texts(file.get(name));
    }

    public Map<String, Object> object(String name) {
        return object(file.get(name));
    }

    public List<Map<String, Object>> objects(String name) {
        return objects(file.get(name));
    }

    public Stream<Arguments> cases() {
        return cases("cases");
    }

    public Stream<Arguments> cases(String member) {
        return objects(file.get(member)).stream().map(one -> Arguments.of(Named.of((String) one.get("name"), one)));
    }

    @SuppressWarnings("unchecked")
    public static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    public static List<Map<String, Object>> objects(Object value) {
        return (List<Map<String, Object>>) value;
    }

    @SuppressWarnings("unchecked")
    public static List<String> texts(Object value) {
        return value == null ? List.of() : (List<String>) value;
    }

    @SuppressWarnings("unchecked")
    public static List<Long> numbers(Object value) {
        return (List<Long>) value;
    }
}
