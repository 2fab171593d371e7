// SPDX-License-Identifier: Apache-2.0
package io.taskbound.zip;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Leaves out of the clients of AWS services the operations that no code in the zip calls: the JVM verifies a class as a
 * whole, and for that loads the requests of all its operations, 110 of which are never made. A call of one that is left
 * out finds the method of the client's interface, which throws UnsupportedOperationException.
 */
final class WithoutOperations {
    /** The class that sends requests; the interface's name is the same without Default. */
    private static final Pattern CLIENT =
            Pattern.compile("(software/amazon/awssdk/services/[a-z0-9]+/)Default(\\w+Client)");

    /** Code that is there for every operation, and used by nobody: pages, waiters, the asynchronous clients. */
    private static final Pattern ANY_OPERATION = Pattern.compile(
            "software/amazon/awssdk/services/[a-z0-9]+/((paginators|waiters)/.*|(Default)?\\w+Client(\\$.*)?)");

    private static final Pattern OPERATION =
            Pattern.compile("\\(L[\\w/]+/model/\\w+Request;\\)L[\\w/]+/model/\\w+Response;");
    private static final Pattern LAMBDA = Pattern.compile("lambda\\$(\\w+)\\$\\d+");

    /** Names of the methods called, by interface or class that they are called on. */
    private final Map<String, Set<String>> called = new HashMap<>();

    WithoutOperations(Collection<byte[]> classes) {
        for (var octets : classes) {
            var reader = new ClassReader(octets);
            if (!ANY_OPERATION.matcher(reader.getClassName()).matches()) {
                reader.accept(new Calls(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            }
        }
    }

    /** The class without what is left out; another class than a client stays as it is. */
    ClassVisitor of(String name, ClassVisitor next) {
        var client = CLIENT.matcher(name);
        if (!client.matches()) {
            return next;
        }
        var used = new HashSet<>(called.getOrDefault(client.group(1) + client.group(2), Set.of()));
        used.addAll(called.getOrDefault(name, Set.of()));
        return new Leaving(next, used);
    }

    private final class Calls extends ClassVisitor {
        Calls() {
            super(Opcodes.ASM9);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitMethodInsn(
                        int instruction, String owner, String method, String type, boolean isInterface) {
                    add(owner, method);
                }

                @Override
                public void visitInvokeDynamicInsn(
                        String method, String factory, Handle bootstrap, Object... arguments) {
                    for (var argument : arguments) {
                        if (argument instanceof Handle handle) {
                            add(handle.getOwner(), handle.getName());
                        }
                    }
                }
            };
        }

        private void add(String owner, String method) {
            called.computeIfAbsent(owner, any -> new HashSet<>()).add(method);
        }
    }

    private static final class Leaving extends ClassVisitor {
        private final Set<String> used;
        private final Set<String> left = new HashSet<>();

        Leaving(ClassVisitor next, Set<String> used) {
            super(Opcodes.ASM9, next);
            this.used = used;
        }

        /** An operation's method stands before the lambdas in it. */
        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            boolean isOperation = (access & Opcodes.ACC_PUBLIC) != 0
                    && OPERATION.matcher(descriptor).matches();
            if (isOperation && !used.contains(name)) {
                left.add(name);
                return null;
            }
            var lambda = LAMBDA.matcher(name);
            return lambda.matches() && left.contains(lambda.group(1))
                    ? null
                    : super.visitMethod(access, name, descriptor, signature, exceptions);
        }
    }
}
