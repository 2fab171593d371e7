// SPDX-License-Identifier: Apache-2.0
package io.taskbound.zip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** {@link LambdaSamples} does the same before and after. */
class WithoutLambdasTest {
    private static final List<Class<?>> SAMPLES = List.of(
            LambdaSamples.class,
            LambdaSamples.Base.class,
            LambdaSamples.Derived.class,
            LambdaSamples.Shape.class,
            LambdaSamples.Square.class,
            LambdaSamples.Pair.class,
            LambdaSamples.Wide.class);

    private static final Map<String, byte[]> PREPARED = new HashMap<>();

    @BeforeAll
    static void prepare() throws IOException {
        var files = new ArrayList<byte[]>();
        for (var sample : SAMPLES) {
            files.add(octets(sample));
        }
        var known = new ClassFiles(files);
        files.forEach(octets -> PREPARED.putAll(WithoutLambdas.of(octets, known)));
    }

    private static byte[] octets(Class<?> type) throws IOException {
        try (var stream = type.getResourceAsStream(type.getName().replaceAll(".*\\.", "") + ".class")) {
            if (stream == null) {
                throw new IOException(type + " has no file");
            }
            return stream.readAllBytes();
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void doesTheSame() throws ReflectiveOperationException {
        var expected = new LambdaSamples().get();
        var prepared = new PreparedLoader()
                .loadClass(LambdaSamples.class.getName())
                .getDeclaredConstructor()
                .newInstance();

        assertThat(prepared.getClass()).isNotSameAs(LambdaSamples.class);
        assertThat(expected).hasSizeGreaterThan(20);
        assertThat(((Supplier<Map<String, Object>>) prepared).get()).isEqualTo(expected);
    }

    @Test
    void makesNoneWhileRunningButThoseThatSayMoreThanAnInterface() {
        var left = new ArrayList<String>();
        PREPARED.forEach((name, octets) -> dynamicCalls(octets).forEach(call -> left.add(name + " " + call)));

        assertThat(left)
                .containsOnly(LambdaSamples.class.getName().replace('.', '/') + " LambdaMetafactory.altMetafactory");
    }

    private static List<String> dynamicCalls(byte[] octets) {
        var found = new ArrayList<String>();
        new ClassReader(octets)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String type, String generic, String[] exceptions) {
                                return new MethodVisitor(Opcodes.ASM9) {
                                    @Override
                                    public void visitInvokeDynamicInsn(
                                            String called, String factory, Handle bootstrap, Object... arguments) {
                                        var owner = bootstrap.getOwner();
                                        if (owner.endsWith("LambdaMetafactory")) {
                                            found.add(owner.replaceAll(".*/", "") + "." + bootstrap.getName());
                                        }
                                    }
                                };
                            }
                        },
                        0);
        return found;
    }

    /** One class for what java.util.function has, one for each other interface, and none for a host without. */
    @Test
    void putsThemBesideTheirHost() {
        var host = LambdaSamples.class.getName().replace('.', '/');

        assertThat(PREPARED.keySet())
                .contains(host + "$Derived$$Functions", host + "$Shape$$Functions")
                .doesNotContain(host + "$Square$$Functions")
                .filteredOn(name -> name.startsWith(host + "$$"))
                .containsExactlyInAnyOrder(host + "$$Functions", host + "$$Wide", host + "$$Callable");
    }

    /** As the JDK has it: an argument of another type than the code was compiled for is told at the call. */
    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void refusesAnArgumentOfAnotherType() throws ReflectiveOperationException {
        var samples = new PreparedLoader().loadClass(LambdaSamples.class.getName());
        var length = (java.util.function.Function) samples.getMethod("length").invoke(null);

        assertThat(length.apply("four")).isEqualTo(4);
        assertThatThrownBy(() -> length.apply(4)).isInstanceOf(ClassCastException.class);
    }

    /** Knows the prepared classes by their names, before its parent does. */
    private static final class PreparedLoader extends ClassLoader {
        PreparedLoader() {
            super(WithoutLambdasTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                var octets = PREPARED.get(name.replace('.', '/'));
                if (octets == null) {
                    return super.loadClass(name, resolve);
                }
                var loaded = findLoadedClass(name);
                return loaded == null ? defineClass(name, octets, 0, octets.length) : loaded;
            }
        }
    }
}
