// SPDX-License-Identifier: Apache-2.0
package io.taskbound.zip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

class WithoutOperationsTest {
    private static final String DEFAULT_CLIENT = "software/amazon/awssdk/services/dynamodb/DefaultDynamoDbClient";

    private static List<String> before;
    private static List<String> after;

    /** Code that calls some operations, in both ways. */
    record Caller(DynamoDbClient client) {
        boolean hasItem() {
            return client.getItem(request -> request.tableName("table")).hasItem();
        }

        Function<QueryRequest, ?> querying() {
            return client::query;
        }
    }

    @BeforeAll
    static void leaveOut() throws IOException {
        var client = octets("/" + DEFAULT_CLIENT + ".class");
        var caller = octets("/" + Caller.class.getName().replace('.', '/') + ".class");
        before = methods(client, List.of(caller, client), false);
        after = methods(client, List.of(caller, client), true);
    }

    private static byte[] octets(String file) throws IOException {
        try (var stream = WithoutOperationsTest.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IOException(file + " is missing");
            }
            return stream.readAllBytes();
        }
    }

    private static List<String> methods(byte[] client, List<byte[]> all, boolean leavingOut) {
        var names = new ArrayList<String>();
        var collecting = new ClassVisitor(Opcodes.ASM9) {
            @Override
            public MethodVisitor visitMethod(
                    int access, String name, String descriptor, String signature, String[] exceptions) {
                names.add(name);
                return null;
            }
        };
        var operations = new WithoutOperations(all);
        new ClassReader(client).accept(leavingOut ? operations.of(DEFAULT_CLIENT, collecting) : collecting, 0);
        return names;
    }

    @Test
    void keepsWhatIsCalled() {
        assertThat(after).contains("getItem", "query").anyMatch(name -> name.startsWith("lambda$query$"));
    }

    @Test
    void leavesOutWhatIsNot() {
        assertThat(before).contains("createBackup", "scan").anyMatch(name -> name.startsWith("lambda$scan$"));
        assertThat(after).doesNotContain("createBackup", "scan").noneMatch(name -> name.startsWith("lambda$scan$"));
    }

    @Test
    void keepsWhatIsNoOperation() {
        assertThat(after).contains("close", "serviceName", "serviceClientConfiguration", "resolveAuthSchemeOptions");
    }

    @Test
    void leavesOtherClassesAlone() {
        var next = new ClassVisitor(Opcodes.ASM9) {};

        assertThat(new WithoutOperations(List.of()).of("software/amazon/awssdk/services/dynamodb/DynamoDbClient", next))
                .isSameAs(next);
    }
}
